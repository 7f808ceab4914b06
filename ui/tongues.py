"""In which of the window's languages a text is, for what is drawn and for who has it read aloud."""

import re

from ui.words import LANGUAGES, Words

_FRENCH = re.compile(
    r"\b(?:aux?|ces?|cette|combien|comment|dans|depuis|des|du|elles?|en|est|et|ils?|las?|les?|"
    r"leurs?|où|par|pour|pourquoi|quand|que|quel(?:le)?s?|qui|quoi|sont|sur|une?)\b|\b[cdlqs]u?’",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"\b(?:an?|and|are|about|by|did|do|does|for|from|has|have|how|in|is|it|of|the|their|they|"
    r"this|to|was|were|what|when|where|which|who|whom|whose|why|will|with)\b",
    re.IGNORECASE,
)
_ACCENTS = re.compile("[éèêàçùœ]", re.IGNORECASE)


def is_french(text: str) -> bool:
    """Whether a text is French: by its small words, by accents where those tie."""
    text = text.replace("'", "’")
    french, english = len(_FRENCH.findall(text)), len(_ENGLISH.findall(text))
    return french > english or (french == english and bool(_ACCENTS.search(text)))


def lang(say: Words, text: str) -> str:
    """The attribute that names the language of a text where it is not that of the page."""
    spoken = LANGUAGES[is_french(text)]
    return "" if spoken == say.language else f' lang="{spoken}"'
