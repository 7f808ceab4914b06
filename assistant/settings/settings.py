"""The settings, one field each."""

from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import AliasChoices, Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.access.ladders import DEFAULT, Ladders
from assistant.settings.forms import (
    UNLIMITED,
    Headers,
    JsonObject,
    Markings,
    Megabytes,
    Networks,
    Origins,
    Rate,
    Seconds,
    headers_in,
    networks_in,
    object_in,
    origins_in,
)
from assistant.types import Unsupported

PREFIX = "ATTACHE_"
"""How the variable of every setting begins."""


class Settings(BaseSettings):
    """What the product can be told. Descriptions are the README's table."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        extra="forbid",
        frozen=True,
        populate_by_name=True,
        env_ignore_empty=True,
    )

    home: Path = Field(
        default_factory=lambda: user_data_path("attache", appauthor=False),
        description="the data directory; one process at a time owns it; by default `attache` in "
        "the user's own data folder, on Linux `~/.local/share/attache`",
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="a PostgreSQL database that holds the ledger in place of a file, as "
        "`postgresql://user:password@host/attache` (extra `postgres`)",
    )
    files: str | None = Field(
        default=None,
        description="a folder for the original files that all processes of a library reach, or an "
        "address that fsspec knows, as `s3://bucket/folder` (extra `s3`); in the data directory by "
        "default",
    )
    files_options: JsonObject | None = Field(
        default=None,
        description="what fsspec is told about that address, as a JSON object, such as "
        '`{"endpoint_url": "https://s3.example.org", "key": "…", "secret": "…"}`; what the machine '
        "knows by itself needs none",
    )
    chroma_url: str | None = Field(
        default=None,
        description="a Chroma server that holds the vectors in place of a folder, as "
        "`http://host:8000`",
    )
    chroma_headers: Headers | None = Field(
        default=None,
        description="what every request to the Chroma server carries, as `X-Chroma-Token: …`; "
        "several stand between line ends or semicolons",
    )
    chroma_tenant: str = Field(
        default="default_tenant", description="the tenant on the Chroma server"
    )
    chroma_database: str = Field(
        default="default_database", description="the database of that tenant"
    )
    chroma_ca: Path | None = Field(
        default=None,
        description="the certificate of who vouches for the Chroma server, where that is not "
        "somebody whom this machine knows",
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
    ray_gpus: float = Field(
        default=0,
        ge=0,
        description="the GPUs that each embedder of `attache ingest --ray` takes; 0 for one on "
        "each core",
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
    unsupported: Unsupported = Field(
        default="remove",
        description="what becomes of a model's sentence that no passage supports: `remove`, "
        "`strike` (struck through, `~~so~~`) or `flag` (`[not supported]` behind it)",
    )

    top_k: int = Field(default=8, ge=1, le=50, description="passages an answer is composed from")
    candidates: int = Field(
        default=60, ge=10, le=1000, description="passages taken from each index before fusion"
    )
    compare_up_to: int = Field(
        default=1_500_000,
        ge=0,
        description="passages up to which all vectors are compared with a question and Chroma's "
        "graph leaves the memory; beyond, the graph is asked, which is sooner and holds more",
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
    fetch_networks: Networks = Field(
        default="",
        description="networks that documents may be fetched from though they are not public, as "
        "`10.0.0.0/8`, between commas",
    )
    default_marking: str | None = Field(
        default=None, description="the marking of a document that names none"
    )
    markings: Markings = Field(
        default=DEFAULT,
        description="the markings in use, lowest first, with commas between; a semicolon parts "
        "those of one authority from another's, and `=` stands before what else one is called",
    )
    unknown_marking: str | None = Field(
        default=None,
        description="the marking in use that a document gets whose own is none, or cannot be read; "
        "by default it keeps its own, and only who is cleared for all reads it",
    )
    audit_questions: bool = Field(
        default=True, description="keep the texts of questions and checked texts in the audit trail"
    )
    rate: Rate | None = Field(
        default=None,
        description="requests that one key, or one address without a key, may send, as "
        "`120/minute`, or `none`; 600 a minute by default where the server can be reached from "
        "other machines",
    )
    max_answers: int = Field(
        default=16, ge=1, description="questions answered at once; others wait in the queue"
    )
    queue: int = Field(
        default=256, ge=0, description="questions that may wait; beyond it the answer is 503"
    )
    queue_timeout_s: Seconds = Field(
        default=30.0, description="seconds that a question may wait for its turn"
    )
    stop_timeout_s: Seconds = Field(
        default=30.0,
        description="seconds that a server which is told to stop gives the answers it has begun",
    )
    cors_origins: Origins = Field(
        default="",
        description="origins whose pages may call the API from a browser, as "
        "`https://desk.example.org`, between commas; none by default",
    )
    otlp_endpoint: str | None = Field(
        default=None,
        description="the address of an OpenTelemetry collector that traces are sent to by gRPC, as "
        "`http://127.0.0.1:4317` (extra `telemetry`); none by default",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="WARNING", description="how much is logged, to standard error"
    )
    log_format: Literal["text", "json"] = Field(
        default="text",
        description="`json` logs an object a line, for what collects logs; `INFO` logs requests",
    )

    @property
    def ledger_url(self) -> str | None:
        """The address of the ledger's database, with its password; None for the file."""
        return None if self.database_url is None else self.database_url.get_secret_value()

    def headers_for_chroma(self) -> dict[str, str]:
        """What every request to the Chroma server carries."""
        return {} if self.chroma_headers is None else headers_in(self.chroma_headers)

    def options_for_files(self) -> dict[str, object]:
        """What fsspec is told about the place of the original files."""
        return {} if self.files_options is None else object_in(self.files_options)

    def networks(self) -> tuple[IPv4Network | IPv6Network, ...]:
        """The networks that documents may be fetched from though they are not public."""
        return networks_in(self.fetch_networks)

    def origins(self) -> tuple[str, ...]:
        """The origins whose pages may call the API."""
        return origins_in(self.cors_origins)

    def rate_on(self, *, loopback: bool) -> str:
        """The rate on such an address; empty where there is no limit."""
        if self.rate is None:
            return "" if loopback else "600/minute"
        return "" if self.rate == UNLIMITED else self.rate

    @field_validator("unknown_marking")
    @classmethod
    def _is_in_use(cls, marking: str | None, info: ValidationInfo) -> str | None:
        ladders = Ladders.read(str(info.data.get("markings", DEFAULT)))
        if marking is not None and not ladders.knows(marking):
            raise ValueError(f"it is none of ATTACHE_MARKINGS: {', '.join(ladders.names)}")
        return marking
