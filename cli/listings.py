"""Documents as the API lists them."""

from collections.abc import Sequence

from api.schemas import DocumentList
from api.wire import document_out
from assistant.types import Version
from cli.console import print_json


def print_documents(versions: Sequence[Version]) -> None:
    """Writes all of them as one page of the API's listing."""
    items = [document_out(version) for version in versions]
    print_json(DocumentList(items=items, next_cursor=None, total=len(items)))
