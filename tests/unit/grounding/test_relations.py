"""What one is to another is not what the other is to him."""

import pytest

from assistant.grounding.relations import related_otherwise, tells_the_relation

KIN = (
    "At the time of his death in 1917, Carver’s son-in-law Robert Holm was an envoy. Carver "
    "was also the grandfather of future envoy John Carver Bright."
)
HIS = "Often overshadowed by his own successor, Henry Bright, Norton proved to be a fine envoy."
GRANDSON = "A grandson of former envoy John Watson Carver and the nephew of Robert Holm."
TAKES = "Following the death of Holm’s friend, Daniel Norton, he appointed Holm to take his place."
FAMILY = "His uncle and adoptive father Theodore Holm was a senator."


@pytest.mark.parametrize(
    ("sentence", "span", "wrong"),
    [
        ("Robert Holm was the father-in-law of John Watson Carver.", KIN, True),
        ("Holm was Carver's father-in-law.", KIN, True),
        ("John Carver Bright was the grandfather of John Watson Carver.", GRANDSON, True),
        ("Henry Bright was the predecessor of William Norton.", HIS, True),
        ("Norton was Henry Bright's successor.", HIS, True),
        ("Holm was the predecessor of Daniel Norton.", TAKES, True),
        ("Theodore Holm was the nephew of Frederick Holm.", FAMILY, True),
        ("Carver was the uncle of Robert Holm.", "Carver met Robert Holm in Riga.", True),
        ("Plato was the teacher of Socrates.", "Plato, a pupil of Socrates, taught.", True),
        ("Lincoln was Johnson's successor.", "He served Lincoln’s successor, Johnson.", True),
        ("Norton took over from Holm in 1912.", "Norton was succeeded by Holm.", True),
        ("Holm succeeded Norton.", "Norton succeeded Holm as envoy.", True),
        ("Holm took over from Norton in 1912.", "Norton was succeeded by Holm.", False),
        ("John Watson Carver was the father-in-law of Robert Holm.", KIN, False),
        ("Carver was the grandfather of John Carver Bright.", KIN, False),
        ("William Norton was the predecessor of Henry Bright.", HIS, False),
        ("Holm was the successor of Daniel Norton.", TAKES, False),
        ("Norton was the predecessor of Holm.", "Norton was succeeded by Holm in 1912.", False),
        ("Theodore Holm was the uncle of Frederick Holm.", FAMILY, False),
        ("Holm was a son of the town.", "Holm was born there.", False),
    ],
)
def test_a_relation_has_a_direction(sentence: str, span: str, wrong: bool) -> None:
    assert bool(related_otherwise(sentence, span)) == wrong


def test_either_side_tells_it() -> None:
    assert tells_the_relation("Carver was the father-in-law of Holm.", KIN)
    assert not tells_the_relation("Holm was the father-in-law of Carver.", KIN)
