"""A text is asked of by its name; one that only speaks of it in its own name is another."""

from dataclasses import replace

import pytest

from assistant.answers.texts import bears, name_of, text_of_chunks
from assistant.models.encoder import TokenLocalEncoder
from assistant.types import DocumentId, VersionId
from tests.unit.shelf import Shelf


def called(asked: str, *names: str, encoder: TokenLocalEncoder) -> int | None:
    """How many words more than asked for the nearest of the names has."""
    shelf = Shelf(names[0], tuple((name, "Text.") for name in names), encoder)
    name = name_of(asked, f"What does Article 1 of the {asked} say?")
    assert name is not None
    found = bears(name, text_of_chunks(shelf.stored))
    return None if found is None else found.beyond


def test_an_agreement_about_a_treaty_is_not_that_treaty(encoder: TokenLocalEncoder) -> None:
    about = "Agreement between the Parties to the Gull Coast Treaty regarding their Boats"
    assert called("Gull Coast Treaty", about, encoder=encoder) is None
    assert called("Gull Coast Treaty", about, "Gull Coast Treaty", encoder=encoder) == 0


def test_two_states_with_a_hyphen_are_two(encoder: TokenLocalEncoder) -> None:
    name = "Agreement between the Kingdom of Norway and the Kingdom of Sweden on Pilots"
    assert called("Norway-Sweden agreement on pilots", name, encoder=encoder) == 2


def test_a_name_in_the_text_is_known_by_its_initials(encoder: TokenLocalEncoder) -> None:
    name = "Agreement on the Status of Missions to the Gull Coast Organization"
    assert called("agreement on missions to GCO", name, encoder=encoder) is not None
    assert called("agreement on missions to NATO", name, encoder=encoder) is None


PILOTS = (
    ("Nota", "The Kingdom of Norway and the Kingdom of Sweden wish to exchange their pilots."),
    ("Artikel 1", "This Agreement is for pilots. This Agreement may be denounced."),
)


@pytest.mark.parametrize(
    ("asked", "is_it"),
    [
        ("Norwegian-Swedish agreement on pilots", True),
        ("treaty with Norway on pilots", True),
        ("Danish-Swedish agreement on pilots", False),
        ("Norwegian-Swedish agreement on salted herring", False),
        ("Norwegian-Swedish protocol on pilots", False),
        # What has a name of its own is not described.
        ("Norway Pilots Convention", False),
    ],
)
def test_a_text_may_be_described_by_whose_it_is_and_what_it_is_about(
    asked: str, is_it: bool, encoder: TokenLocalEncoder
) -> None:
    text = text_of_chunks(Shelf("Verdrag inzake de loodsen", PILOTS, encoder).stored)
    name = name_of(asked, f"How can the {asked} be ended?")
    assert name is not None
    assert (bears(name, text) is not None) is is_it


def test_a_name_is_nearer_than_a_description(encoder: TokenLocalEncoder) -> None:
    described = Shelf("Verdrag inzake de loodsen", PILOTS, encoder)
    named = Shelf("Agreement between Norway and Sweden on pilots", PILOTS, encoder)
    name = name_of("Norwegian-Swedish agreement on pilots", "")
    by_name = name_of("Norway-Sweden agreement on pilots", "")
    assert name is not None
    assert by_name is not None
    less, more = (
        bears(name, text_of_chunks(described.stored)),
        bears(by_name, text_of_chunks(named.stored)),
    )
    assert less is not None
    assert more is not None
    assert more < less


def test_a_heading_that_stands_right_above_another_names_the_text(
    encoder: TokenLocalEncoder,
) -> None:
    shelf = Shelf("Verdrag inzake de kust", (("Signed at Bergen", "The parties agree."),), encoder)
    head = shelf.text.index("Signed")
    lost = "THE COAST TREATY"
    chunk = replace(shelf.stored[0].chunk, start=head + len(lost) + 18)

    def read(_document: DocumentId, _version: VersionId, start: int, end: int) -> str:
        return f"{lost}\n\n{shelf.text}"[start:end]

    name = name_of("Coast Treaty", "What does Article 1 of the Coast Treaty say?")
    assert name is not None
    assert bears(name, text_of_chunks([replace(shelf.stored[0], chunk=chunk)], read)) is not None
    assert bears(name, text_of_chunks(shelf.stored)) is None
