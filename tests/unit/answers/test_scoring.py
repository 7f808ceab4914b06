"""How two opinions on whether there is an answer are weighed."""

from assistant.answers.scoring import backed


def test_a_likely_passage_speaks_for_an_answer_and_an_unlikely_one_against_it() -> None:
    assert backed(0.5, 0.8) > backed(0.5, 0.5) > backed(0.5, 0.1)
    assert backed(0.45, 0.7) > 0.5 > backed(0.55, 0.1)


def test_what_was_read_counts_for_more_than_what_was_found() -> None:
    assert backed(0.9, 0.2) > 0.5 > backed(0.1, 0.9)


def test_certainty_of_one_stays_a_probability() -> None:
    assert 0 <= backed(0.0, 0.0) < backed(1.0, 1.0) <= 1
