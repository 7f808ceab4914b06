import pytest

from ui.problems import ApiProblem
from ui.talk import filters_of


def test_filters_of_the_page_are_those_of_the_api() -> None:
    filters = filters_of({"issuers": ["NATO"], "markings": [], "published_from": "2020-01-01"})

    assert filters.issuers == ["NATO"]
    assert str(filters.published_from) == "2020-01-01"


def test_filters_that_cannot_be_used_are_a_problem_that_says_so() -> None:
    with pytest.raises(ApiProblem, match="Exchange the two"):
        filters_of({"published_from": "2021-01-01", "published_to": "2020-01-01"})
