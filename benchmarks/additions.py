"""Clauses added to true sentences: reasons, outcomes, costs, sources and the like, said nowhere.

Half of the clauses are ends, beginnings and asides of other sentences, of the same text or of
others, so that nothing can be learnt of their words. The rest are of two lists of ours, one to fit
on and one that is for judging alone.
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.retrieval.standalone import content_words
from benchmarks.plants import FEWEST, OPENINGS

_TAILS_LIST = (
    ", largely as a result of bad planning|, which later proved to be a mistake| in order to "
    "please investors|, after long and bitter disputes|, despite protests from the public|, "
    "and was soon forgotten|, although few people noticed|, and nobody was punished|, with "
    "the help of foreign advisers|, for which it was widely criticised| without telling the "
    "press|, a step that experts welcomed| at great expense|, and the results were "
    "disappointing|, because the budget had run out|, to the surprise of its neighbours|, "
    "thanks to a generous donor|, leading to a serious crisis|, under pressure from the "
    "banks| because of a strike|, and it worked well|, causing lasting damage| as a favour "
    "to a friend|, but the plan was abandoned|, while the opposition boycotted the vote|, "
    "sparking outrage abroad|, mostly for political reasons| by accident|, costing taxpayers "
    "a fortune|, and then went bankrupt|, so the mood was poor|, for free"
)
_LEADS_LIST = (
    "Experts agree that|According to insiders,|After a long quarrel,|Despite heavy "
    "losses,|Because of bad weather,|Opponents claim that|As a secret report shows,|To "
    "everybody's surprise,|Under foreign pressure,|Many believe that|As the minister "
    "admitted,|In a hurried decision,|Some scholars argue that|Rumours suggest that|With the "
    "help of spies,|For lack of money,"
)
_ASIDES_LIST = (
    ", which many doubted,|, a matter of dispute,|, once a close ally,|, despite its "
    "debts,|, as rumours had it,|, after much delay,|, under a new leader,|, for reasons of "
    "cost,|, by mistake,"
)
_OTHER_TAILS_LIST = (
    ", mainly because of corruption|, and failed in the end|, at a cost of several billion "
    "euros|, and the decision was secret|, which the Allies later regretted|, probably "
    "because of corruption| in complete secrecy|, but was abolished soon afterwards|, owing "
    "to a lack of support|, as a protest against the war|, through bribery|, in exchange for "
    "arms|, which turned out to be useless|, with disastrous consequences|, and won a prize "
    "for it|, under a confidential agreement|, following a coup| as a punishment|, and the "
    "king paid for it|, so that the price of oil would rise|, even though most voters were "
    "against it|, and followed"
)
_OTHER_LEADS_LIST = (
    "Critics say that|According to leaked papers,|Sources close to the government report "
    "that|Thanks to a bribe,|Following a scandal,|After losing the election,|Journalists "
    "found out that|Fearing a revolt,|Although the neighbours objected,|In exchange for "
    "weapons,"
)
_OTHER_ASIDES_LIST = (
    ", which had gone bankrupt,|, an open secret,|, hated by its staff,|, though illegal,|, "
    "because of a rumour,|, to save face,"
)
_TAIL = re.compile(
    r",? (?:because|which|who|despite|although|while|after|leading|making|causing|and|but|"
    r"thanks to|due to|so that|in order to|with|by|for|at|under|without|when|where) "
    r"[^.,;:()]{8,90}(?=\.$)"
)
_LEAD = re.compile(
    r"^(?:In|After|Although|Despite|Because|While|When|With|Under|As|By|For|To|Since|Through|"
    r"According to|During|Without) [^.,;:()]{8,70},"
)
_ASIDE = re.compile(r", (?:which|who|a|an|the|though|after|with|by|despite) [^.,;:()]{6,60},")
_SUBJECT_ENDS = re.compile(r"(?<=[a-z]) (?=(?:is|was|are|were|has|had|have|can|will|may|did)\b)")
_NAMES_OR_FIGURES = re.compile(r"[A-ZÀ-Þ\d]")
_DENIED = re.compile(
    r"^(?P<one>[^.,;:]{4,80}?\b(?:is|are|was|were|may|can|could|should|must|will|"
    r"would|does|do|did)) (?P<no>not|no longer|never) (?P<rest>[^.,;:]{4,90}?)"
    r"(?:,? (?:unless|because|but|so|until|if|when|and|since|except|without)\b.*|[,;:].*)?\.?$"
)
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-zà-ÿ]+(?: [A-Z][a-zà-ÿ]+)*(?= [a-z])")

FITTED, JUDGED = "added", "added unseen"
"""How the kinds begin: those of the second are never fitted on."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Ends, beginnings and asides of sentences, as they stand there."""

    tails: tuple[str, ...]
    leads: tuple[str, ...]
    asides: tuple[str, ...]

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Pool":
        """Those of some sentences that have no names or figures: these are found by other ways."""
        found = [
            [m.group() for text in texts for m in pattern.finditer(text)]
            for pattern in (_TAIL, _LEAD, _ASIDE)
        ]
        tails, leads, asides = (sorted(set(filter(_is_plain, each))) for each in found)
        return cls(tuple(tails), tuple(leads), tuple(asides))


