"""The envoy of one to another is not that of the other to the one."""

import pytest

from assistant.models.encoder import TokenLocalEncoder
from tests.unit.shelf import Shelf

SECTIONS = (
    (
        "Missions",
        "Diplomatic mission in Norway\n\nhead of mission: Envoy Ane HOLM (since 3 May 2024)\n\n"
        "seat: 4 Quay Street\n\nDiplomatic mission from Norway\n\n"
        "head of mission: Envoy Jens BRO (since 9 June 2023)\n\nseat: 2 Dune Road",
    ),
    ("Land", "Surface\n\ntotal: 41 sq km\n\nwater: 3 sq km"),
)
VACANT = (
    (
        "Missions",
        "Diplomatic mission in Norway\n\nhead of mission: Envoy Ane HOLM (since 3 May 2024)\n\n"
        "seat: 4 Quay Street\n\nDiplomatic mission from Norway\n\n"
        "head of mission: Envoy (vacant); Clerk Lis DAM (since 1 May 2025)\n\nseat: 2 Dune Road",
    ),
)


@pytest.mark.parametrize(
    ("question", "named", "other"),
    [
        ("Who is the Norwegian envoy to Skagen?", "Jens BRO", "HOLM"),
        ("Who is the envoy of Norway in Skagen?", "Jens BRO", "HOLM"),
        ("Who is Skagen's envoy to Norway?", "Ane HOLM", "BRO"),
    ],
)
def test_an_envoy_is_of_the_way_that_is_asked_for(
    question: str, named: str, other: str, encoder: TokenLocalEncoder
) -> None:
    text = Shelf("Skagen — Register of states", SECTIONS, encoder).draft(question, encoder).text
    assert named in text
    assert other not in text


def test_that_there_is_no_envoy_is_told(encoder: TokenLocalEncoder) -> None:
    shelf = Shelf("Skagen — Register of states", VACANT, encoder)
    text = shelf.draft("Who is the Norwegian envoy to Skagen?", encoder).text
    assert "Envoy (vacant); Clerk Lis DAM" in text
    assert "HOLM" not in text
