"""Forces of a profile: what they consist of, how large they are, and whose they are."""

import pytest

from assistant.models.encoder import TokenLocalEncoder
from tests.unit.shelf import Shelf

FORCES = "Ribe Watch Force (RWF): Ribe Guards, Ribe Fleet, Ribe Riders"
STRENGTH = "Military and watch personnel strengths: estimated 900 active Ribe Watch Force (2025)"
AGE = "Military service age and obligation: 18 years of age for men; no conscription (2025)"
ARMS = (
    "Military equipment inventories: the RWF has old boats and carts; its main suppliers are "
    "Lund and Aalborg"
)
SECTIONS = (
    ("Military and watch forces", f"{FORCES}\n\nnote: note: the police are no part of the force"),
    (
        "Military expenditures",
        "Military Expenditures 2024: 2% of all\n\nMilitary Expenditures 2023: 3% of all\n\n"
        f"{STRENGTH}\n\n{ARMS}\n\n{AGE}\n\n"
        "Military - note: the RWF guards the harbour with boats from Skagen",
    ),
    (
        "Government",
        "chief of state: Warden Ane HOLM (since 3 May 2024)\n\nhead of government: Mayor Jens BRO"
        "\n\nSuffrage: 20 years of age\n\nborder towns: Lund 9 km; Skagen 4 km"
        "\n\nNatural resources: clay, salt",
    ),
)


@pytest.fixture(scope="module")
def shelf(encoder: TokenLocalEncoder) -> Shelf:
    return Shelf("Ribe — Register of towns", SECTIONS, encoder)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What does the military of Ribe consist of?", FORCES),
        ("Which branches make up the armed forces of Ribe?", FORCES),
        ("How large are the armed forces of Ribe?", STRENGTH),
        ("How many people serve in the army of Ribe?", STRENGTH),
        ("What is the size of Ribe's military?", STRENGTH),
        ("Does Ribe have conscription?", AGE),
        ("Who supplies weapons to the military of Ribe?", ARMS),
        ("What is the voting age in Ribe?", "Suffrage: 20 years of age"),
        ("Who are the neighbours of Ribe?", "border towns: Lund 9 km; Skagen 4 km"),
        ("What minerals does Ribe have?", "Natural resources: clay, salt"),
        ("Who is the head of state of Ribe?", "chief of state: Warden Ane HOLM (since 3 May 2024)"),
    ],
)
def test_forces_are_told_by_the_label_that_means_what_is_asked(
    shelf: Shelf, encoder: TokenLocalEncoder, question: str, told: str
) -> None:
    assert shelf.draft(question, encoder).text.endswith(f"{told} [1]")


@pytest.mark.parametrize("town", ["Skagen", "Odense"])
def test_a_line_of_one_town_tells_nothing_of_another(
    shelf: Shelf, encoder: TokenLocalEncoder, town: str
) -> None:
    assert shelf.draft(f"military service age in {town}", encoder).abstained
