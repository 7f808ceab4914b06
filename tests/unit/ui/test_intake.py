from pathlib import Path

from tests.unit.ui.test_desk import Shelves
from ui.desk import Desk
from ui.intake import Intake


def intake(shelves: Shelves) -> Intake:
    client = shelves.client()
    return Intake(client, Desk(client))


def files(folder: Path, count: int) -> list[str]:
    paths = [folder / f"{number}.txt" for number in range(count)]
    for path in paths:
        path.write_text("words", "utf-8")
    return list(map(str, paths))


def left(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_many_files_are_sent_in_batches_and_reported_as_one(tmp_path: Path) -> None:
    shelves = Shelves(1)

    steps = [step async for step in intake(shelves).take_in(files(tmp_path, 20), "", 50)]

    assert shelves.uploads == [16, 4]
    assert any("16 of 20 files done" in str(step[0]) for step in steps)
    assert "20 files added" in str(steps[-1][0])


async def test_files_after_a_stop_are_not_sent(tmp_path: Path) -> None:
    shelves = Shelves(1, ends="cancelled")

    steps = [step async for step in intake(shelves).take_in(files(tmp_path, 20), "", 50)]

    assert shelves.uploads == [16]
    assert "Stopped: 16 files added" in str(steps[-1][0])


async def test_copies_left_by_the_browser_are_deleted(tmp_path: Path) -> None:
    paths = files(tmp_path, 1)

    async for _ in intake(Shelves(1)).take_in(paths, "", 50):
        pass

    assert left(tmp_path) == []
