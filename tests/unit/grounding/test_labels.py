"""A line with a label says it of whom its page is about, and each of its items for itself."""

import pytest

from assistant.evidence import is_no_evidence
from assistant.grounding.clauses import lacking_in
from assistant.grounding.deeds import done_otherwise
from assistant.grounding.facts import another_fact
from assistant.grounding.figures import unquoted
from assistant.grounding.labels import crossed, labelled
from assistant.grounding.names import strangers
from assistant.grounding.restated import restated
from assistant.grounding.terms import terms

ABOVE = "Chile — Facts of the World\nGovernment\nCapital"


def read(line: str, above: str = ABOVE, before: str = "", behind: str = "") -> str:
    text = f"{before}{line}{behind}"
    return labelled(text, len(before), len(before) + len(line), above)[0]


def test_a_labelled_line_names_the_subject_of_its_page() -> None:
    assert read("Coastline: 6,435 km") == "Chile — coastline: 6,435 km"
    assert strangers("The coastline of Peru is 6,435 km long.", read("Coastline: 6,435 km"), "")
    assert read("Coastline: 6,435 km", above="Notes on coasts") == "Coastline: 6,435 km"


def test_what_is_labelled_in_small_letters_is_so_under_its_heading() -> None:
    assert read("name: Santiago") == "Chile — capital, name: Santiago"
    assert read("name: Santiago", before="Legal system: civil law\n\n") == "Chile — name: Santiago"
    assert read("18 years; no conscription") == "Chile — capital: 18 years; no conscription"


def test_prose_behind_a_label_is_not_of_its_heading() -> None:
    assert read("etymology: the name is of a saint") == "Chile — etymology: the name is of a saint"


def test_a_sentence_in_a_line_of_several_is_read_as_it_stands() -> None:
    assert read("Background: It was poor.", behind=" It is rich.") == "Background: It was poor."


def test_a_short_value_is_a_row() -> None:
    line = "Coastline: 6,435 km"
    _, row = labelled(line, 0, len(line), ABOVE)
    assert row is not None
    assert row.answers("Chile has a coastline of 6,435 km.")
    assert not row.answers("Chile has a coastline.")


def test_one_item_of_a_line_says_nothing_of_another() -> None:
    line = read("name: Sucre (old capital); La Paz (seat of government)")
    assert crossed(line, "The old capital is La Paz.")
    assert not crossed(line, "The old capital is Sucre.")
    assert not crossed(line, "Sucre is the old capital, and La Paz is the seat of government.")


@pytest.mark.parametrize("verb", ["lies at", "became", "fields"])
def test_what_a_label_says_it_says_without_a_verb(verb: str) -> None:
    said = f"Chile {verb} 25,000 soldiers."
    assert not {one.text for one in lacking_in(said, "Chile — strength: 25,000 soldiers")} & {
        *verb.split()
    }
    assert not done_otherwise(said, "Chile — strength: 25,000 soldiers", [(6, 12, 0.1)])
    assert done_otherwise(
        "Chile buried 25,000 soldiers.", "Chile — strength: 25,000 soldiers", [(6, 12, 0.1)]
    )


def test_name_is_a_label_where_a_colon_follows() -> None:
    assert not is_no_evidence("name: Santiago", "The capital is Santiago.")
    assert is_no_evidence("Name Santiago as the capital.", "The capital is Santiago.")


def test_metres_are_written_with_one_letter() -> None:
    assert terms("828 m")[-1].key == terms("828 metres")[-1].key
    assert terms("$5 m")[-1].key != terms("5 metres")[-1].key


def test_a_height_below_zero_lies_below_the_sea() -> None:
    said = "The lake lies 155 metres below sea level."
    assert restated("Lac Bleu -155 m", said) == "Lac Bleu 155 metres below sea level"
    assert restated("Mont Bleu 155 m", said) == "Mont Bleu 155 metres above sea level"


def test_the_day_of_a_date_counts_nothing_else() -> None:
    assert unquoted("They vote from the age of 18.", "In force since 18 January 1996.")
    assert not unquoted("It is in force since the 18th.", "In force since 18 January 1996.")


def test_a_figure_in_letters_belongs_to_whom_it_is_said_of() -> None:
    span = "men are subject to 18 months of service at 20; women are subject to 12 months at 21"
    assert another_fact("Men owe twelve months of service.", span)
    assert not another_fact("Men owe eighteen months of service.", span)
