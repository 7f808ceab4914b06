import pytest

from assistant.access.ladders import DEFAULT, Ladders
from assistant.access.spellings import classified
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
        (["TOP SECRET", "NATO SECRET"], "NATO SECRET; TOP SECRET"),
        (["NATO RESTRICTED", "CONFIDENTIAL", "NATO SECRET"], "NATO SECRET; CONFIDENTIAL"),
        (["NATO SECRET; OFFICIAL", "TOP SECRET"], "NATO SECRET; TOP SECRET"),
        (["COSMIC TOP SECRET", "NATO SECERT"], "COSMIC TOP SECRET; NATO SECERT"),
        (["NATO SECRET", "NATO SECRET//ATOMAL", "OFFICIAL"], "OFFICIAL; NATO SECRET//ATOMAL"),
        (["NATO RESTRICTED", "NATO SECRET//ATOMAL"], "NATO SECRET//ATOMAL"),
        (["NATO SECRET", "NATO RESTRICTED//CRYPTO"], "NATO SECRET; NATO RESTRICTED//CRYPTO"),
        (["NATO RESTRICTED REL TO SWE", "NATO RESTRICTED"], "NATO RESTRICTED"),
        (["NATO UNCLASSIFIED – RELEASABLE TO PARTNERS", "NATO RESTRICTED"], "NATO RESTRICTED"),
        ([None], None),
    ],
)
def test_the_highest_marking_is_found_and_what_cannot_be_compared_is_named_too(
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


def test_a_marking_may_be_called_otherwise_too() -> None:
    own = Ladders.read("NATO UNCLASSIFIED, NATO RESTRICTED = VS-NfD = RESTREINT UE, NATO SECRET")
    assert own.names == ("NATO UNCLASSIFIED", "NATO RESTRICTED", "NATO SECRET")
    assert own.highest(["vs-nfd", "NATO UNCLASSIFIED"]) == "NATO RESTRICTED"
    opened = own.opened(["VS-NfD"])
    assert opened is not None
    assert "NATO RESTRICTED" in opened
    assert "NATO SECRET" not in opened
    with pytest.raises(ConfigurationError, match="twice"):
        Ladders.read("A = C, B = C")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("SECRET OTAN", "NATO SECRET"),
        ("Secret Otan", "NATO SECRET"),
        ("CONFIDENTIEL OTAN", "NATO CONFIDENTIAL"),
        ("OTAN DIFFUSION RESTREINTE", "NATO RESTRICTED"),
        ("SANS CLASSIFICATION OTAN", "NATO UNCLASSIFIED"),
        ("NATO SECRET / OTAN SECRET", "NATO SECRET"),
        ("NATO SECRET/SECRET OTAN", "NATO SECRET"),
        ("TRÈS SECRET COSMIC", "COSMIC TOP SECRET"),
        ("NATO TOP SECRET", "COSMIC TOP SECRET"),
        ("(NS)", "NATO SECRET"),
        ("SECRET OTAN//ATOMAL", "NATO SECRET//ATOMAL"),
        ("NATO UNCLASSIFIED / NATO SECRET", "NATO UNCLASSIFIED / NATO SECRET"),
        ("COSMIC SECRET", "COSMIC SECRET"),
        ("SECRET", "SECRET"),
    ],
)
def test_the_alliance_s_markings_have_one_name_in_both_its_languages(
    written: str, name: str
) -> None:
    assert classified(written) == name


def test_a_list_of_recipients_alone_opens_nothing() -> None:
    assert classified("REL TO SWE") == "REL TO SWE"
    assert not LADDERS.knows("REL TO SWE: NATO SECRET")
