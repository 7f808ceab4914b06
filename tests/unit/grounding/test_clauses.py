"""What of a sentence has no counterpart in its span, and that nothing invented is carried."""

import pytest

from assistant.grounding.clauses import covered, ends_with_a_word_more, is_short, uncovered, unheard
from assistant.grounding.spans import Evidence, EvidenceText
from assistant.grounding.verify import find
from assistant.models.encoder import LocalEncoder

OPENED = "The office was opened in 2014 by the minister."
TEXT = f"{OPENED} Eleven officers serve there."
LIAISON = (
    "A liaison officer carries information in both directions. A liaison officer is not a "
    "negotiator unless the sending authority gives a mandate to negotiate."
)
TABLE = (
    "The mission had five regional commands.\n"
    "| Command | Location | Leading nation |\n"
    "| --- | --- | --- |\n"
    "| Train Advise Assist Command Capital | Kabul | Turkey |\n"
    "| Train Advise Assist Command North | Mazar-e-Sharif | Germany |\n"
    "| Train Advise Assist Command West | Herat | Italy |\n"
)
TAILS = (
    ", mainly because of corruption",
    ", and failed in the end",
    ", at a cost of several billion euros",
    ", and the decision was secret",
    ", which the Allies later regretted",
    ", thanks to a generous donor",
    " in complete secrecy",
)
LEADS = ("Critics say that", "According to leaked papers,", "Although Hungary objected,")


def evidence(encoder: LocalEncoder, *texts: str) -> Evidence:
    return Evidence([EvidenceText(one) for one in texts], encoder)


@pytest.mark.parametrize(
    ("sentence", "ends"),
    [
        ("Groups watched the human rights provisions.", True),
        ("Groups watched the human rights secretly last year.", False),
        ("Groups watched human rights, provisions.", False),
        ("Critics watched the human rights.", False),
        ("Groups watched the human rights in Oslo.", False),
    ],
)
def test_a_last_word_alone_may_be_one_more(sentence: str, ends: bool) -> None:
    span = "Groups watched the stipulations on human rights."
    assert ends_with_a_word_more(sentence, span, span) is ends


def test_a_short_sentence_tells_few_things() -> None:
    assert is_short("The office opened in 2014.")
    assert not is_short(f"{OPENED} Eleven officers in three rooms serve many large foreign firms.")


def test_what_is_covered_has_a_counterpart() -> None:
    assert covered("The office opened in 2014.", OPENED) == 1
    assert covered("The office burned in 2014.", OPENED) < 1


@pytest.mark.parametrize("tail", TAILS)
def test_a_true_sentence_with_an_invented_end_is_refused(tail: str, encoder: LocalEncoder) -> None:
    found = find(f"{OPENED[:-1]}{tail}.", evidence(encoder, TEXT))

    assert found.verdict == "unsupported"


@pytest.mark.parametrize("lead", LEADS)
def test_a_true_sentence_with_an_invented_source_is_refused(
    lead: str, encoder: LocalEncoder
) -> None:
    found = find(f"{lead} {OPENED[0].lower()}{OPENED[1:]}", evidence(encoder, TEXT))

    assert found.verdict == "unsupported"


@pytest.mark.parametrize(
    "sentence",
    [
        "The office was opened by the minister in 2014.",
        "The minister opened the office in 2014.",
        "In 2014 the minister opened the office, and eleven officers serve there.",
        "According to the passage, the office was opened in 2014 by the minister.",
    ],
)
def test_what_the_text_says_is_carried_in_another_order(
    sentence: str, encoder: LocalEncoder
) -> None:
    assert find(sentence, evidence(encoder, TEXT)).verdict == "supported"


def test_what_no_passage_has_is_quoted_as_the_problem(encoder: LocalEncoder) -> None:
    found = find(f"{OPENED[:-1]}, mainly because of corruption.", evidence(encoder, TEXT))

    assert found.problem == "The passage does not say “because of corruption”."


def test_what_is_denied_under_a_condition_is_not_carried_as_a_fact(encoder: LocalEncoder) -> None:
    found = find("A liaison officer is a negotiator.", evidence(encoder, LIAISON))

    assert found.verdict == "unsupported"
    assert "“not”" in found.problem


@pytest.mark.parametrize("command", ["Train Advise Assist Command West", "TAAC West"])
def test_a_row_carries_what_its_cells_say(command: str, encoder: LocalEncoder) -> None:
    found = find(f"Italy led {command}.", evidence(encoder, TABLE))

    assert found.verdict == "supported"
    assert found.span is not None
    assert found.span.text == TABLE[found.span.start : found.span.end]
    assert "Herat" in found.span.text


