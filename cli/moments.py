"""Points in time as a user writes them."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

import typer

AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="TIME",
        help="From the library as it stood then: 2024-06-30, or 2024-06-30T12:00Z.",
        show_default=False,
    ),
]


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


_AGE = re.compile(r"(\d{1,6})\s*([hdwmy]?)")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365, "": 1}


def age(written: str) -> timedelta:
    """A span of time such as 36h, 90d, 12w, 6m (of 30 days) or 2y; a bare number is of days.

    Raises:
        typer.BadParameter: it is none, or longer than there are dates.
    """
    found = _AGE.fullmatch(written.strip().lower())
    if found is None:
        raise typer.BadParameter(f"{written!r} is no age. Write 90d, 12w, 2y or 36h.")
    number, unit = int(found[1]), found[2]
    span = timedelta(hours=number) if unit == "h" else timedelta(days=number * _DAYS[unit])
    if span.days > 365 * 1000:
        raise typer.BadParameter(f"{written!r} is longer than any library is kept. Write less.")
    return span
