"""Of two days in one sentence each belongs to its own verb."""

import pytest

from assistant.grounding.dated import dated_by_another

FAIR = "The Riga Fair opened October 30, 1991, and ended on November 4."
TREATY = "It was signed in Riga on 2 February 1848 and, on 10 March, ratified by the Senate."


@pytest.mark.parametrize(
    ("sentence", "span", "wrong"),
    [
        ("The Riga Fair opened on 4 November 1991.", FAIR, True),
        ("The Riga Fair ended on October 30, 1991.", FAIR, True),
        ("The fair closed on October 30.", FAIR, True),
        ("The treaty was ratified on 2 February 1848.", TREATY, True),
        ("The Riga Fair opened on 30 October 1991.", FAIR, False),
        ("The Riga Fair opened in October 1991.", FAIR, False),
        ("The fair ended on November 4.", FAIR, False),
        ("The treaty was ratified on 10 March 1848.", TREATY, False),
        ("The treaty was signed on 2 February 1848.", TREATY, False),
        ("The Riga Fair was held from October 30 to November 4.", FAIR, False),
        ("The fair ended on May 4.", "The fair ended on November 4.", False),
    ],
)
def test_a_day_belongs_to_its_verb(sentence: str, span: str, wrong: bool) -> None:
    assert bool(dated_by_another(sentence, span)) == wrong
