"""What the tables share: the base of their classes, and how times and ordered texts are kept."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase

REVISION = "0008"
"""The newest migration, which these tables match; a test compares them."""


class UtcDateTime(TypeDecorator[datetime]):
    """A time stored in UTC and returned timezone-aware, also where SQL knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """The time in UTC; a naive one is refused, because nobody can say when it is."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone; pass an aware datetime.")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """The time as stored, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# By code points, as Python and SQLite order, and not as a server's language does.
Ordered = Text().with_variant(Text(collation="C"), "postgresql")


class Base(DeclarativeBase):
    """What the tables share: names of constraints that a migration can refer to."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
