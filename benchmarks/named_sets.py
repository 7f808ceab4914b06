"""The command line of what is measured on one judged set after another."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path


def over_sets(
    what: str, report: Callable[[Path, Path], None], arguments: Sequence[str] | None
) -> None:
    """Reports on each set that is named, from its folder and the one its library is kept in."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("data", type=Path, help="the folder that holds the sets")
    parser.add_argument("sets", nargs="+", help="folders below it, such as mtrag_clapnq")
    parser.add_argument("--keep", type=Path, required=True, help="where the libraries are kept")
    options = parser.parse_args(arguments)
    for name in options.sets:
        report(options.data / name, options.keep / name)
