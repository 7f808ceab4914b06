import pytest

from assistant.access.keys import readable_with
from assistant.access.labels import Labels, admits, label
from assistant.access.ladders import DEFAULT, Ladders
from assistant.types import VersionId

LADDERS = Ladders.read(DEFAULT)


@pytest.mark.parametrize(
    ("marking", "groups", "may"),
    [
        (None, (), True),
        ("NATO RESTRICTED", (), True),
        ("nato restricted", (), True),
        ("NATO CONFIDENTIAL", (), False),
        ("NATO SECERT", (), False),
        ("NATO RESTRICTED//ATOMAL", (), False),
        ("NATO RESTRICTED - RELEASABLE TO PARTNERS", (), True),
        ("NATO RESTRICTED", ("Staff",), True),
        (None, ("staff", "board"), True),
        (None, ("board",), False),
        ("NATO SECRET", ("staff",), False),
    ],
)
def test_who_is_cleared_and_in_the_group_may_read(
    marking: str | None, groups: tuple[str, ...], may: bool
) -> None:
    readable = readable_with(["NATO RESTRICTED"], ["STAFF"], LADDERS)
    assert admits(readable, label(marking, groups)) is may


def test_only_who_is_cleared_for_all_and_in_all_groups_reads_everything() -> None:
    assert readable_with(["ALL"], ["ALL"], LADDERS) is None
    assert not admits(readable_with(["ALL"], [], LADDERS), label("TOP SECRET", ["board"]))
    assert not admits(readable_with([], ["ALL"], LADDERS), label("TOP SECRET", ["board"]))


def test_a_marking_put_right_later_closes_what_was_said_before() -> None:
    old, new = VersionId("old"), VersionId("new")
    raised = Labels(label("NATO SECRET"), {old: label(None), new: label("NATO SECRET")})
    lowered = Labels(label(None), {old: label("NATO SECRET"), new: label(None)})
    readable = readable_with(["NATO RESTRICTED"], [], LADDERS)
    assert raised.opened_to(readable) == frozenset()
    assert lowered.opened_to(readable) == {new}
    assert raised.opened_to(None) == {old, new}


def test_of_two_markings_that_cannot_be_compared_a_reader_needs_both() -> None:
    both = label("NATO RESTRICTED – RELEASABLE TO SWE; SECRET")
    assert both == "NATO RESTRICTED; SECRET"
    assert not admits(readable_with(["NATO SECRET"], [], LADDERS), both)
    assert not admits(readable_with(["SECRET"], [], LADDERS), both)
    assert admits(readable_with(["NATO RESTRICTED", "SECRET"], [], LADDERS), both)
