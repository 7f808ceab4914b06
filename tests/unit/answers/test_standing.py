"""A sentence counts by the one it goes on from, and by what it says beside others."""

from dataclasses import replace

import pytest

from assistant.answers.forms import read_form
from assistant.answers.lines import stands
from assistant.answers.pool import Pooled, Source
from assistant.answers.rating import rated
from assistant.answers.reading import Part
from assistant.answers.selection import select
from assistant.answers.standing import in_their_places
from assistant.types import Chunk, ChunkId, DocumentId, Metadata, StoredChunk, VersionId


def passage(name: str, score: float, *said: tuple[str, float]) -> list[Pooled]:
    """The sentences of a document of one passage, each with its chance."""
    text = " ".join(sentence for sentence, _ in said)
    chunk = Chunk(ChunkId(name), 0, 0, len(text), text, ())
    stored = StoredChunk(chunk, DocumentId(name), VersionId(name), f"file:///{name}", Metadata(""))
    source = Source(stored, score, score)
    made = []
    for sentence, chance in said:
        start = text.index(sentence)
        part = Part(sentence, start, start + len(sentence), bullet=False, leads=start == 0)
        made.append(Pooled(source, part, chance))
    return made


def chances(pool: list[Pooled]) -> list[float]:
    return [one.chance for one in in_their_places(pool)]


def test_what_goes_on_from_a_likely_sentence_is_likely_itself() -> None:
    lead = ("The navy had three squadrons.", 0.8)
    first = ("The first guarded the northern harbours.", 0.05)
    assert chances(passage("a", 0.5, lead, first))[1] == pytest.approx(0.32)


def test_what_goes_on_and_is_likelier_by_itself_stays_so() -> None:
    lead = ("The navy had three squadrons.", 0.5)
    first = ("The first guarded the northern harbours.", 0.9)
    assert chances(passage("a", 0.5, lead, first)) == [0.5, 0.9]


def test_what_opens_a_paragraph_goes_on_from_nothing() -> None:
    lead = ("The navy had three squadrons.", 0.8)
    first = ("The first guarded the northern harbours.", 0.05)
    one, other = passage("a", 0.5, lead, first)
    other = replace(other, part=replace(other.part, leads=True))
    assert chances([one, other]) == [0.8, 0.05]


def test_another_reason_goes_on_from_the_first() -> None:
    lead = ("The toll was kept for several reasons.", 0.8)
    another = ("Another was that the northern harbours had no other income.", 0.05)
    assert chances(passage("a", 0.5, lead, another))[1] == pytest.approx(0.32)


def test_what_only_stands_after_a_likely_sentence_is_no_likelier_for_it() -> None:
    lead = ("The navy had three squadrons.", 0.8)
    other = ("Fishermen paid a toll of two coins.", 0.05)
    assert chances(passage("a", 0.5, lead, other))[1] == 0.05


def test_what_a_line_leads_in_is_likely_itself() -> None:
    lead = ("The survey of the coast gave this warning:", 0.8)
    warning = ("Ice will close every harbour by Martinmas.", 0.05)
    assert chances(passage("a", 0.5, lead, warning))[1] == pytest.approx(0.32)


def test_a_likely_sentence_of_another_document_raises_nothing() -> None:
    one = passage("a", 0.5, ("The navy had three squadrons, all of them old.", 0.8))
    before, other = ("Tolls were low.", 0.05), ("The first guarded the harbour.", 0.05)
    assert chances([*one, *passage("b", 0.5, before, other)[1:]])[1] == 0.05


def test_a_reason_for_something_else_is_rated_below_what_is_likely() -> None:
    form = read_form("Why did the harbour towns leave the league?")
    reason, likely = passage(
        "a",
        0.5,
        ("Wool was dear because of the drought.", 0.02),
        ("The harbour towns left the league in anger.", 0.3),
    )
    assert rated(form, reason) < rated(form, likely)
    assert rated(form, replace(reason, chance=0.3)) > rated(form, likely)


def test_what_is_far_less_likely_than_the_best_is_beside_the_point() -> None:
    form = read_form("How did the harbour towns pay for the lighthouse?")
    pool = passage(
        "a",
        0.5,
        ("The harbour towns sold salt to pay for the lighthouse.", 0.9),
        ("A guild of rope makers held a fair in the spring.", 0.35),
        ("Ships from the south brought wine and oil.", 0.35),
        ("Pilots lived on a small island nearby.", 0.35),
    )
    chosen = [one.text for one in select(form, pool, sure=True)]
    assert chosen == ["The harbour towns sold salt to pay for the lighthouse."]


def test_who_asks_what_is_not_so_gets_what_is_denied() -> None:
    form = read_form("Which towns have not joined the league of harbours?")
    joined, outside = passage(
        "a",
        0.5,
        ("Most towns joined the league of harbours at once.", 0.4),
        ("Two towns on the strait refused to join the league.", 0.3),
    )
    assert rated(form, outside) > rated(form, joined)
    plain = read_form("Which towns have joined the league of harbours?")
    assert rated(plain, outside) < rated(plain, joined)


