"""What many tests share: the real embedder, opened once."""

from pathlib import Path

import pytest

from assistant.models.encoder import TokenLocalEncoder, open_token_encoder
from assistant.settings import Settings

DEVELOPMENT_DATA = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def development_data() -> Path:
    """The judged sets and documents beside the checkout; tests that need it are marked `data`."""
    if not DEVELOPMENT_DATA.is_dir():
        pytest.fail(
            f"The development data is not in {DEVELOPMENT_DATA}. Lay it there, or leave out what "
            "needs it: pytest -m 'not live and not long and not data'."
        )
    return DEVELOPMENT_DATA


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> TokenLocalEncoder:
    """The default embedder, real and offline."""
    home: Path = tmp_path_factory.mktemp("embedder")
    return open_token_encoder(Settings(home=home))
