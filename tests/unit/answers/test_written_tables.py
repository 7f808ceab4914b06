import pytest

from assistant.answers.written_tables import in_lines

TABLE = """Two bodies meet:

| Body | Founded | Members |
|------|:-------:|--------:|
| ADMM | 9 May 2006 [1] | |
| ADMM-Plus | 2010 | 18 [2] |

Both are open."""


def test_every_row_is_an_item_with_the_names_of_its_columns() -> None:
    assert in_lines(TABLE) == (
        "Two bodies meet:\n\n- Body: ADMM; Founded: 9 May 2006 [1]\n"
        "- Body: ADMM-Plus; Founded: 2010; Members: 18 [2]\n\nBoth are open."
    )


def test_rows_without_edges_and_cells_beyond_the_columns_are_read_as_well() -> None:
    assert in_lines("Body | Since\n--- | ---\nADMM | 2006 | [1]") == (
        "- Body: ADMM; Since: 2006; [1]"
    )


@pytest.mark.parametrize(
    "text", ["It has 3 | 4 parts.", "One.\n\n---\n\nTwo.", "- a | b\n- c | d", "| alone |"]
)
def test_what_is_no_table_stays_as_it_is(text: str) -> None:
    assert in_lines(text) == text
