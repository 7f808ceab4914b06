from assistant.access.keys import KeyRole, hashed, new_secret


def test_a_key_has_256_random_bits_and_is_not_kept() -> None:
    first, second = new_secret(), new_secret()
    assert first != second
    assert len(first.removeprefix("attache_")) >= 43
    assert first not in hashed(first)
    assert hashed(first) != hashed(second)


def test_each_role_may_do_what_those_below_may() -> None:
    may = {(own, needed): own.may(needed) for own in KeyRole for needed in KeyRole}
    order = [KeyRole.READER, KeyRole.LIBRARIAN, KeyRole.ADMINISTRATOR]
    assert may == {(a, b): order.index(a) >= order.index(b) for a in order for b in order}
