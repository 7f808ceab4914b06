"""What asks for the last answer once more: its sources, a shorter one, the same, whether it is so.

It is served from the conversation: the question before it is answered anew from the same library,
and of its quotations are shown those that are asked for. Who doubts a time and names another gets
the answer again, and is told what the library says of that one.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Literal

import numpy as np

from assistant.answers.draft import Draft, Quotation
from assistant.ports import TextEncoder
from assistant.retrieval.conversation import followed
from assistant.types import Question, Role, Turn

Again = Literal["sources", "shorter", "same", "doubt"]

_POLITE = re.compile(
    r"^(?:(?:and|so|but|ok|please|et|mais)\W+)*(?:(?:can|could|would|will) you (?:please )?|"
    r"(?:peux-tu|pouvez-vous|pourriez-vous|pourrais-tu) )?(?:please )?|"
    r"(?:\W+(?:please|for me|s['’]il (?:te|vous) plaît))+$",
    re.IGNORECASE,
)
_IT = r"(?:that|this|it|(?:the|your)(?: last| previous)? answer|all (?:of )?(?:that|this))"
_IT_FRENCH = r"(?:cela|ça|ceci|tout (?:cela|ça)|(?:la|ta|votre) (?:dernière )?réponse)"
_TELL = r"(?:cite|show|give|name|list|tell)(?: me)? (?:your|the|its)"
_TELL_FRENCH = r"(?:cite|donne|montre|indique)[rz]?(?:-moi)? (?:la|les|ta|tes|votre|vos)"
_MADE = r"(?:(?:make|put|say|keep) (?:that|this|it) )"
_SOURCES = (
    r"(?:(?:what|which|where) (?:is|are|were) )?(?:(?:your|the|its) )?sources?"
    rf"(?: (?:for|of|behind) {_IT})?",
    rf"(?:{_TELL}|(?:can|could|may) i (?:see|have|get|check) (?:your|the)) (?:sources?|references?)"
    rf"(?: (?:for|of|behind) {_IT})?",
    rf"where (?:does|did|is) {_IT} (?:come from|from|written|stated|said)",
    rf"where (?:did|do|have) you (?:get|got|find|found|have|read|see|taken?) {_IT}(?: from)?",
    rf"(?:says who|who says {_IT}|how do you know(?: {_IT})?|references?|citations?)",
    r"(?:which|what) (?:documents?|sources?|texts?)"
    rf"(?: (?:says?|said|states?|is|was) {_IT}(?: from)?)?",
    r"(?:(?:quelles? (?:est|sont) )?(?:la|les|ta|tes|votre|vos) )?(?:sources?|références?)",
    rf"{_TELL_FRENCH} (?:sources?|références?)",
    rf"d['’]où (?:vient|sort|tiens-tu|tenez-vous) {_IT_FRENCH}",
    rf"qui (?:dit|le dit)(?: {_IT_FRENCH})?",
    rf"où (?:as-tu|avez-vous) (?:trouvé|lu|vu|pris) {_IT_FRENCH}",
)
_SHORTER = (
    rf"(?:summari[sz]e|shorten|condense|sum(?: up)?|abridge)(?: {_IT})?(?: up)?",
    rf"{_MADE}?(?:(?:a (?:bit|little)|much) )?(?:shorter|briefer|more (?:briefly|concisely))",
    r"(?:(?:a|give me a) )?(?:(?:short(?:er)?|brief) (?:summary|version|answer)|summary)",
    rf"(?:briefly|in (?:short|brief|summary|a nutshell)|tl;?dr|be (?:brief|concise)|{_MADE}short)",
    rf"résume[rz]?(?:-moi)?(?: {_IT_FRENCH})?",
    r"plus (?:court|bref|brièvement)|(?:en )?(?:bref|résumé)",
)
_BRIEFLY = (
    r"(?: (?:in|en) (?P<n>an?|one|two|three|une?|deux|trois|a few|quelques) "
    r"(?:\w+ )?(?:sentences?|lines?|words?|phrases?|mots?|lignes?))?"
)
_SAME = (
    rf"repeat {_IT}|say {_IT} (?:again|once more)|repeat|once (?:more|again)|again",
    rf"répète[rz]?(?: {_IT_FRENCH})?|encore une fois",
)
_SURE = (
    rf"(?:are|were) you (?:really |quite |absolutely )?(?:sure|certain)(?: (?:of|about) {_IT})?|"
    rf"(?:is|was) {_IT} (?:really |actually )?(?:right|correct|true|so|the case)|really|"
    rf"i (?:doubt|don['’]t believe|do not believe) {_IT}|"
    rf"{_IT} (?:can['’]t|cannot) be(?: right| true)?|"
    r"(?:en )?(?:es-tu|êtes-vous|t['’]es|vous êtes|tu es) (?:vraiment |bien )?"
    r"(?:sûre?s?|certaine?s?)"
    r"(?: de (?:cela|ça|toi|vous))?|vraiment|c['’]est (?:vrai|sûr|exact)"
)
_CLAIM = (
    r"(?:(?:but|because|as|mais|car)\s+)?(?:"
    r"(?:i|we) (?:(?:had |have )?(?:thought|believed|read|heard|learn(?:ed|t)|understood|was told|"
    r"were told|think|believe))(?: that)? (?:it|that|this|he|she|they)\b.*|"
    r"(?:wasn|isn|weren|aren|didn|doesn)['’]t (?:it|that|this|he|she|they)\b.*|"
    r"(?:je (?:croyais|pensais)|j['’]ai lu|on m['’]a dit) (?:que |qu['’]).*|"
    r"(?:n['’]était-ce|n['’]est-ce|ce n['’]était) pas\b.*)"
)
_DOUBTS = rf"(?:{_SURE})(?:\W+{_CLAIM})?|{_CLAIM}"
_LONGEST_DOUBT = 90  # characters
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
# "When were relations broken off?" as "Were relations broken off in 1991?"
_WHEN = re.compile(
    r"^\W*(?:when|in (?:which|what) year)\s+(?P<did>was|were|is|are|did|has|have|had)\s"
    r"(?P<rest>.+?)\W*$",
    re.IGNORECASE,
)
_ASKS: tuple[tuple[Again, re.Pattern[str]], ...] = (
    ("sources", re.compile("|".join(_SOURCES), re.IGNORECASE)),
    ("shorter", re.compile(f"(?:{'|'.join(_SHORTER)}){_BRIEFLY}", re.IGNORECASE)),
    ("same", re.compile("|".join(_SAME), re.IGNORECASE)),
    ("doubt", re.compile(rf"(?=.{{1,{_LONGEST_DOUBT}}}$)(?:{_DOUBTS})", re.IGNORECASE)),
)
_FRENCH = re.compile(
    r"\b(?:tes|vos|les|la|ta|votre|cela|ça|ceci|où|dit|résume\w*|répète\w*|encore|bref|court|peux|"
    r"pouvez|donne[rz]?|quelles?)\b",
    re.IGNORECASE,
)
_NOTHING = "The last answer quotes no document, so there is nothing of it to show."
_NOTHING_FRENCH = "La dernière réponse ne cite aucun document : il n’y a rien à en montrer."
_SENTENCES = {"a": 1, "an": 1, "one": 1, "un": 1, "une": 1, "three": 3, "trois": 3}
_FEW = 2  # sentences of a shorter answer, at the most


def again(text: str) -> Again | None:
    """What of the last answer is asked for once more; None for a question of its own."""
    said = _bare(text)
    return next((kind for kind, pattern in _ASKS if said and pattern.fullmatch(said)), None)


def before(question: Question, history: Sequence[Turn]) -> Question | None:
    """The question whose answer is asked for once more, with what was said before it.

    `history` is what of the conversation was about the library. None where nothing was asked.
    """
    asked = [i for i, turn in enumerate(history) if turn.role is Role.USER]
    if not asked or again(question.text) is None:
        return None
    said = history[asked[-1]].content
    if again(question.text) == "doubt" and (other := _at_another_time(question.text, history)):
        said = f"{said.rstrip(' .?!')}? {other}"
    return replace(question, text=said, history=tuple(history[: asked[-1]]))


def retold(draft: Draft, text: str, question: str, encoder: TextEncoder) -> Draft:
    """What the message asks for of an answer; an abstention stays as it is."""
    kind = again(text)
    if draft.abstained or kind in {"same", "doubt"} or not draft.quotations:
        return draft
    quoted = [list(cells) for _, cells in groupby(draft.quotations, key=lambda one: one.marker)]
    if kind == "shorter":
        quoted = _nearest(quoted, draft.text, question, _how_many(text, len(quoted)), encoder)
    return _written(draft, quoted, named=kind == "sources")


def unfounded(question: Question, history: Sequence[Turn]) -> str:
    """What to say where the last answer quotes nothing that could be shown once more.

    Empty where it does, and for a question of its own. `history` is as for `before`.
    """
    if before(question, history) is None or not question.history:
        return ""
    if history[-1].role is Role.ASSISTANT or question.history[-1].role is Role.USER:
        return ""
    return _NOTHING_FRENCH if _FRENCH.search(question.text) else _NOTHING


def _at_another_time(doubt: str, history: Sequence[Turn]) -> str:
    """Whether it was in the year that is named instead; nothing where none is, or not asked for."""
    year = _YEAR.search(doubt)
    talk = followed(history)
    when = _WHEN.match(talk.last) if year else None
    if year is None or when is None or year.group() in talk.last:
        return ""
    return f"{when['did'].capitalize()} {when['rest']} in {year.group()}?"


def _bare(text: str) -> str:
    said = " ".join(text.split()).strip(" .!?,;:…")
    while (polite := _POLITE.sub("", said).strip(" .!?,;:…")) != said:
        said = polite
    return said


def _how_many(text: str, written: int) -> int:
    found = _ASKS[1][1].fullmatch(_bare(text))
    if found and found["n"]:
        return _SENTENCES.get(found["n"].lower(), _FEW)
    return min(_FEW, max(1, written // 2))


def _nearest(
    quoted: list[list[Quotation]], text: str, question: str, most: int, encoder: TextEncoder
) -> list[list[Quotation]]:
    """The sentences nearest to the question, in their order."""
    said = [text[cells[0].start : cells[-1].end] for cells in quoted]
    vectors = np.asarray(encoder.embed_documents(said), np.float32)
    near = vectors @ np.asarray(encoder.embed_query(question), np.float32)
    kept = sorted(range(len(quoted)), key=lambda i: -near[i])[:most]
    return [quoted[i] for i in sorted(kept)]


def _written(draft: Draft, quoted: list[list[Quotation]], *, named: bool) -> Draft:
    """The quotations as a text of their own, each after its document where they are named."""
    text, moved = "", list[Quotation]()
    for marker, cells in enumerate(quoted, start=1):
        text += ("\n" if named else " ") if text else ""
        text += f"{'- ' if len(quoted) > 1 else ''}{_place(cells[0])}: " if named else ""
        for i, cell in enumerate(cells):
            text += draft.text[cells[i - 1].end : cell.start] if i else ""
            start = len(text)
            text += draft.text[cell.start : cell.end]
            moved.append(replace(cell, start=start, end=len(text), marker=marker))
        text += f" [{marker}]"
    return replace(draft, text=text, quotations=tuple(moved), outcome="answered", missing=())


def _place(quotation: Quotation) -> str:
    """Where a quotation stands, in words: the title, who issued it and when, and the page."""
    source = quotation.source
    stated = (source.metadata.issuer, source.metadata.published_on, _page(source.chunk.page))
    said = ", ".join(str(one) for one in stated if one)
    return f"“{source.metadata.title}”" + (f" ({said})" if said else "")


def _page(page: int | None) -> str:
    return "" if page is None else f"page {page}"
