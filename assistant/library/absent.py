"""The errors that say what the library does not have, or has no longer."""

from sqlalchemy import Connection, func, select

from assistant.errors import DocumentNotFoundError
from assistant.library.schema import FactRow
from assistant.types import DocumentId, VersionId


def no_version(
    connection: Connection, document_id: DocumentId, version_id: VersionId
) -> DocumentNotFoundError:
    """The error that says the library has no such version, or has it no longer."""
    at = connection.scalar(
        select(FactRow.value).where(FactRow.key == pruned_key(document_id, version_id))
    )
    if at is not None:
        return DocumentNotFoundError(
            f"Version {version_id!r} of document {document_id!r} was pruned on {at[:10]}: it is "
            "not kept any more. List the document's versions to see which are."
        )
    return DocumentNotFoundError(
        f"The library has no version {version_id!r} of document {document_id!r}. "
        "List the document's versions to see which there are."
    )


def pruned_key(document_id: DocumentId, version_id: VersionId) -> str:
    """The name of the fact that this version was pruned; its value is when."""
    return f"pruned:{document_id}:{version_id}"


def no_document(connection: Connection, document_id: DocumentId) -> DocumentNotFoundError:
    """The error that says the library has no such document, or has it no longer."""
    pruned = FactRow.key.startswith(f"pruned:{document_id}:", autoescape=True)
    at = connection.scalar(select(func.max(FactRow.value)).where(pruned))
    if at is not None:
        return DocumentNotFoundError(
            f"Document {document_id!r} was removed, and its last version was pruned on {at[:10]}. "
            "Ingest its source again to have it back."
        )
    return DocumentNotFoundError(
        f"The library has no document {document_id!r}. List the documents to see which there are."
    )
