"""Prompts: one Markdown file each, exactly what is sent, with `$name` placeholders."""

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from string import Template


class PromptError(Exception):
    """No such prompt, or values that do not match its placeholders: a programming error."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt's text. `version` is the first 12 hexadecimal digits of its sha256."""

    name: str
    text: str

    @property
    def version(self) -> str:
        """Names this wording; every answer written with it records it."""
        return f"{self.name}@{hashlib.sha256(self.text.encode()).hexdigest()[:12]}"

    @property
    def placeholders(self) -> frozenset[str]:
        """The names that `render` must be given."""
        return frozenset(Template(self.text).get_identifiers())

    def render(self, **values: str) -> str:
        """The text with its placeholders filled. Raises `PromptError` unless all and only all are.

        Values are put in as they are: a `$` inside them is not a placeholder.
        """
        if values.keys() != self.placeholders:
            wrong = sorted(values.keys() ^ self.placeholders)
            raise PromptError(f"prompts/{self.name}.md: missing or superfluous values {wrong}")
        return Template(self.text).substitute(values)


def load(name: str) -> Prompt:
    """The prompt of that name. Raises `PromptError` where there is none."""
    file = files("prompts") / f"{name}.md"
    if not file.is_file():
        raise PromptError(f"there is no prompts/{name}.md")
    return Prompt(name, file.read_text(encoding="utf-8"))
