"""What many tests share: the real embedder, opened once."""

from pathlib import Path

import pytest

from assistant.models.encoder import LocalEncoder, open_local_encoder
from assistant.settings import Settings


@pytest.fixture(scope="session")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> LocalEncoder:
    """The default embedder, real and offline."""
    home: Path = tmp_path_factory.mktemp("embedder")
    return open_local_encoder(Settings(home=home))
