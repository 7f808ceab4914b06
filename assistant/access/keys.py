"""Access keys, and who calls with them."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.access.acting import COMMAND
from assistant.access.labels import group_names
from assistant.access.ladders import ALL, Ladders
from assistant.types import Readable

PREFIX = "attache_"
"""How keys begin, so that a scanner for leaked secrets can find them."""


class KeyRole(StrEnum):
    """What a caller may do; each may also do what those before it may."""

    READER = "reader"
    LIBRARIAN = "librarian"
    ADMINISTRATOR = "administrator"

    def may(self, needed: "KeyRole") -> bool:
        """Whether this role is the needed one or above it."""
        order = list(KeyRole)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as the library keeps it: without the secret, which nobody can read again."""

    key_id: str
    name: str
    role: KeyRole
    clearances: tuple[str, ...]
    groups: tuple[str, ...]
    created_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """Who sends a request, and what they may do and read.

    `readable` is what clearances and groups open, None for everything. `key_id` is empty for the
    operator of the server and where no keys are in use. What a caller owns is kept under `name`:
    only one key of a name is valid at a time, so a new key of the same name goes on with it.
    """

    name: str
    role: KeyRole
    clearances: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    readable: Readable | None = None
    key_id: str = ""


LOCAL = Caller("local", KeyRole.ADMINISTRATOR, (ALL,), (ALL,))
"""Whoever is on this machine, as long as the library has no keys."""
OPERATOR = Caller("operator", KeyRole.ADMINISTRATOR, (ALL,), (ALL,))
"""Who can read the token of the running server."""
NOBODY = Caller("nobody", KeyRole.READER, readable=Readable(frozenset(), frozenset()))
"""Who sends no key to a server that asks for one."""

RESERVED = frozenset({LOCAL.name, OPERATOR.name, NOBODY.name, COMMAND.name, "attache"})
"""Names that mean no key's owner: a key of such a name would own what is theirs."""


def new_secret() -> str:
    """A key that cannot be guessed: 256 random bits."""
    return PREFIX + secrets.token_urlsafe(32)


def hashed(secret: str) -> str:
    """What is kept of a key.

    One round of SHA-256 is enough here: nobody can try through 256 random bits, however fast each
    try is. Slow hashes are for passwords, which people choose, and would cost every request.
    """
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def caller_with(key: ApiKey, ladders: Ladders) -> Caller:
    """Who calls with this key."""
    return Caller(
        name=key.name,
        role=key.role,
        clearances=key.clearances,
        groups=key.groups,
        readable=readable_with(key.clearances, key.groups, ladders),
        key_id=key.key_id,
    )


def readable_with(
    clearances: Sequence[str], groups: Sequence[str], ladders: Ladders
) -> Readable | None:
    """What clearances and groups open; None for everything."""
    markings, members = ladders.opened(clearances), group_names(groups)
    return None if markings is None and members is None else Readable(markings, members)
