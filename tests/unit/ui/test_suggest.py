from tests.unit.ui.samples import passage
from ui.suggest import drawn_from


def test_entries_of_lists_and_captions_are_no_questions() -> None:
    headings = (
        "Harbour Watch (2025)",
        "Ministry of Transport: Ferry Police",
        "The pilots of Skagen (Photo Archive)",
        "Pilots and their duties",
    )
    passages = [passage(title="Skagen", headings=["Skagen", one]) for one in headings]
    assert list(drawn_from(passages, french=False)) == [
        "What does “Skagen” say about pilots and their duties?"
    ]
