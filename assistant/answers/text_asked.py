"""The text that a question names and asks what it lays down: "How can the Tern Pact be ended?"."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.answers.clauses import TEXT_KIND, Clause, by_its_treaty
from assistant.answers.texts import Name, Text, bears, is_of_a_kind, name_of, speaks_of_itself
from assistant.answers.texts_in_french import in_english
from assistant.answers.within import Within, asked_within
from assistant.answers.words import stems
from assistant.retrieval.short_names import in_full, known_in
from assistant.types import Passage, StandaloneQuestion, StoredChunk

TextsOf = Callable[[Sequence[StoredChunk]], Sequence[Text]]
"""The texts that chunks are of, whole, in their order."""

_KIND = re.compile(rf"\b{TEXT_KIND}\b", re.IGNORECASE)
_OPENS = re.compile(r"\b(?:the|an?|this|under|of|by|to|in)\s+", re.IGNORECASE)
# "The Second Protocol to the Tern Convention" is not that convention.
_TO_ANOTHER = re.compile(
    r"\b(?:protocol|annex|amendment|agreement|regulations|supplement)\s+(?:\w+\s+)?(?:to|implementing|supplementing)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# "What are the terms of the Tern Pact on boats?", "How does the Tern Pact deal with boats?"
_TERMS = (
    re.compile(
        r"^\W*what\s+(?:are|were|is)\s+the\s+(?:terms|provisions?|rules?|stipulations?|"
        r"obligations?|conditions)\s+(?:of|in|under|laid\s+down\s+in)\s+"
        r"(?P<whole>the\s+(?:[^,;?]*?(?-i:\b(?:Treaty|Convention|Agreement|Pact|Charter|Protocol|"
        r"Covenant|Statute)\b)|[^,;?]*))\s+(?:about|on|for|concerning|regarding|as\s+to|"
        r"with\s+(?:regard|respect)\s+to)\s+(?P<matter>(?-i:[a-z])[^,;?]*?)\W*$",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^\W*how\s+do(?:es)?\s+(?P<whole>the\s+[^,;?]*?\b{TEXT_KIND}\b[^,;?]*?)\s+(?:deal\s+with|"
        r"regulate|treat|address|handle|govern)\s+(?P<matter>[^,;?]*?)\W*$",
        re.IGNORECASE,
    ),
)
_LONGEST_HEAD = 9
_BEHIND = re.compile(
    r"\s+(?:(?:of|on|to|for|between|among|concerning|regarding|about|with|against|relating|in|"
    r"\w+ing)\s+)",
    re.IGNORECASE,
)
# A name ends where the question goes on.
_GOES_ON = re.compile(
    r"\s*[,;:?!]|\s+(?:and\s+)?(?:enters?|is|be|are|has|have|had|can|could|may|might|shall|should|must|"
    r"will|would|do|does|took|takes?|says?|requires?|allows?|appl(?:y|ies)|comes?|provides?|ends?|"
    r"expires?|lasts?|terminates?|binds?|covers?|protects?|gives?|obliges?|lays?|sets?|stipulates?|"
    r"prescribes?|regulates?|forbids?|prohibits?|when|what|how|who|where|which|if)\b",
    re.IGNORECASE,
)
# What treaties lay down; of what was done and why, others tell.
_LAYS_DOWN = re.compile(
    r"\b(?:(?:enters?|entry|comes?|take[sn]?|took|be)\s+(?:in(?:to)?\s+)?(?:force|effect)|in\s+force|"
    r"denounce\w*|denunciation|withdraw\w*|leav(?:e|es|ing)|terminat\w*|ended|end|expires?|cease\w*|"
    r"amend\w*|revis\w*|modif\w*|ratif\w*|acced\w*|accession|deposit\w*|notice|notif\w*|"
    r"may|must|shall|can|could|oblig\w*|allow\w*|permit\w*|forbid\w*|forbidden|prohibit\w*|"
    r"requir\w*|entitled|rights?|duty|duties|immunit\w*|privileges?|exempt\w*|disputes?|claims?|"
    r"jurisdiction|lasts?|valid|authentic|languages?|arbitrat\w*|taxes|pays?|paid|bear\w*|costs?|"
    r"liable|responsible|protect\w*|says?|lays?\s+down|provides?|stipulates?|regulates?|damages?|covers?|"
    r"appl(?:y|ies|icable))\b|"
    r"^\W*under\b",
    re.IGNORECASE,
)
_OF_THE_PAST = re.compile(
    r"^\W*(?:why|when|where|who|how|which\s+\w+|what)\s+(?:did|was|were|had)\b|\bnegotiat\w+|"
    r"^\W*why\b|\bsigned\b",
    re.IGNORECASE,
)
_CAME_ABOUT = re.compile(r"\b(?:did|was|were)\b", re.IGNORECASE)
# A text names no persons, but those that it binds.
_WHO = re.compile(r"^\W*who\b", re.IGNORECASE)
# From this share of its words on, a name may be that of a text that has another for itself.
_SHARED = 0.5
_FEWEST_LEFT = 2
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class TextAsked:
    """A text by its `name`, as it is `said` and searched for, and what is asked of it.

    `rest` is the question with nothing but the kind of the text in the place of the name. `within`
    is what it asks for that texts tell in a way of their own.
    """

    name: Name
    said: str
    rest: str
    within: Within | None = None

    @property
    def of_the_past(self) -> bool:
        """Whether it is asked what came about by a clause, and not what it lays down."""
        return self.clause is not None and _CAME_ABOUT.search(self.rest) is not None

    @property
    def clause(self) -> Clause | None:
        """The clause that is asked for, if one is."""
        return self.within.clause if self.within else None


def text_asked(question: str) -> TextAsked | None:
    """The text that a question names and asks what it lays down; None where it names none."""
    question = as_it_says(by_its_treaty(in_english(question)))
    within = asked_within(question)
    if within and within.clause:
        return _of_a_clause(question, within)
    if _OF_THE_PAST.search(question):
        return None
    found = _by_a_short_name(question) or _by_its_kind(question)
    if found is None:
        return None
    start, end, kind = found
    said = question[start:end].strip()
    before, behind = question[:start].rstrip(), question[end:].lstrip()
    bare = re.sub(r"\b(?:the|an?|this)$", "", before, flags=re.IGNORECASE).rstrip()
    rest = re.sub(r"\s+(?=[?,])", "", f"{bare} the {kind} {behind}").strip()
    rest = _WHO.sub("Which party", rest)
    name = name_of(said, question)
    if name is None or not _LAYS_DOWN.search(f"{bare} {behind}"):
        return None
    telling = len(_WORD.findall(f"{bare} {behind}")) >= _FEWEST_LEFT
    return TextAsked(name, in_full(said) or said, rest, within) if telling else None


def _of_a_clause(question: str, within: Within) -> TextAsked | None:
    said = within.whole.said
    if not _names_something(said):
        return None
    before, _, behind = question.partition(said)
    bare = re.sub(r"\b(?:the|an?|this)\s+$", "", before, flags=re.IGNORECASE)
    rest = f"{bare}the {within.whole.kind or 'document'}{behind}"
    return TextAsked(within.whole, in_full(said) or said, rest, within)


def as_it_says(question: str) -> str:
    """A question about the terms of a text on something, as one what it says about that."""
    found = next(filter(None, (pattern.match(question) for pattern in _TERMS)), None)
    return f"What does {found['whole']} say about {found['matter']}?" if found else question


def borne_by(asked: TextAsked, texts: Sequence[Text]) -> Text | None:
    """The text that bears the name, of several the one that bears it most nearly; else None.

    What came about by its clauses a page that is headed by its name tells as others do: the text
    itself says "this Treaty".
    """
    named = [
        (found.beyond, i)
        for i, one in enumerate(texts)
        if (found := bears(asked.name, one)) and (not asked.of_the_past or _is_its_own(one))
    ]
    return texts[min(named)[1]] if named else None


def _is_its_own(text: Text) -> bool:
    return any(speaks_of_itself(one.chunk.text) for one in text.chunks)


def within(text: Text, passages: Sequence[Passage]) -> list[Passage]:
    """The passages that are of a text."""
    version = text.chunks[0].version_id
    return [one for one in passages if one.stored.version_id == version]


def not_of_others(
    asked: TextAsked, passages: Sequence[Passage], texts: Sequence[Text]
) -> list[Passage]:
    """The passages without those of other treaties that do not name this one.

    What another lays down is no answer to who asks what this one does, nor is a clause of one that
    names it.
    """
    treaties = {
        text.chunks[0].version_id
        for text in texts
        if bears(asked.name, text) is None
        and any(at == 0 and is_of_a_kind(said) for said, at in text.names.items())
        and not any(_may_be(asked.name, said) for said in text.names)
    }
    return [
        one
        for one in passages
        if one.stored.version_id not in treaties
        or (not asked.clause and any(way <= stems(one.text) for way in asked.name.ways))
    ]


def _may_be(name: Name, said: str) -> bool:
    """Whether it may be a text's name in other words: "the Dutch-Rwandan status agreement"."""
    words = stems(said)
    return any(len(way & words) >= _SHARED * len(way) for way in name.ways)


