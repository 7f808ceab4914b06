"""The signs of the tokens of each embedded text."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "token_signs",
        sa.Column("embedder", sa.Text(), nullable=False),
        sa.Column("text_key", sa.LargeBinary(), nullable=False),
        sa.Column("signs", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("embedder", "text_key", name=op.f("pk_token_signs")),
    )


def downgrade() -> None:
    op.drop_table("token_signs")
