"""A change of subject that is announced: "Now to something else: what is …?"."""

import re

from assistant.retrieval.standalone import content_words, needs_context

_OTHER = (
    r"(?:(?:something|anything) (?:else|different|new)|"
    r"(?:an?|the|my|one more)?\s*(?:other|another|different|new|next|unrelated|separate) "
    r"(?:subject|topic|matter|question|thing|issue|point|note)|"
    r"autre (?:chose|question|sujet)|un autre (?:sujet|point)|une autre question)"
)
_SAID = re.compile(
    r"^\W*(?:(?:now|ok(?:ay)?|so|and|but|well|anyway|bon|alors|et|mais|maintenant)\W+){0,2}"
    r"(?:(?:let(?:['’]s| us| me)|i(?:['’]d| would) like to|i want to|can we|could we) )?"
    r"(?:(?:turn(?:ing)?|mov(?:e|ing)|switch(?:ing)?|chang(?:e|ing)|go(?:ing)?|pass(?:ons|ez)|ask|"
    r"changeons|parlons|speak|talk)\s+)?(?:(?:on|to|about|for|of|as|de|à|sur|the|now)\s+){0,3}"
    rf"(?:{_OTHER}|(?:chang(?:e|ing) (?:of |the )?)?(?:subject|topic)|changeons de sujet|"
    r"(?:an)?other note)"
    r"(?:\s+(?:now|please|altogether|entirely|then))?\s*[:,;.!–—-]+\s*(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
# Said on the way, and mostly of the same subject.
_ASIDE = re.compile(
    r"^\W*(?:by the way|incidentally|au fait|à propos)\s*[:,;.–—-]+\s*(?P<rest>\S.*)$",
    re.IGNORECASE | re.DOTALL,
)
_FEWEST = 2  # content words of a question that begins anew
# "The letter that sent these papers" stands for nothing that was said by its small words.
_DETERMINES = re.compile(r"\b(?:that|this|these|those|such|same|other|another)\s+(?=[^\W\d])", re.I)


def announced(text: str) -> str:
    """What is asked after a change of subject is announced; empty where none is."""
    found = _SAID.match(text) or _ASIDE.match(text)
    return f"{found['rest'][:1].upper()}{found['rest'][1:]}" if found else ""


def begins_anew(text: str) -> bool:
    """Whether a change of subject is announced, and what follows needs nothing of what was said."""
    asked = "" if _ASIDE.match(text) else _DETERMINES.sub("", announced(text))
    return bool(asked) and not needs_context(asked) and len(content_words(asked)) >= _FEWEST
