"""`attache chat`: a conversation in the terminal."""

from cli.importing import heavy_imports


def chat() -> None:
    """Holds a conversation; a follow-up knows what was asked before it."""
    with heavy_imports():
        from cli.asking import converse  # noqa: PLC0415

    converse()