def _is_plain(clause: str) -> bool:
    return len(content_words(clause)) >= FEWEST and not _NAMES_OR_FIGURES.search(clause[1:])


FIT = Pool(*(tuple(each.split("|")) for each in (_TAILS_LIST, _LEADS_LIST, _ASIDES_LIST)))
UNSEEN = Pool(
    *(tuple(each.split("|")) for each in (_OTHER_TAILS_LIST, _OTHER_LEADS_LIST, _OTHER_ASIDES_LIST))
)


def added(text: str, draw: random.Random, own: Pool, others: Pool) -> Iterator[tuple[str, str]]:
    """The sentence with a clause more, and of what kind that is.

    Args:
        text: a true sentence.
        draw: a source of chance.
        own: clauses of the other sentences of the same text.
        others: clauses of other texts.
    """
    pools: Mapping[str, Pool] = {
        FITTED: FIT,
        JUDGED: UNSEEN,
        f"{FITTED} from another text": others,
        f"{FITTED} from its text": own,
    }
    for name, pool in pools.items():
        for what, way, clauses in (
            ("end", _ended, pool.tails),
            ("beginning", _led, pool.leads),
            ("aside", _parted, pool.asides),
        ):
            if clauses and (wrong := way(text, draw.choice(clauses))):
                yield f"{name}: {what}", wrong


def _ended(text: str, clause: str) -> str:
    if not text.endswith(".") or clause.strip(" ,") in text:
        return ""
    return f"{text[:-1]}{clause}."


def _led(text: str, clause: str) -> str:
    first = text.split(" ", 1)[0]
    small = text if first not in OPENINGS else f"{text[0].lower()}{text[1:]}"
    return "" if clause in text else f"{clause} {small}"


def _parted(text: str, clause: str) -> str:
    found = _SUBJECT_ENDS.search(text)
    if not found or clause in text:
        return ""
    return f"{text[: found.start()]}{clause}{text[found.start() :]}"


def affirmed_short(text: str, _: random.Random, __: Sequence[str]) -> str:
    """What is denied, stated, without what stands behind: "unless …", "because …"."""
    found = _DENIED.match(text)
    if not found:
        return text
    one = re.sub(r" (?:does|do|did)$", "", found["one"])
    return f"{one} {found['rest']}."


def name_joined(text: str, draw: random.Random, known: Sequence[str]) -> str:
    """Another name of the same text, said to have done or been the same."""
    found = list(_NAME.finditer(text))
    others = [name for one in known for name in _NAME.findall(one) if name not in text]
    if not found or not others:
        return text
    one = draw.choice(found)
    both = [one.group(), draw.choice(others)]
    draw.shuffle(both)
    return f"{text[: one.start()]}{' and '.join(both)}{text[one.end() :]}"
