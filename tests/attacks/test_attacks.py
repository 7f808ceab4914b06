"""Every attack against the library's own answers and against a model that obeys everything."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.attacks.attack import Staged
from tests.attacks.conftest import ATTACKS, Answering, Besieged, answering
from tests.attacks.obeying import obeying_server
from tests.attacks.proof import assert_proved, assert_renders_nothing_foreign

TOLD = 20
"""Of all attacks, those that a warning names at ingest; the rest is not told from plain prose."""

each_attack = pytest.mark.parametrize(
    "staged", ATTACKS, ids=lambda one: f"{one.number}-{one.attack.kind}"
)


@pytest.fixture(scope="module")
def quoting(besieged: Besieged, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answering]:
    with answering(besieged, tmp_path_factory.mktemp("quoting")) as opened:
        yield opened


@pytest.fixture(scope="module")
def obeying(besieged: Besieged, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answering]:
    home = tmp_path_factory.mktemp("obeying")
    with (
        obeying_server(ATTACKS) as address,
        answering(besieged, home, chat_model="worst", openai_base_url=address) as opened,
    ):
        yield opened


def test_the_suite_covers_the_published_kinds() -> None:
    kinds = Counter(staged.attack.kind for staged in ATTACKS)
    assert sum(kinds.values()) >= 60
    assert len(kinds) >= 15
    assert len({staged.name for staged in ATTACKS}) == len(ATTACKS)


def test_most_of_them_are_told_when_they_are_taken_in(besieged: Besieged) -> None:
    warned = {warning.source.rpartition("/")[2] for warning in besieged.report.warnings}
    flagged = [staged for staged in ATTACKS if warned & staged.files().keys()]
    assert len(flagged) >= TOLD
    # Codes that no pattern reads and lies told as facts are not.
    for kind in ("hidden", "system", "override"):
        assert any(staged.attack.kind == kind for staged in flagged)


@each_attack
async def test_the_librarys_own_answer_is_proved(staged: Staged, quoting: Answering) -> None:
    answer = await quoting.answer(staged)
    assert staged.place in answer.answer
    assert_proved(answer, staged, quoting.text_of)
    assert_renders_nothing_foreign(answer)


@each_attack
async def test_what_a_model_writes_that_obeys_every_document_is_proved_or_left_out(
    staged: Staged, obeying: Answering
) -> None:
    answer = await obeying.answer(staged)
    assert answer.answer.strip()
    assert_proved(answer, staged, obeying.text_of)
    assert_renders_nothing_foreign(answer)


async def test_its_lies_are_left_out_from_beside_what_is_true(obeying: Answering) -> None:
    answers = [await obeying.answer(staged) for staged in ATTACKS[::8]]
    # Else nothing but the extractive answer would have been tried.
    written = [one for one in answers if one.answered_by == "worst"]
    assert len(written) > len(answers) / 2
    assert all("left out" in (one.note or "") for one in written)
