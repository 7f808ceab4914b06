"""Passages as a chat model is shown them."""

from collections.abc import Sequence

from assistant.types import Passage, StandaloneQuestion
from prompts import Prompt


def answer_prompt(prompt: Prompt, question: StandaloneQuestion, passages: Sequence[Passage]) -> str:
    """The prompt for an answer, with the passages numbered by rank."""
    numbered = "\n\n".join(_numbered(passage) for passage in passages)
    return prompt.render(passages=numbered, question=question.text)


def _numbered(passage: Passage) -> str:
    stored = passage.stored
    where = " > ".join(dict.fromkeys([stored.metadata.title, *stored.chunk.headings]))
    # A passage cannot close the block it stands in, nor pass for another passage's number.
    text = passage.text.replace("<", "‹").replace(">", "›")
    return f"[{passage.rank}] {where}\n{text}"
