"""English and French word search on PostgreSQL, without lists of words that are left out."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_LANGUAGES = ("english", "french")


def upgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for language in _LANGUAGES:
        ours = f"attache_{language}"
        # A word that its language leaves out may be a name, such as WHO.
        op.execute(
            f"CREATE TEXT SEARCH DICTIONARY {ours}_stem"
            f" (TEMPLATE = pg_catalog.snowball, Language = {language})"
        )
        op.execute(f"CREATE TEXT SEARCH CONFIGURATION {ours} (COPY = pg_catalog.{language})")
        op.execute(
            f"ALTER TEXT SEARCH CONFIGURATION {ours}"
            f" ALTER MAPPING REPLACE pg_catalog.{language}_stem WITH {ours}_stem"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for language in _LANGUAGES:
        op.execute(f"DROP TEXT SEARCH CONFIGURATION attache_{language}")
        op.execute(f"DROP TEXT SEARCH DICTIONARY attache_{language}_stem")
