"""What the measurement of visibility makes of answers that were seen."""

from benchmarks.visibility import Published, Told, summary

EDITIONS = [Published(1001, 10.0), Published(1002, 20.0)]


def told(process: int, asked: float, *editions: int) -> Told:
    return Told(process, asked, asked + 0.25, frozenset(editions))


def test_an_edition_is_seen_when_the_last_process_tells_of_it() -> None:
    answers = [told(0, 9.9, 1001), told(1, 10.5, 1001), told(0, 19.9, 1002), told(1, 20.0, 1002)]
    seen = summary(answers, EDITIONS, 2)
    assert seen["told of by all after, s"] == {"median": 0.5, "most": 0.75}
    assert seen["answers asked for later that told of an older one"] == 0


def test_an_answer_that_is_behind_or_mixes_two_is_counted() -> None:
    answers = [told(number, at, 1001) for number in range(2) for at in (10.0, 19.0)]
    answers += [told(0, 20.0, 1002), told(1, 20.5, 1001, 1002), told(1, 21.0, 1002)]
    seen = summary(answers, EDITIONS, 2)
    assert seen["answers that mixed two"] == 1
    assert seen["answers asked for later that told of an older one"] == 1
    assert seen["the latest of them asked after, s"] == 0.5
