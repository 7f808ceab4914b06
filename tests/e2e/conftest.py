"""Who serves the libraries of the end-to-end tests."""

import pytest

from tests.e2e.place import SERVING, Serving, serving_here


@pytest.fixture(scope="session")
def serving(request: pytest.FixtureRequest) -> Serving:
    """Serves a library as the embedded default does, or as a plugin says."""
    return request.config.stash.get(SERVING, serving_here)
