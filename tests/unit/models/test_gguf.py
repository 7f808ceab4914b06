from pathlib import Path

import pytest

from assistant.errors import ConfigurationError
from assistant.models.gguf import serving, with_model_file
from assistant.settings import Settings
from tests.real_model import model_file


def test_settings_without_a_model_file_are_left_as_they_are() -> None:
    for settings in (Settings(), Settings(chat_model="gpt-x", openai_base_url="http://x/v1")):
        with with_model_file(settings) as given:
            assert given is settings


def opened(path: Path) -> None:
    with with_model_file(Settings(chat_model=f"gguf:{path}")):
        pytest.fail("it was opened")


def test_a_file_that_is_not_there_says_what_to_correct(tmp_path: Path) -> None:
    model_file()
    with pytest.raises(ConfigurationError, match=r"cannot be read .*ATTACHE_CHAT_MODEL"):
        opened(tmp_path / "no.gguf")


def test_a_file_of_another_kind_says_what_to_correct(tmp_path: Path) -> None:
    model_file()
    other = tmp_path / "a.gguf"
    other.write_bytes(b"%PDF-1.7")
    with pytest.raises(ConfigurationError, match=r"is no GGUF file.*ATTACHE_CHAT_MODEL"):
        opened(other)


def test_a_damaged_file_says_so_and_leaves_the_product_alive(tmp_path: Path) -> None:
    damaged = tmp_path / "a.gguf"
    damaged.write_bytes(model_file().read_bytes()[:100_000])
    with pytest.raises(ConfigurationError, match="cannot be run"):
        opened(damaged)


def test_without_its_engine_it_says_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.models.gguf.ENGINE", "no_such_engine")
    with pytest.raises(ConfigurationError, match="pip install no_such_engine"):
        opened(tmp_path / "a.gguf")


def test_its_server_listens_on_loopback_and_ends_with_the_product() -> None:
    with serving(model_file()) as server:
        assert server.base_url.startswith("http://127.0.0.1:")
        assert server.process.poll() is None
    assert server.process.poll() == 0
