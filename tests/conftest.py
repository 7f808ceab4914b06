"""What many tests share: the real embedder, opened once, and both engines of the ledger."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from xdist.remote import Producer  # type: ignore[import-untyped]
from xdist.scheduler import LoadFileScheduling  # type: ignore[import-untyped]

from assistant.library.ledger import open_ledger
from assistant.models.encoder import TokenLocalEncoder, open_token_encoder
from assistant.settings import Settings
from tests.postgres_server import PostgresServer, running_postgres

DEVELOPMENT_DATA = Path(__file__).parents[2] / "shared" / "data"
LIBRARY = Path(__file__).parents[1] / "library"
FOLDERS = ("browser", "attacks", "e2e", "integration", "cluster", "unit")
"""What takes long per file comes first, so that small files fill up the end of every worker."""
LONG = (
    "test_retrieval_floors.py",
    "test_api_by_description.py",
    "test_cli_serve.py",
    "test_killed_server.py",
    "test_answer_floors.py",
    "test_markings.py",
)
"""These come before the other files of their folder: one of them at the end would be waited for."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Names of what may be elsewhere."""
    parser.addoption(
        "--documents",
        type=Path,
        help="the folder that the cluster takes in: else the development documents beside the "
        "checkout, or the starter library where there are none",
    )


class FilesAndOneBrowser(LoadFileScheduling):  # type: ignore[misc]  # it has no types
    """Gives each file to one worker, and all of the page to the same: one browser at a time."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return "tests/browser" if file.startswith("tests/browser/") else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> FilesAndOneBrowser:
    """How tests are shared out, whatever `--dist` says."""
    return FilesAndOneBrowser(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sorts the tests by their folders, long files first; else they stay as they are."""
    tests = Path(__file__).parent
    folders = {folder: place for place, folder in enumerate(FOLDERS)}
    files = {file: place for place, file in enumerate(LONG)}

    def place(item: pytest.Item) -> tuple[int, int]:
        folder = item.path.relative_to(tests).parts[0]
        return folders.get(folder, len(FOLDERS)), files.get(item.path.name, len(LONG))

    items.sort(key=place)


def pytest_collection_finish() -> None:
    """Leaves what is loaded by now out of every later search for garbage: it stays anyway."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def documents(request: pytest.FixtureRequest) -> Path:
    """The folder that the cluster takes in."""
    named: Path | None = request.config.getoption("--documents")
    beside = DEVELOPMENT_DATA / "documents"
    return named or (beside if beside.is_dir() else LIBRARY)


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


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL, started when the first test asks for it."""
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def new_database(
    postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], str]:
    """Makes databases with an empty ledger, and gives their addresses."""
    first = postgres.new_database()
    open_ledger(tmp_path_factory.mktemp("migrated"), first).close()
    template = postgres.name_template(first)
    return lambda: postgres.new_database(template)


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
)
def database_url(request: pytest.FixtureRequest) -> str | None:
    """Where a ledger is kept: None for the file of the data directory, else on a server."""
    if request.param == "sqlite":
        return None
    made: Callable[[], str] = request.getfixturevalue("new_database")
    return made()
