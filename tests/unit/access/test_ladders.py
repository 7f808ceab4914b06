import pytest

from assistant.access.ladders import DEFAULT, Ladders
from assistant.errors import ConfigurationError

LADDERS = Ladders.read(DEFAULT)


def test_a_clearance_opens_its_marking_and_those_below() -> None:
    opened = LADDERS.opened(["nato  Secret"])
    assert opened is not None
    assert {"NATO UNCLASSIFIED", "NATO RESTRICTED", "NATO CONFIDENTIAL", "NATO SECRET"} <= opened
    assert "COSMIC TOP SECRET" not in opened


def test_a_clearance_of_one_authority_opens_nothing_of_another() -> None:
    opened = LADDERS.opened(["COSMIC TOP SECRET"])
    assert opened is not None
    assert "OFFICIAL" not in opened
    assert "UNCLASSIFIED" in opened, "the lowest of each ladder needs no clearance"


def test_no_clearance_opens_the_lowest_alone() -> None:
    assert LADDERS.opened([]) == frozenset({"NATO UNCLASSIFIED", "UNCLASSIFIED"})


def test_a_clearance_for_all_opens_what_is_on_no_ladder_too() -> None:
    assert LADDERS.opened(["all"]) is None


@pytest.mark.parametrize(
    ("markings", "highest"),
    [
        (["NATO RESTRICTED", None, "NATO SECRET"], "NATO SECRET"),
        (["TOP SECRET", "NATO SECRET"], "TOP SECRET"),
        (["NATO RESTRICTED", "CONFIDENTIAL"], "CONFIDENTIAL"),
        (["COSMIC TOP SECRET", "NATO SECERT"], "NATO SECERT"),
        (["NATO UNCLASSIFIED – RELEASABLE TO PARTNERS", "NATO RESTRICTED"], "NATO RESTRICTED"),
        ([None], None),
    ],
)
def test_the_highest_marking_is_found_and_an_unknown_one_counts_highest(
    markings: list[str | None], highest: str | None
) -> None:
    assert LADDERS.highest(markings) == highest


def test_an_installation_names_its_own_markings() -> None:
    own = Ladders.read("Public < Internal < Board; NATO UNCLASSIFIED, NATO SECRET")
    assert own.opened(["internal"]) == frozenset({"PUBLIC", "INTERNAL", "NATO UNCLASSIFIED"})
    assert not own.knows("CONFIDENTIAL")


@pytest.mark.parametrize("text", ["", " ; ", "A, B; B", "A, ALL"])
def test_a_list_that_cannot_be_an_order_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationError, match="ATTACHE_MARKINGS"):
        Ladders.read(text)
