"""Runs with their items, places, embeddings, and what a source said of its pages."""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _widen()
    _create_places()
    _create_embeddings()
    _create_runs()
    _name_texts()
    _place_periods()
    _move_runs()


def _widen() -> None:
    op.add_column(
        "documents",
        sa.Column("source_ctime_ns", sa.BigInteger(), nullable=False, server_default="0"),
    )
    for name in ("etag", "last_modified", "container_uri"):
        op.add_column("documents", sa.Column(name, sa.Text()))
    op.add_column(
        "versions",
        sa.Column("recognised_pages", sa.Integer(), nullable=False, server_default="0"),
    )
    op.add_column("versions", sa.Column("confidence", sa.Float()))
    op.add_column("versions", sa.Column("warnings", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("texts", sa.Column("words", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column(
        "validities",
        sa.Column("source_uri", sa.Text(), nullable=False, server_default=sa.text("''")),
    )
    op.add_column("validities", sa.Column("title", sa.Text()))
    op.add_column(
        "chunks",
        sa.Column("text_key", sa.LargeBinary(), nullable=False, server_default=sa.text("''")),
    )
    op.add_column(
        "failures",
        sa.Column("source_sha256", sa.Text(), nullable=False, server_default=sa.text("''")),
    )
    op.add_column(
        "failures",
        sa.Column("source_ctime_ns", sa.BigInteger(), nullable=False, server_default="0"),
    )
    op.create_index(op.f("ix_documents_container_uri"), "documents", ["container_uri"])
    op.create_index(op.f("ix_validities_valid_from"), "validities", ["valid_from"])
    op.create_index(op.f("ix_validities_valid_to"), "validities", ["valid_to"])
    op.create_index(op.f("ix_chunks_text_key"), "chunks", ["text_key"])


def _create_places() -> None:
    op.create_table(
        "places",
        sa.Column("source_uri", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text()),
        sa.Column("container_uri", sa.Text()),
        sa.Column("source_sha256", sa.Text(), nullable=False),
        sa.Column("source_size", sa.BigInteger(), nullable=False),
        sa.Column("source_mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("source_ctime_ns", sa.BigInteger(), nullable=False),
        sa.Column("loader", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.PrimaryKeyConstraint("source_uri", name=op.f("pk_places")),
    )
    op.create_index(op.f("ix_places_container_uri"), "places", ["container_uri"])


def _create_embeddings() -> None:
    op.create_table(
        "embeddings",
        sa.Column("embedder", sa.Text(), nullable=False),
        sa.Column("text_key", sa.LargeBinary(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("embedder", "text_key", name=op.f("pk_embeddings")),
    )


def _create_runs() -> None:
    op.create_table(
        "runs",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("force", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("total_sources", sa.Integer(), nullable=False),
        sa.Column("done_sources", sa.Integer(), nullable=False),
        sa.Column("total_bytes", sa.BigInteger(), nullable=False),
        sa.Column("done_bytes", sa.BigInteger(), nullable=False),
        sa.Column("cancel_requested", sa.Boolean(), nullable=False),
        sa.Column("report", sa.JSON(none_as_null=True)),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_runs")),
    )
    op.create_index(op.f("ix_runs_state"), "runs", ["state"])
    op.create_index(op.f("ix_runs_started_at"), "runs", ["started_at"])
    op.create_table(
        "run_items",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("detail", sa.Text()),
        sa.Column("document_id", sa.Text()),
        sa.Column("version_id", sa.Text()),
        sa.ForeignKeyConstraint(["run_id"], ["runs.run_id"], name=op.f("fk_run_items_run_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_run_items")),
    )
    op.create_index(op.f("ix_run_items_run_id"), "run_items", ["run_id"])


def _name_texts() -> None:
    """Names the embedded text of every chunk, so that its vector can be kept beside it."""
    connection = op.get_bind()
    chunks = sa.table(
        "chunks",
        sa.column("chunk_id", sa.Text()),
        sa.column("context", sa.Text()),
        sa.column("text", sa.Text()),
        sa.column("text_key", sa.LargeBinary()),
    )
    named = (
        sa.update(chunks)
        .where(chunks.c.chunk_id == sa.bindparam("name"))
        .values(text_key=sa.bindparam("key"))
    )
    rows = connection.execute(sa.select(chunks.c.chunk_id, chunks.c.context, chunks.c.text))
    while part := rows.fetchmany(1000):
        keys = [{"name": row.chunk_id, "key": _key(row.context, row.text)} for row in part]
        connection.execute(named, keys)


def _key(context: str, text: str) -> bytes:
    whole = f"{context}\n{text}" if context else text
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).digest()[:16]


def _place_periods() -> None:
    op.execute(
        "UPDATE validities SET source_uri = (SELECT source_uri FROM documents"
        " WHERE documents.document_id = validities.document_id)"
    )


def _move_runs() -> None:
    op.execute(
        "INSERT INTO runs (run_id, kind, sources, force, state, started_at, finished_at,"
        " total_sources, done_sources, total_bytes, done_bytes, cancel_requested, report)"
        " SELECT run_id, 'paths', '[]', false, 'done', started_at, finished_at,"
        " 0, 0, 0, 0, false, report FROM ingest_runs"
    )
    op.drop_table("ingest_runs")


def downgrade() -> None:
    raise NotImplementedError("An older program cannot hold what this revision keeps.")
