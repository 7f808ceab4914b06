"""Points in time as a user writes them."""

from datetime import UTC, date, datetime, time

import typer


def moment(written: str) -> datetime:
    """The moment in UTC: a date means its end, a time without a zone is local.

    Raises:
        typer.BadParameter: it is neither a date nor a time.
    """
    try:
        # A date is tried first: a time would read it as its first instant.
        return datetime.combine(date.fromisoformat(written), time.max, UTC)
    except ValueError:
        pass
    try:
        return datetime.fromisoformat(written).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise typer.BadParameter(
            f"{written!r} is no date. Write 2024-06-30 or 2024-06-30T12:00:00Z."
        ) from error
