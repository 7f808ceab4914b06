"""Quotations that contradict each other, and the many that only look as if they did."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.answers.disagreement import contradiction, disagreements, remark
from assistant.types import Citation, DocumentId, Metadata, VersionId


@pytest.mark.parametrize(
    ("one", "other", "about"),
    [
        (
            "The liaison office at Lisbon opened in May 1993.",
            "The liaison office at Lisbon opened in 1994.",
            "the date",
        ),
        (
            "The liaison office at Lisbon opened on 4 Sept 1993.",
            "The liaison office at Lisbon opened on 9 September 1993.",
            "the date",
        ),
        (
            "The liaison office at Lisbon has 12 officers.",
            "In total, twelve civilians and 15 officers work at the liaison office at Lisbon.",
            "the figure",
        ),
        (
            "The office at Lisbon costs 3 million euros a year.",
            "The office at Lisbon costs 4 million euros a year.",
            "the figure",
        ),
        (
            "Attachés may carry weapons during official visits.",
            "Attachés may not carry weapons during official visits.",
            "yes or no",
        ),
    ],
)
def test_what_cannot_both_be_true_is_noticed(one: str, other: str, about: str) -> None:
    assert contradiction(one, other) == about
    assert contradiction(other, one) == about


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Finland joined the Alliance in April 2023.", "Sweden joined the Alliance in March 2024."),
        ("The office at Lisbon opened in 1993.", "The office at Lisbon opened in May 1993."),
        (
            "The office at Lisbon opened on 4 Sept 1993.",
            "The office at Lisbon opened on 4 September 1993.",
        ),
        ("The office has 12 officers.", "The office has twelve officers."),
        ("The office has 12 officers.", "The office has 30 guards."),
        (
            "The office at Lisbon opened in 1993.",
            "The office at Lisbon was rebuilt and closed in 2001.",
        ),
        (
            "1 January 2015: The Resolute Support Mission began.",
            "September 2021: The Resolute Support Mission was terminated.",
        ),
        (
            "The mission at Lisbon trained officers from 1 January 2015.",
            "The mission at Lisbon was closed in 2021.",
        ),
        ("At least 12 officers serve at Lisbon.", "15 officers serve at Lisbon."),
        ("The office costs 3 million euros.", "The survey of the corridor took 4 years."),
    ],
)
def test_what_can_both_be_true_is_no_contradiction(one: str, other: str) -> None:
    assert contradiction(one, other) is None


def citation(marker: int, quote: str, issuer: str | None, day: date | None) -> Citation:
    return Citation(
        marker=marker,
        document_id=DocumentId(f"d{marker}"),
        version_id=VersionId("v"),
        source_uri=f"file:///{marker}",
        metadata=Metadata(f"Report {marker}", issuer=issuer, published_on=day),
        page=None,
        headings=(),
        start=0,
        end=len(quote),
        quote=quote,
    )


def test_it_is_said_by_whom_when_and_which_is_later() -> None:
    cited = [
        citation(1, "The liaison office at Lisbon has 12 officers.", "NATO", date(2019, 4, 4)),
        citation(2, "The liaison office at Lisbon has 15 officers.", None, date(2021, 1, 2)),
    ]
    (found,) = disagreements(cited)
    assert found.citations == (1, 2)
    assert found.later == 2
    assert remark(found, cited) == (
        "The sources differ on the figure: [1] (NATO, 2019-04-04) and [2] (“Report 2”, "
        "2021-01-02); [2] is the later one."
    )


def test_which_is_later_is_left_open_where_a_date_is_not_known() -> None:
    cited = [
        citation(1, "The liaison office at Lisbon has 12 officers.", "NATO", None),
        citation(2, "The liaison office at Lisbon has 15 officers.", "EU", date(2021, 1, 2)),
    ]
    (found,) = disagreements(cited)
    assert found.later is None
    assert "not known" in remark(found, cited)


def test_what_one_document_says_of_several_years_is_no_disagreement() -> None:
    cited = [
        citation(1, "The inflation rate of Lisbon was 24 percent in 2023.", None, None),
        citation(2, "The inflation rate of Lisbon was 33 percent in 2024.", None, None),
    ]
    assert disagreements(cited)
    assert not disagreements([cited[0], replace(cited[1], document_id=cited[0].document_id)])


def test_numbers_that_name_a_paragraph_count_nothing() -> None:
    one = (
        "The form is recognized by the Netherlands for paragraph 4 of Article XI of the Agreement."
    )
    other = (
        "The form is recognized by the Netherlands for paragraph 9 of Article XI of the Agreement."
    )
    assert contradiction(one, other) is None


def test_what_titles_date_otherwise_is_not_the_same_thing() -> None:
    day = "The negotiators signed the preliminary treaty of Paris on {}."
    one = citation(1, day.format("3 November 1762"), None, None)
    other = citation(2, day.format("30 November 1782"), None, None)
    assert disagreements([one, other])
    of_1763 = replace(one, metadata=Metadata("Treaty of Paris, 1763"))
    of_1783 = replace(other, metadata=Metadata("Treaty of Paris, 1783"))
    assert not disagreements([of_1763, of_1783])


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        (
            "Recognition by Country: Benin (Dahomey)",
            "Recognition by Country: Equatorial Guinea",
            True,
        ),
        ("Benin — World Factbook", "Togo — World Factbook", True),
        ("Report on the office at Lisbon", "Handbook of liaison offices", False),
        ("Report on the office at Lisbon", "Second report on the office at Lisbon", False),
    ],
)
def test_of_a_series_each_document_speaks_of_its_own_subject(
    first: str, second: str, apart: bool
) -> None:
    quote = "Diplomatic relations with the republic were established in {}."
    one = replace(citation(1, quote.format(1960), None, None), metadata=Metadata(first))
    other = replace(citation(2, quote.format(1968), None, None), metadata=Metadata(second))
    assert bool(disagreements([one, other])) is not apart


def test_who_issued_a_report_is_not_what_it_speaks_of() -> None:
    quote = "The liaison office at Lisbon has {} officers."
    one, other = (
        replace(
            citation(i, quote.format(10 + i), issuer, None),
            metadata=Metadata(f"Report on the office at Lisbon by {issuer}", issuer=issuer),
        )
        for i, issuer in ((1, "France"), (2, "Germany"))
    )
    assert disagreements([one, other])
