"""Access keys, what versions are kept under, who began runs, and the audit trail."""

import sqlalchemy as sa
from alembic import op

from assistant.access.labels import label

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("versions", "documents"):
        empty = sa.text("''")
        op.add_column(table, sa.Column("label", sa.Text(), nullable=False, server_default=empty))
        op.create_index(op.f(f"ix_{table}_label"), table, ["label"])
    _label_versions()
    _label_documents()
    _create_keys()
    op.create_table(
        "run_owners",
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("run_id", name=op.f("pk_run_owners")),
    )
    _create_audit()


def _label_versions() -> None:
    versions = sa.table("versions", sa.column("marking"), sa.column("label"))
    connection = op.get_bind()
    marked = sa.select(versions.c.marking).where(versions.c.marking.is_not(None)).distinct()
    for marking in connection.scalars(marked).all():
        named = sa.update(versions).where(versions.c.marking == marking)
        connection.execute(named.values(label=label(marking)))


def _label_documents() -> None:
    """Each as the version that stands, or stood last."""
    op.execute(
        """
        UPDATE documents SET label = COALESCE((
          SELECT versions.label FROM validities JOIN versions
            ON versions.document_id = validities.document_id
            AND versions.version_id = validities.version_id
          WHERE validities.document_id = documents.document_id
          ORDER BY validities.valid_from DESC LIMIT 1
        ), '')
        """
    )


def _create_keys() -> None:
    op.create_table(
        "api_keys",
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("secret_sha256", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("clearances", sa.JSON(), nullable=False),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("key_id", name=op.f("pk_api_keys")),
        sa.UniqueConstraint("secret_sha256", name=op.f("uq_api_keys_secret_sha256")),
    )
    op.create_index(op.f("ix_api_keys_name"), "api_keys", ["name"])


def _create_audit() -> None:
    columns = ("at", "who", "key_id", "what", "told", "chained")
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in columns),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit")),
    )


def downgrade() -> None:
    for table in ("audit", "run_owners", "api_keys"):
        op.drop_table(table)
    for table in ("versions", "documents"):
        op.drop_index(op.f(f"ix_{table}_label"), table)
        op.drop_column(table, "label")