def asked_of_it(question: StandaloneQuestion, asked: TextAsked) -> StandaloneQuestion:
    """The question as one who holds the text asks it."""
    return replace(question, text=asked.rest, asked=asked.rest)


def _by_a_short_name(question: str) -> tuple[int, int, str] | None:
    for short, whole in known_in(question):
        at, kind = question.find(short), _KIND.search(whole)
        if at >= 0 and kind and not _TO_ANOTHER.search(question[:at]):
            return at, at + len(short), kind.group().lower()
    return None


def _by_its_kind(question: str) -> tuple[int, int, str] | None:
    """Where a name stands that has a kind in it, and the kind."""
    for kind in _KIND.finditer(question):
        openings = [one.end() for one in _OPENS.finditer(question, 0, kind.start())]
        start = _start(question, openings, kind.start())
        end = kind.end()
        if behind := _BEHIND.match(question, end):
            stop = _GOES_ON.search(question, behind.end())
            end = stop.start() if stop else len(question.rstrip(" ?!."))
        head = question[start : kind.start()]
        short = len(head.split()) <= _LONGEST_HEAD
        more = start < kind.start() or end > kind.end()
        if more and short and _names_something(question[start:end]):
            return start, end, kind.group().lower()
    return None


def _start(question: str, openings: Sequence[int], kind: int) -> int:
    """Where the name begins: behind the last article, but "of" within it is not its beginning."""
    articles = [
        at for at in openings if re.search(r"\b(?:the|an?|this)\s+$", question[:at], re.IGNORECASE)
    ]
    if articles:
        return articles[-1]
    return openings[-1] if openings else kind


def _names_something(said: str) -> bool:
    """Whether it has a name or a figure beside the kind, and not only "this agreement"."""
    return any(word[:1].isupper() or word[:1].isdigit() for word in _WORD.findall(said))
