"""A question is answered to the end, whoever listens."""

import asyncio

import pytest

from ui.under_way import Asked, UnderWay


async def told(asked: Asked) -> list[str]:
    """The words at each update."""
    return [asked.text async for _ in asked.updates()]


async def words(asked: Asked, *, pause: float = 0.0) -> None:
    for word in ("Attachés ", "report."):
        await asyncio.sleep(pause)
        asked.text += word
        asked.tell()
    asked.finished = "<article>whole</article>"


async def fails(_asked: Asked) -> None:
    raise ValueError("broken")


def test_it_is_finished_though_nobody_listens_and_found_again_by_its_ticket() -> None:
    async def scene() -> Asked | None:
        under_way = UnderWay()
        under_way.begin("t1", Asked("What?", "c1", "key"), words)
        await asyncio.sleep(0.01)
        return under_way.find("t1", "key")

    found = asyncio.run(scene())

    assert found is not None
    assert not found.running
    assert found.finished == "<article>whole</article>"


def test_who_listens_is_told_what_came_and_when_it_is_over() -> None:
    async def scene() -> tuple[list[str], str]:
        asked = UnderWay().begin("t1", Asked("What?", "", ""), lambda one: words(one, pause=0.01))
        return await told(asked), asked.finished

    updates, finished = asyncio.run(scene())

    assert updates
    assert finished == "<article>whole</article>"


def test_nobody_else_finds_it() -> None:
    async def scene() -> list[Asked | None]:
        under_way = UnderWay()
        under_way.begin("t1", Asked("What?", "", "mine"), words)
        return [under_way.find("t1", "yours"), under_way.find("", "mine"), under_way.find("t1", "")]

    assert asyncio.run(scene()) == [None, None, None]


def test_one_that_is_stopped_is_over_with_what_its_reader_is_told() -> None:
    async def scene() -> Asked:
        asked = UnderWay().begin("t1", Asked("What?", "", ""), lambda one: words(one, pause=9))
        await asyncio.sleep(0)
        asked.stop("stopped")
        assert await told(asked) == []
        return asked

    stopped = asyncio.run(scene())

    assert not stopped.running
    assert (stopped.finished, stopped.text) == ("stopped", "")


def test_what_no_reader_could_act_on_is_raised_where_it_is_listened_to() -> None:
    async def scene() -> None:
        await told(UnderWay().begin("t1", Asked("What?", "", ""), fails))

    with pytest.raises(ValueError, match="broken"):
        asyncio.run(scene())


def test_the_last_hundred_are_kept() -> None:
    async def scene() -> list[bool]:
        under_way = UnderWay()
        for number in range(102):
            under_way.begin(f"t{number}", Asked("What?", "", ""), words)
            await asyncio.sleep(0.001)
        return [under_way.find(f"t{number}", "") is not None for number in (0, 1, 2, 101)]

    assert asyncio.run(scene()) == [False, True, True, True]
