"""Runs migrations on the engine it is given, or on the database of the settings."""

from alembic import context
from sqlalchemy import create_engine

from caseworker.config import Settings
from caseworker.core.engine import engine_options, prepare
from caseworker.core.types import Instant, Key
from caseworker.models import metadata


def _engine():
    given = context.config.attributes.get("engine")
    if given is not None:
        return given
    engine = create_engine(**engine_options(Settings.from_environment().migration_url))
    prepare(engine)
    return engine


def _render(kind, item, autogen_context):
    if kind == "type" and isinstance(item, Key | Instant):
        autogen_context.imports.add("from caseworker.core.types import Instant, Key")
        return f"{type(item).__name__}()"
    return False


with _engine().connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_render,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