def test_a_number_of_what_is_counted_is_no_answer_where_it_is_far_less_likely() -> None:
    form = read_form("How many towns signed the harbour charter?")
    pool = passage(
        "a",
        0.5,
        ("The harbour charter was signed by 35 communes.", 0.6),
        ("The council of the two towns met elsewhere.", 0.1),
    )
    assert select(form, pool, sure=True)[0].text.startswith("The harbour charter was signed by 35")


def test_who_of_another_is_not_who_was_asked_for() -> None:
    form = read_form("Who was the first ambassador to Burundi?")
    named = passage("a", 0.5, ("The kingdom of Burundi was recognized in 1962.", 0.1))
    other = passage("b", 0.5, ("The first ambassador was Davis Boster, who came in 1974.", 0.6))
    assert select(form, [*named, *other], sure=True) == named


def test_what_sets_the_one_against_the_other_tells_how_they_differ() -> None:
    form = read_form("What is the difference between the Gull League and the Tern Bank?")
    apart, beside = passage(
        "a",
        0.5,
        ("The Gull League is a union, while the Tern Bank is a fund.", 0.4),
        ("The Gull League and the Tern Bank meet each spring at Skagen.", 0.5),
    )
    assert rated(form, apart) > rated(form, beside)


def test_the_place_of_another_does_not_say_where_something_is() -> None:
    form = read_form("Where is the post of the Coast Union?")
    text = "Post: Gull Command; Location: Skagen\nPost: Tern Command; Location: Esbjerg"
    chunk = Chunk(ChunkId("a"), 0, 0, len(text), text, ("Coast Union",))
    stored = StoredChunk(chunk, DocumentId("a"), VersionId("a"), "file:///a", Metadata(""))
    rows = [
        Pooled(Source(stored, 0.5, 0.5), Part(line, start, start + len(line), False, True), 0.6)
        for line, start in zip(text.split("\n"), (0, text.index("\n") + 1), strict=True)
    ]
    assert select(form, rows, sure=True) == []
    own = read_form("Where is Gull Command?")
    assert select(own, rows, sure=True)[0] == rows[0]


def test_what_cannot_be_told_by_itself_makes_no_answer_longer() -> None:
    told = ("The ferry crossed the strait twice a day.", 0.6)
    beside = ("Fishermen crossed the strait in boats.", 0.3)
    pool = [*passage("a", 0.5, told), *passage("b", 0.5, beside)]
    for i in (1, 2, 3):
        pool += passage(f"l{i}", 0.5, (f"It crossed the strait {i} times.", 0.5 - i / 100))
    chosen = select(read_form("What crossed the strait?"), pool, sure=True)
    assert [one.text for one in chosen] == [told[0]]


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("This Memorandum of Understanding takes effect on 1 May.", True),
        ("The present Agreement is open for signature.", True),
        ("This plan takes effect on 1 May.", False),
        ("These agreements were signed in Skagen.", False),
    ],
)
def test_a_text_that_speaks_of_itself_is_understood_by_itself(text: str, alone: bool) -> None:
    (one,) = passage("a", 0.5, (text, 0.5))
    assert stands(read_form("When was peace made?"), one) is alone


@pytest.mark.parametrize(
    "named",
    [
        "The statement, known as the Gull Doctrine, was hardly noted abroad.",
        "Known abroad as the “Gull Doctrine,” the statement was hardly noted.",
    ],
)
def test_what_gives_a_name_comes_after_what_it_names(named: str) -> None:
    said = ("In 1823 the warden told the League that the coast was closed to fleets.", 0.4)
    other = ("The Gull Doctrine was upheld by wardens.", 0.2)
    pool = passage("a", 0.5, said, (named, 0.6), other)
    chosen = select(read_form("What is the Gull Doctrine?"), pool, sure=True)
    assert [one.text for one in chosen][:2] == [said[0], named]


def test_where_nothing_can_be_told_by_itself_nothing_is_chosen() -> None:
    pool = passage("a", 0.5, ("They crossed the strait in their boats.", 0.6))
    assert select(read_form("Why did the fishermen cross?"), pool, sure=True) == []


def test_what_opens_a_chunk_leans_on_the_end_of_the_one_before() -> None:
    said = "The warden lowered the toll of the northern harbours."
    leans = "He also closed the harbours because of the storms."
    pool = [*passage("a", 0.5, (said, 0.3)), *passage("a", 0.5, (leans, 0.6))]
    stored = pool[1].source.stored
    chunk = replace(stored.chunk, start=len(said) + 1, chunk_id=ChunkId("a-2"))
    source = replace(pool[1].source, stored=replace(stored, chunk=chunk))
    pool[1] = replace(pool[1], source=source)
    form = read_form("Why were the harbours closed?")
    assert [one.text for one in select(form, pool, sure=True)] == [said, leans]
