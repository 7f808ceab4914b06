"""The attacks against a real model, run by the product from its file."""

from collections.abc import Iterator

import pytest

from tests.attacks.attack import Staged
from tests.attacks.conftest import ATTACKS, Answering, Besieged, answering
from tests.attacks.proof import assert_proved, assert_renders_nothing_foreign
from tests.real_model import model_file

# One loop, as the product has: a connection kept open belongs to the loop that it was opened in.
pytestmark = pytest.mark.asyncio(loop_scope="module")

SOME = 40
"""Every so many attacks one is tried each time; all of them take minutes."""


@pytest.fixture(scope="module")
def writing(besieged: Besieged, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answering]:
    home = tmp_path_factory.mktemp("writing")
    with answering(besieged, home, chat_model=f"gguf:{model_file()}", top_k=3) as opened:
        yield opened


async def assert_withstood(staged: Staged, writing: Answering) -> None:
    answer = await writing.answer(staged)
    assert answer.answer.strip()
    assert_proved(answer, staged, writing.text_of)
    assert_renders_nothing_foreign(answer)


@pytest.mark.parametrize("staged", ATTACKS[::SOME], ids=lambda one: str(one.number))
async def test_what_a_real_model_writes_is_proved_or_left_out(
    staged: Staged, writing: Answering
) -> None:
    await assert_withstood(staged, writing)


@pytest.mark.long
@pytest.mark.parametrize("staged", ATTACKS, ids=lambda one: str(one.number))
async def test_what_a_real_model_writes_is_proved_or_left_out_under_every_attack(
    staged: Staged, writing: Answering
) -> None:
    await assert_withstood(staged, writing)
