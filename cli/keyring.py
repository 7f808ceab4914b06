"""Access keys, made, listed and revoked in the ledger, also while a server runs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from pydantic import BaseModel
from rich.table import Table
from rich.text import Text

from assistant.access.keys import RESERVED, ApiKey, KeyRole
from assistant.access.ladders import ALL, Ladders
from assistant.access.spellings import parts, spelled
from assistant.errors import ConfigurationError
from assistant.library.ledger import SqlLedger, open_ledger
from cli.console import note, results
from cli.setup import settings_for_command
from cli.wire import print_json

MOST = 200


class KeyOut(BaseModel):
    """A key, without its secret."""

    key_id: str
    name: str
    role: KeyRole
    clearances: list[str]
    groups: list[str]
    created_at: datetime
    revoked_at: datetime | None


class NewKeyOut(KeyOut):
    """A key as it is made: `key` is its secret, which nobody can read again."""

    key: str


class KeyList(BaseModel):
    """Every key, the oldest first."""

    items: list[KeyOut]


def add(
    name: str, role: KeyRole, clearances: Sequence[str], groups: Sequence[str], *, as_json: bool
) -> None:
    """Makes a key and writes it.

    Raises:
        ConfigurationError: the name cannot be used, or a clearance is no marking.
        LibraryError: a valid key has this name.
    """
    ladders = Ladders.read(settings_for_command().markings)
    named, opens = _named(name), _clearances(clearances, ladders)
    members = tuple(dict.fromkeys(filter(None, map(spelled, groups))))
    with _ledger() as ledger:
        key, secret = ledger.keys.add(named, role, opens, members)
    if as_json:
        print_json(NewKeyOut(**_out(key).model_dump(), key=secret))
        return
    results().print(Text(secret), soft_wrap=True)
    note(
        f"The key of {key.name}, of the role {role}. Keep it now: only its hash is stored. "
        "It is sent as `Authorization: Bearer KEY`."
    )


def list_all(*, as_json: bool) -> None:
    """Writes every key. Raises `LibraryError` where the ledger cannot be read."""
    with _ledger() as ledger:
        found = ledger.keys.all()
    if as_json:
        print_json(KeyList(items=[_out(key) for key in found]))
    elif found:
        results().print(_table(found))
    else:
        note("There are no keys yet, so the server is open to this machine and to no other.")


def revoke(name: str, *, as_json: bool) -> None:
    """Ends a key. Raises `LibraryError` where there is none."""
    with _ledger() as ledger:
        key = ledger.keys.revoke(name)
    if as_json:
        print_json(_out(key))
    else:
        note(f"The key of {key.name} opens nothing any more.")


@contextmanager
def _ledger() -> Iterator[SqlLedger]:
    # The database takes one writer at a time, so a server that runs is no hindrance.
    settings = settings_for_command()
    ledger = open_ledger(settings.home, settings.ledger_url)
    try:
        yield ledger
    finally:
        ledger.close()


def _named(name: str) -> str:
    named = name.strip()
    if not named or len(named) > MOST or not named.isprintable():
        raise ConfigurationError(
            f"A key needs a name of up to {MOST} letters that can be shown, such as that of its "
            "owner."
        )
    if named.casefold() in RESERVED:
        raise ConfigurationError(
            f"The name {named!r} means somebody without a key. Name the key after its owner."
        )
    return named


def _clearances(given: Sequence[str], ladders: Ladders) -> tuple[str, ...]:
    """The clearances as markings are spelled. Raises `ConfigurationError`."""
    found = tuple(dict.fromkeys(ladders.named(part) for one in given for part in parts(one)))
    for marking in found:
        if marking != ALL and not ladders.knows(marking):
            raise ConfigurationError(
                f"{marking!r} is no marking in use. Choose from {', '.join(ladders.names)}, or "
                f"{ALL}; ATTACHE_MARKINGS names those in use."
            )
    return found


def _out(key: ApiKey) -> KeyOut:
    return KeyOut(
        key_id=key.key_id,
        name=key.name,
        role=key.role,
        clearances=list(key.clearances),
        groups=list(key.groups),
        created_at=key.created_at,
        revoked_at=key.revoked_at,
    )


def _table(found: Sequence[ApiKey]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("id", "name", "role", "clearances", "groups", "made"):
        table.add_column(name, overflow="fold", no_wrap=name in ("id", "role", "made"))
    revoked = any(key.revoked_at for key in found)
    if revoked:
        table.add_column("revoked", no_wrap=True)
    for key in found:
        table.add_row(
            Text(key.key_id),
            Text(key.name),
            key.role,
            Text(", ".join(key.clearances)),
            Text(", ".join(key.groups)),
            f"{key.created_at:%Y-%m-%d}",
            *([f"{key.revoked_at:%Y-%m-%d}" if key.revoked_at else ""] if revoked else ()),
        )
    return table
