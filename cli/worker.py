"""`attache worker`: takes in what the processes of a library on servers were sent."""

from cli.importing import heavy_imports


def worker() -> None:
    """Takes in uploads of a library on servers, beside the processes that answer.

    Each of those does it too; workers take the load off them. Needs no port.
    """
    with heavy_imports():
        from cli.working import run_worker  # noqa: PLC0415

    run_worker()
