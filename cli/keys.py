"""`attache keys add|list|revoke`: who may use the server, and what they may read."""

from typing import Annotated

import typer

from assistant.access.keys import KeyRole
from cli.importing import heavy_imports
from cli.options import AsJson

keys = typer.Typer(name="keys", help="Makes, lists and revokes access keys.", no_args_is_help=True)


@keys.command("add")
def add_key(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose key it is.")],
    role: Annotated[KeyRole, typer.Option(help="What its owner may do.")] = KeyRole.READER,
    clearance: Annotated[
        list[str] | None,
        typer.Option(
            metavar="MARKING",
            help="The highest marking its owner may read; repeat it for another authority's. "
            "ALL for every marking.",
        ),
    ] = None,
    group: Annotated[
        list[str] | None,
        typer.Option(metavar="GROUP", help="A group its owner is in; repeat it. ALL for all."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Makes a key and shows it once: only its hash is kept.

    From the first key on, the server asks everybody for one. A reader asks and reads; a librarian
    also adds and removes documents; an administrator also works on the library as a whole.
    """
    with heavy_imports():
        from cli.keyring import add  # noqa: PLC0415

    add(name, role, tuple(clearance or ()), tuple(group or ()), as_json=as_json)


@keys.command("list")
def list_keys(as_json: AsJson = False) -> None:
    """Lists every key, revoked ones too, without what would open anything."""
    with heavy_imports():
        from cli.keyring import list_all  # noqa: PLC0415

    list_all(as_json=as_json)


@keys.command("revoke")
def revoke_key(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The key's name or id.")],
    as_json: AsJson = False,
) -> None:
    """Ends a key at once and for good; a running server refuses it from then on."""
    with heavy_imports():
        from cli.keyring import revoke  # noqa: PLC0415

    revoke(name, as_json=as_json)
