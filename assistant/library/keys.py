"""The access keys of a library, and who began which run."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, Row, insert, select, update

from assistant.access.keys import ApiKey, KeyRole, hashed, new_secret
from assistant.errors import LibraryError
from assistant.library.database import Database
from assistant.library.reading import batches
from assistant.library.schema import KeyRow, RunOwnerRow
from assistant.types import RunId

_COLUMNS = (
    KeyRow.key_id,
    KeyRow.name,
    KeyRow.role,
    KeyRow.clearances,
    KeyRow.groups,
    KeyRow.created_at,
    KeyRow.revoked_at,
)


class KeyBook:
    """The keys in the ledger's database, for many threads at once.

    `note` writes of each change in its own transaction.
    """

    def __init__(
        self, database: Database, note: Callable[[Connection, str, Mapping[str, object]], None]
    ) -> None:
        self._database = database
        self._note = note

    def in_use(self) -> bool:
        """Whether the library ever had a key: one that is revoked opens nothing again."""
        with self._database.read() as connection:
            return connection.scalar(select(KeyRow.key_id).limit(1)) is not None

    def find(self, secret: str) -> ApiKey | None:
        """The valid key of this secret; None where there is none."""
        asked = select(*_COLUMNS).where(
            KeyRow.secret_sha256 == hashed(secret), KeyRow.revoked_at.is_(None)
        )
        with self._database.read() as connection:
            row = connection.execute(asked).one_or_none()
        return None if row is None else _key(row)

    def all(self) -> tuple[ApiKey, ...]:
        """Every key, revoked ones too, the oldest first."""
        with self._database.read() as connection:
            rows = connection.execute(select(*_COLUMNS).order_by(KeyRow.created_at))
            return tuple(map(_key, rows))

    def add(
        self, name: str, role: KeyRole, clearances: Sequence[str], groups: Sequence[str]
    ) -> tuple[ApiKey, str]:
        """A new key and its secret, which is not kept and cannot be told again.

        Raises:
            LibraryError: a valid key has this name.
        """
        secret, key_id = new_secret(), uuid.uuid4().hex[:12]
        key = ApiKey(
            key_id, name, role, tuple(clearances), tuple(groups), created_at=datetime.now(UTC)
        )
        with self._database.write() as connection:
            taken = select(KeyRow.key_id).where(KeyRow.name == name, KeyRow.revoked_at.is_(None))
            if connection.scalar(taken) is not None:
                raise LibraryError(
                    f"There is a valid key named {name!r} already. Revoke it with "
                    f"`attache keys revoke {name}`, or choose another name."
                )
            connection.execute(
                insert(KeyRow),
                {
                    "key_id": key_id,
                    "name": name,
                    "secret_sha256": hashed(secret),
                    "role": role.value,
                    "clearances": list(clearances),
                    "groups": list(groups),
                    "created_at": key.created_at,
                },
            )
            self._note(connection, "add key", _told(key))
        return key, secret

    def revoke(self, name: str) -> ApiKey:
        """Ends the valid key of this name or id, at once and for good.

        Raises:
            LibraryError: there is none.
        """
        named = (KeyRow.name == name) | (KeyRow.key_id == name)
        with self._database.write() as connection:
            valid = select(*_COLUMNS).where(named, KeyRow.revoked_at.is_(None))
            row = connection.execute(valid.order_by(KeyRow.name != name)).first()
            if row is None:
                raise LibraryError(
                    f"There is no valid key named {name!r}. `attache keys list` shows all."
                )
            ended = update(KeyRow).where(KeyRow.key_id == row.key_id)
            connection.execute(ended.values(revoked_at=datetime.now(UTC)))
            key = _key(row)
            self._note(connection, "revoke key", _told(key))
        return key

    def note_run(self, run_id: RunId, owner: str) -> None:
        """Remembers who began a run."""
        with self._database.write() as connection:
            connection.execute(insert(RunOwnerRow), {"run_id": run_id, "owner": owner})

    def owners(self, run_ids: Sequence[RunId]) -> Mapping[RunId, str]:
        """Who began each of these runs, where that is known."""
        found: dict[RunId, str] = {}
        with self._database.read() as connection:
            for batch in batches(run_ids):
                asked = select(RunOwnerRow.run_id, RunOwnerRow.owner)
                rows = connection.execute(asked.where(RunOwnerRow.run_id.in_(batch)))
                found.update((RunId(run_id), owner) for run_id, owner in rows)
        return found


def _told(key: ApiKey) -> dict[str, object]:
    """What the audit trail says of a key."""
    return {
        "key": key.key_id,
        "name": key.name,
        "role": key.role.value,
        "clearances": key.clearances,
        "groups": key.groups,
    }


def _key(row: Row[str, str, str, list[str], list[str], datetime, datetime | None]) -> ApiKey:
    return ApiKey(
        key_id=row.key_id,
        name=row.name,
        role=KeyRole(row.role),
        clearances=tuple(row.clearances),
        groups=tuple(row.groups),
        created_at=row.created_at,
        revoked_at=row.revoked_at,
    )
