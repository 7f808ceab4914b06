"""Titles in the same order on every database."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _collate('"C"')


def downgrade() -> None:
    _collate('"default"')


def _collate(name: str) -> None:
    # SQLite orders by code points by itself.
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.text(f"ALTER TABLE versions ALTER title_key TYPE text COLLATE {name}"))
