"""The article by which a thing is meant that was named before."""

import re

_ARTICLES = {
    "l'": "l'",
    "l’": "l’",
    "un": "le ",
    "une": "la ",
    "du": "le ",
    "au": "le ",
    "des": "les ",
    "aux": "les ",
}
_AT_THE_END = re.compile(
    r"\b(?:an?\s|the\s|en\s|le\s|la\s|les\s|du\s|des\s|aux?\s|l['’])\s*$", re.IGNORECASE
)


def with_the(name: str, question: str) -> str:
    """A name with an article, where the question gives it one."""
    before, said, _ = question.partition(name)
    found = _AT_THE_END.search(before) if said else None
    if found and found.group().strip().lower() == "en":
        return meant_in_french("une", name)  # "en Gambie" is in la Gambie
    return f"{meant(found.group())}{name}" if found else name


def meant_in_french(article: str, noun: str) -> str:
    """A thing that was named with "un" or "une", as it is named after that."""
    if re.match(r"[aeéèêiouyh]", noun, re.IGNORECASE):
        return f"l’{noun}"
    return f"{'la' if article.strip().lower() == 'une' else 'le'} {noun}"


def meant(found: str) -> str:
    """The article by which something is meant that was named with this one."""
    word = found.strip().lower()
    if word in {"le", "la", "les"}:
        return f"{word} "
    return _ARTICLES.get(word, "the ")
