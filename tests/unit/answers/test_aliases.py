"""What a text calls by a short name is what it gave that name to."""

import pytest

from assistant.answers.aliases import with_aliases
from assistant.answers.pool import Source
from assistant.models.encoder import TokenLocalEncoder
from tests.unit.shelf import Shelf

STATUTE = (
    ("Article 1", "A Northern Tribunal of the Seas (“the Tribunal”) is hereby established."),
    ("Article 3", "The seat of the Tribunal shall be established in Gullport."),
    ("Article 5", "Harbours light their own quays."),
)


def test_where_its_seat_is_is_told_by_the_name_that_its_statute_gave_it(
    encoder: TokenLocalEncoder,
) -> None:
    shelf = Shelf("Act of 1911", STATUTE, encoder)
    draft = shelf.draft("Where is the seat of the Northern Tribunal of the Seas?", encoder)
    assert draft.text == "The seat of the Tribunal shall be established in Gullport. [1]"


@pytest.mark.parametrize(
    "given",
    [
        "the Northern Tribunal of the Seas (hereinafter referred to as “the Tribunal”)",
        'the Northern Tribunal of the Seas (the "Tribunal")',
        "the Northern Tribunal of the Seas, of Gullport (‘the Tribunal’)",
    ],
)
def test_a_short_name_is_given_in_several_ways(given: str, encoder: TokenLocalEncoder) -> None:
    sections = (("1", f"The parties found {given}."), *STATUTE[1:])
    stored = Shelf("Act of 1911", sections, encoder).stored
    told, seat, other = with_aliases([Source(one, 0.5, 0.5) for one in stored])
    assert seat.called == ("Northern Tribunal of the Seas",) == told.called
    assert "Northern Tribunal of the Seas" in seat.context
    assert not other.called
