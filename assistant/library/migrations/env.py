"""Runs the migrations on the connection that `assistant.library.migrate` hands over."""

from alembic import context

from assistant.library.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
