"""What stands beside a name to say what it is: "Ribe, a small town on the coast, built"."""

import re

_APPOSITION = re.compile(
    r"(?<=\w),\s(?:an?|the|its|their|his|her|then)\s[^,;.]{3,90},(?=\s[a-z])", re.IGNORECASE
)

# "Its small neighbor, Ribe"
_CALLED = re.compile(r"\b(?:its|their|his|her)\s(?:[a-z-]+\s){0,4}[a-z-]+,\s(?=[A-ZÀ-Þ])")


def without_appositions(text: str) -> str:
    """The text with each name right beside what it does or what is done to it."""
    return _CALLED.sub("", _APPOSITION.sub("", text))