@pytest.mark.parametrize(
    "sentence",
    [
        "Turkey led Train Advise Assist Command North.",
        "Turkey led TAAC North.",
        "Italy led TAAC North.",
        "Germany led TAAC West.",
    ],
)
def test_a_row_does_not_carry_what_another_row_says(sentence: str, encoder: LocalEncoder) -> None:
    found = find(sentence, evidence(encoder, TABLE))

    assert found.verdict == "unsupported"
    assert "Train" not in found.problem


def test_a_clause_without_counterpart_is_told_from_words_put_otherwise() -> None:
    more = uncovered(f"{OPENED[:-1]}, and the decision was secret.", OPENED, TEXT)
    same = uncovered("The minister founded the bureau in 2014.", OPENED, TEXT)

    assert (more.added > 0, more.bare, more.tail, more.more) == (True, 2, 2, 2)
    assert (same.added, same.bare, same.tail, same.more) == (0, 0, 0, 0)
    assert unheard(f"{OPENED[:-1]}, and the decision was secret.", OPENED, TEXT) == (
        "and the decision was secret"
    )
    assert unheard(OPENED, OPENED, TEXT) == ""


COMMANDS = (
    "Under the agreement the United Kingdom will lead Joint Force Command Norfolk, Italy will lead "
    "Joint Force Command Naples, and Germany and Poland will lead Joint Force Command Brunssum."
)
CALLS = (
    "Article 4 was used again. Poland requested Article 4 consultations on 10 September 2025 after "
    "drones entered Polish airspace. Latvia and Estonia watched."
)
GROUPS = (
    "Figures showed the largest battlegroup in Latvia and the smallest battlegroup in Slovakia."
)
UNION = "Finland and Sweden joined the European Union on 1 January 1995, and NATO welcomed it."
CLAUSE = "ASEAN has no mutual defence clause, so no member of it is bound to defend another member."
COMPARED = """
| Topic | NATO | ASEAN |
|---|---|---|
| Mutual defence clause | Article 5 of the Treaty | None |
"""


@pytest.mark.parametrize(
    ("sentence", "text", "problem"),
    [
        ("Germany will lead JFC Naples.", COMMANDS, "Italy here, the sentence Germany"),
        ("Italy will lead JFC Brunssum.", COMMANDS, "Germany here, the sentence Italy"),
        ("Latvia requested Article 4 consultations on 10 September 2025.", CALLS, "Poland here"),
        ("The largest battlegroup is in Slovakia.", GROUPS, "“smallest”"),
        ("Finland and Sweden joined NATO on 1 January 1995.", UNION, "the sentence NATO"),
        ("ASEAN is an alliance that has a mutual defence clause.", CLAUSE, "says “no”"),
        ("ASEAN has a mutual defence clause.", COMPARED, "No passage says this."),
    ],
)
def test_what_is_said_of_another_is_refused_with_the_reason(
    sentence: str, text: str, problem: str, encoder: LocalEncoder
) -> None:
    found = find(sentence, evidence(encoder, text))

    assert found.verdict == "unsupported"
    assert problem in found.problem


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("Italy will lead JFC Naples.", COMMANDS),
        ("Germany and Poland will lead JFC Brunssum.", COMMANDS),
        ("Poland requested Article 4 consultations on 10 September 2025.", CALLS),
        ("Finland and Sweden joined the European Union on 1 January 1995.", UNION),
        ("The smallest battlegroup is in Slovakia.", GROUPS),
    ],
)
def test_what_is_said_of_the_same_is_carried(
    sentence: str, text: str, encoder: LocalEncoder
) -> None:
    assert find(sentence, evidence(encoder, text)).span is not None


def test_who_served_under_somebody_was_appointed_by_him(encoder: LocalEncoder) -> None:
    text = (
        "Cyrus Roberts Vance was appointed Secretary of State by President Jimmy Carter on "
        "January 21, 1977."
    )
    held = evidence(encoder, text)

    assert find("Cyrus Vance was Secretary of State under Jimmy Carter.", held).span is not None
    turned = find("Jimmy Carter was Secretary of State under Cyrus Vance.", held)
    assert turned.problem == "In the passage Jimmy and Cyrus stand the other way round."


def test_the_name_of_a_table_row_is_no_name_of_another_kind(encoder: LocalEncoder) -> None:
    held = evidence(encoder, TABLE)
    found = find("Spain led the Train Advise Assist Command West at Herat.", held)

    assert found.problem == "Nothing in the passage names Spain."


def test_what_is_like_a_sentence_is_shown_where_no_reason_can_be_told(
    encoder: LocalEncoder,
) -> None:
    span = "The Naval and Coastal Services were merged into one service by the Lund Act."
    found = find("The Lund Act parted the naval and coastal services.", evidence(encoder, span))
    assert found.span is None
    assert found.nearest is not None
    assert found.nearest.text == span
