"""Documents as they are listed and filtered, on a real SQLite and on a real PostgreSQL."""

from datetime import date

import pytest

from assistant.errors import LibraryError
from assistant.library.ledger import SqlLedger
from assistant.types import Filters
from tests.unit.library.builders import chunk_ids, day, new_version, write


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), "nato un bare"),
        (Filters(issuers=("NATO",)), "nato"),
        (Filters(issuers=("NATO", "UN")), "nato un"),
        (Filters(languages=("fr",)), "un"),
        (Filters(markings=("NATO UNCLASSIFIED",)), "nato"),
        (Filters(published_from=date(2020, 5, 5)), "nato un"),
        (Filters(published_from=date(2020, 5, 6)), "un"),
        (Filters(published_to=date(2020, 5, 5)), "nato"),
        (Filters(published_from=date(2020, 1, 1), published_to=date(2021, 1, 1)), "nato"),
        (Filters(issuers=("NATO",), languages=("fr",)), ""),
        (Filters(issuers=("'; DROP TABLE chunks; --",)), ""),
    ],
)
def test_filters_narrow_to_what_matches_all_of_them(
    ledger: SqlLedger, filters: Filters, expected: str
) -> None:
    versions = {
        "nato": new_version(
            "file:///nato",
            "nato",
            issuer="NATO",
            language="en",
            marking="NATO UNCLASSIFIED",
            published_on=date(2020, 5, 5),
        ),
        "un": new_version(
            "file:///un", "un", issuer="UN", language="fr", published_on=date(2022, 1, 1)
        ),
        "bare": new_version("file:///bare", "bare"),
    }
    write(ledger, day(1), *versions.values())
    found = ledger.chunks(chunk_ids(*versions.values()), day(1), filters)
    assert " ".join(stored.chunk.text for stored in found.values()) == expected


def test_a_document_filter_narrows_to_the_document(ledger: SqlLedger) -> None:
    one, two = new_version("file:///a", "a"), new_version("file:///b", "b")
    write(ledger, day(1), one, two)
    filters = Filters(document_ids=(two.document_id,))
    assert list(ledger.chunks(chunk_ids(one, two), day(1), filters)) == chunk_ids(two)


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 20, 21])
def test_paging_never_repeats_or_skips(ledger: SqlLedger, limit: int) -> None:
    titles = ["beta", "Alpha", "alpha", "Émile", "同盟", ""] * 3 + ["zulu", "Zulu"]
    versions = [
        new_version(f"file:///{number}", f"text {number}", title=title)
        for number, title in enumerate(titles)
    ]
    write(ledger, day(1), *versions)
    seen: list[str] = []
    cursor: str | None = None
    for _ in versions:
        page = ledger.documents(limit, cursor)
        assert 1 <= len(page.items) <= limit
        seen.extend(item.document_id for item in page.items)
        cursor = page.next_cursor
        if cursor is None:
            break
    assert cursor is None
    assert sorted(seen) == sorted(version.document_id for version in versions)
    assert len(set(seen)) == len(versions)


def test_documents_are_listed_by_title_whatever_its_case(ledger: SqlLedger) -> None:
    write(
        ledger,
        day(1),
        *(new_version(f"file:///{title}", title, title=title) for title in ("b", "A", "C")),
    )
    assert [item.metadata.title for item in ledger.documents(10).items] == ["A", "b", "C"]


def test_a_cursor_that_is_none_says_what_to_pass(ledger: SqlLedger) -> None:
    with pytest.raises(LibraryError, match="next_cursor"):
        ledger.documents(10, "nonsense")


def test_what_was_removed_is_listed_by_its_last_version(ledger: SqlLedger) -> None:
    first = new_version("file:///gone.txt", "First text.", title="First")
    last = new_version("file:///gone.txt", "Last text.", title="Last")
    write(ledger, day(1), first, new_version("file:///stays.txt", "It stays."))
    write(ledger, day(2), last)
    assert ledger.removed(10).items == ()
    ledger.retire(first.document_id, day(3))

    assert [one.version_id for one in ledger.removed(10).items] == [last.version_id]
    assert ledger.count_removed() == 1
