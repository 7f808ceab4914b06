"""What many tests share: the real embedder, opened once."""

from pathlib import Path

import pytest

from assistant.models.encoder import TokenLocalEncoder, open_token_encoder
from assistant.settings import Settings


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> TokenLocalEncoder:
    """The default embedder, real and offline."""
    home: Path = tmp_path_factory.mktemp("embedder")
    return open_token_encoder(Settings(home=home))
