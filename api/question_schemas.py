"""The wire types of a question: what is asked, after what, and of which documents."""

from typing import Literal, Self

from pydantic import ConfigDict, Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from api.fields import Body, Day, Folders, Languages, Moment, Names, QuestionText, Text, TopK


class HistoryTurn(Body):
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: Text


class FiltersBody(Body):
    """Narrows what is searched; several values of one field mean any of them.

    Names are compared without regard to case and accents.
    """

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"issuers": ["NATO"], "published_from": "2020-01-01"}]},
    )

    document_ids: Names = Field(default_factory=list)
    issuers: Names = Field(default_factory=list)
    languages: Languages = Field(default_factory=list, description="ISO 639-1 codes")
    markings: Names = Field(default_factory=list)
    published_from: Day | None = Field(default=None, description="the first day, itself included")
    published_to: Day | None = Field(default=None, description="the last day, itself included")
    folders: Folders = Field(
        default_factory=list,
        description="where the sources lie: folders as a source_uri shows them, paths from the "
        "root, or how addresses begin",
        examples=[["treaties/1949", "/archive/treaties", "https://example.org/texts"]],
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.published_from and self.published_to and self.published_from > self.published_to:
            raise PydanticCustomError(
                "days", "published_from is later than published_to. Exchange the two"
            )
        return self


class SearchRequest(Body):
    """A search for passages."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"question": "What do defence attachés do?", "top_k": 5}]},
    )

    question: QuestionText = Field(description="in the caller's words")
    history: list[HistoryTurn] = Field(
        default_factory=list,
        max_length=200,
        description="earlier turns, oldest first; a follow-up needs them",
    )
    as_of: Moment | None = Field(
        None, description="answer from the library as it stood then; now by default"
    )
    top_k: TopK | None = Field(None, description="how many passages")
    filters: FiltersBody = Field(default_factory=FiltersBody)


class AskRequest(SearchRequest):
    """A question to answer."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"question": "What challenges does NATO face in implementing defense diplomacy?"},
                {
                    "question": "and for partners?",
                    "history": [
                        {"role": "user", "content": "What is defence capacity building?"},
                        {"role": "assistant", "content": "Support that helps partners … [1]"},
                    ],
                },
            ]
        },
    )

    conversation_id: Text | None = Field(
        None, description="the conversation this belongs to, which knows what was said before"
    )
    stream: StrictBool = Field(False, description="send server-sent events instead of one object")
