from ingest.rhythm import EVERY_S, MOST_CHUNKS, SMALLEST_FULL, Rhythm


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def batch(rhythm: Rhythm, clock: Clock, chunks: int, seconds: float) -> None:
    """Two versions, published together."""
    rhythm.handed_over(2, chunks)
    clock.now += seconds
    rhythm.published()
    rhythm.published()


def test_a_batch_becomes_as_large_as_is_done_in_the_time() -> None:
    rhythm = Rhythm(clock := Clock())
    for _ in range(8):
        batch(rhythm, clock, 100, 1.0)
    assert rhythm.most_chunks == round(100 * EVERY_S)
    for _ in range(8):
        batch(rhythm, clock, 100, 100.0)
    assert rhythm.most_chunks == SMALLEST_FULL
    for _ in range(20):
        batch(rhythm, clock, 100, 0.001)
    assert rhythm.most_chunks == MOST_CHUNKS


def test_a_batch_is_not_blamed_for_the_one_before_it() -> None:
    rhythm = Rhythm(clock := Clock())
    rhythm.handed_over(1, 100)
    rhythm.handed_over(1, 100)
    for _ in range(2):
        clock.now += 1.0
        rhythm.published()
    assert rhythm.most_chunks == round(100 * EVERY_S)


def test_what_waits_is_due_in_time_however_little_it_is() -> None:
    rhythm = Rhythm(clock := Clock())
    assert not rhythm.is_due
    rhythm.waits()
    clock.now += EVERY_S - 1
    rhythm.waits()
    assert not rhythm.is_due
    clock.now += 1
    assert rhythm.is_due
    rhythm.handed_over(1, 1)
    assert not rhythm.is_due
