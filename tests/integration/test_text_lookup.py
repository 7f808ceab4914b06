"""What a treaty lays down is told from that treaty, be it found by the question's words or not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.backends import Backends, open_backends
from assistant.settings import Settings
from assistant.types import Question
from tests.integration.test_assistant import take_in

ASKED = """---
title: Verdrag inzake de loodsen
---
Agreement between the Parties to the North Atlantic Treaty regarding the Status of their Forces

The Parties to the North Atlantic Treaty agree that their pilots wear a badge.

# Article I

Pilots of a sending State pay no dues in the harbours of a receiving State.

# Article XIX

1. The present Agreement may be denounced by any Contracting Party after four years.

2. The denunciation shall take effect one year after the receipt of the notification by Ribe.
"""
ANOTHER = """---
title: Verdrag inzake de {thing}
---
Protocol to the Convention on {thing}

In the spirit of the NATO SOFA of {year}, which a state may denounce, the States
agree on {thing} and what they denounce as a nuisance.

# Article 9

In case a High Contracting Party should denounce this Protocol, the denunciation shall take effect
{days} days after receipt of the instrument of denunciation of the pilots of {thing}.
"""
ABOUT = """---
title: The harbour of Lund
---
The harbour of Lund has four piers. Lund is the depositary of the Agreement between the Parties to
the North Atlantic Treaty regarding the Status of their Forces, whose letters lie in its tower.
"""
THINGS = ("Buoys", "Lamps", "Ropes", "Sails", "Ferries", "Beacons", "Anchors", "Nets", "Oars")
QUESTION = "How does a state denounce the NATO SOFA?"


@pytest.fixture(scope="module")
def backends(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backends]:
    folder: Path = tmp_path_factory.mktemp("treaties")
    (folder / "pilots.md").write_text(ASKED, encoding="utf-8")
    (folder / "lund.md").write_text(ABOUT, encoding="utf-8")
    for number, thing in enumerate(THINGS):
        text = ANOTHER.format(thing=thing, year=1951 + number, days=30 + number)
        (folder / f"{thing}.md").write_text(text, encoding="utf-8")
    with open_backends(Settings(home=tmp_path_factory.mktemp("home")), "a test") as opened:
        take_in(opened, folder)
        yield opened


async def test_the_text_that_is_named_tells_it_and_no_other(backends: Backends) -> None:
    said = await backends.assistant.answer(Question(QUESTION, top_k=4))
    assert said.text.startswith("The present Agreement may be denounced by any Contracting Party")
    assert {one.metadata.title for one in said.citations} == {"Verdrag inzake de loodsen"}
    ranks = [one.rank for one in said.passages]
    scores = [one.score for one in said.passages]
    assert ranks == [*range(1, len(ranks) + 1)]
    assert scores == sorted(scores, reverse=True)
    assert len(ranks) <= 4


async def test_what_another_treaty_lays_down_is_no_answer(backends: Backends) -> None:
    asked = "How does a state denounce the Tern Coast Convention on Whales?"
    said = await backends.assistant.answer(Question(asked))
    assert said.abstained


async def test_what_the_text_does_not_settle_is_not_answered_by_what_else_it_says(
    backends: Backends,
) -> None:
    said = await backends.assistant.answer(Question("Who settles disputes under the NATO SOFA?"))
    assert said.abstained


async def test_what_the_text_does_not_settle_may_be_told_by_what_names_it(
    backends: Backends,
) -> None:
    said = await backends.assistant.answer(Question("Who is the depositary of the NATO SOFA?"))
    assert said.text.startswith("Lund is the depositary of the Agreement")
