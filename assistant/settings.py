"""The only reader of the environment. Every setting is `ATTACHE_…`; README lists them."""

from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import ConfigurationError

Megabytes = Annotated[int, Field(ge=1)]
Seconds = Annotated[float, Field(gt=0)]


class Settings(BaseSettings):
    """What the product can be told. Descriptions are the README's table."""

    model_config = SettingsConfigDict(
        env_prefix="ATTACHE_", extra="forbid", frozen=True, populate_by_name=True
    )

    home: Path = Field(
        default_factory=lambda: user_data_path("attache", appauthor=False),
        description="the data directory; one process at a time owns it",
    )
    host: str = Field(default="127.0.0.1", description="the address `attache serve` listens on")
    port: int = Field(
        default=8000, ge=1, le=65535, description="the port `attache serve` listens on"
    )
    key: SecretStr | None = Field(
        default=None, description="the access key that `attache mcp` brings to a server"
    )
    starter: bool = Field(
        default=True, description="ingest the starter library into an empty library"
    )

    embedder: str = Field(
        default="default",
        description="`default` (offline all-MiniLM-L6-v2), another fastembed model's name, a local "
        "folder with `model.onnx` and `tokenizer.json`, or `openai:MODEL`",
    )
    embedder_threads: int | None = Field(
        default=None, ge=1, description="threads of the embedder; all cores by default"
    )
    reranker: str = Field(
        default="",
        description="a cross-encoder that reads the best passages once more: the name of one that "
        "fastembed knows, or a local folder with `model.onnx`, `tokenizer.json` and "
        "`tokenizer_config.json`; none by default",
    )
    chat_model: str | None = Field(
        default=None,
        description="a chat model that composes answers, or `gguf:` and the path of a model file "
        "(extra `local`); without one they are extractive",
    )
    chat_timeout_s: Seconds = Field(
        default=60.0,
        description="seconds a chat model may take before the extractive answer is given",
    )
    rewrite_timeout_s: Seconds = Field(
        default=4.0,
        description="seconds a chat model may take to rewrite a question before it is searched "
        "without",
    )
    openai_api_key: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("ATTACHE_OPENAI_API_KEY", "OPENAI_API_KEY"),
        description="the key for the chat model or embedder (`OPENAI_API_KEY` is read too)",
    )
    openai_base_url: str | None = Field(
        default=None, description="the address of any OpenAI-compatible server, ending in `/v1`"
    )
    unsupported: Literal["remove", "flag"] = Field(
        default="remove", description="what becomes of a model's sentence that no passage supports"
    )

    top_k: int = Field(default=8, ge=1, le=50, description="passages an answer is composed from")
    candidates: int = Field(
        default=60, ge=10, le=1000, description="passages taken from each index before fusion"
    )
    max_question_chars: int = Field(
        default=4000, ge=1, description="the longest question, in characters"
    )
    max_upload_mb: Megabytes = Field(
        default=64, description="the largest file taken in, in megabytes"
    )
    parse_workers: int | None = Field(
        default=None, ge=1, description="processes that read documents; one fewer than the cores"
    )
    parse_timeout_s: Seconds = Field(
        default=120.0, description="seconds that reading one document may take"
    )
    parse_memory_mb: Megabytes = Field(
        default=768, description="the memory that reading one document may take, in megabytes"
    )
    max_pages: int = Field(default=10_000, ge=1, description="the most pages of one document")
    max_characters: int = Field(
        default=20_000_000, ge=1, description="the longest text of one document, in characters"
    )
    max_unpacked_mb: Megabytes = Field(
        default=512, description="what an archive may unpack to, in megabytes"
    )
    max_members: int = Field(
        default=100_000, ge=1, description="the most documents one archive or record file holds"
    )
    max_nesting: int = Field(
        default=3, ge=0, description="how deep archives and messages may lie in one another"
    )
    ocr: bool = Field(
        default=True, description="read pages without text by Tesseract, where it is installed"
    )
    ocr_languages: str = Field(
        default="eng+fra", description="the languages Tesseract reads, as it names them"
    )
    ocr_timeout_s: Seconds = Field(
        default=60.0, description="seconds that recognising one page may take"
    )
    fetch_timeout_s: Seconds = Field(
        default=30.0, description="seconds that fetching one document from the web may take"
    )
    fetch_networks: str = Field(
        default="",
        description="networks that documents may be fetched from though they are not public, as "
        "`10.0.0.0/8`, between commas",
    )
    default_marking: str | None = Field(
        default=None, description="the marking of a document that names none"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="WARNING", description="how much is logged, to standard error"
    )
    log_format: Literal["text", "json"] = Field(
        default="text",
        description="`json` logs an object a line, for what collects logs; `INFO` logs requests",
    )

    @field_validator("fetch_networks")
    @classmethod
    def _lists_networks(cls, text: str) -> str:
        for part in filter(None, (part.strip() for part in text.split(","))):
            ip_network(part)
        return text


def read_settings() -> Settings:
    """Settings from the environment. Raises `ConfigurationError` naming the variable at fault."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "settings"
        variable = name if name.isupper() else f"ATTACHE_{name.upper()}"
        raise ConfigurationError(f"{variable}: {first['msg']}. Correct it or unset it.") from error
