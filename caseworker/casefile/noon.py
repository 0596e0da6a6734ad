"""A day as an instant inside a query, so that dated facts sort among timed ones on both databases."""

from datetime import datetime
from typing import Any

from sqlalchemy import FunctionElement
from sqlalchemy.ext.compiler import compiles

from caseworker.core.types import Instant


class noon(FunctionElement[datetime]):  # noqa: N801
    """Noon UTC of a date column."""

    type = Instant()
    inherit_cache = True


@compiles(noon, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"({compiler.process(element.clauses, **kw)} || ' 12:00:00.000000')"


@compiles(noon, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    day = compiler.process(element.clauses, **kw)
    return f"((CAST({day} AS timestamp) + interval '12 hours') AT TIME ZONE 'UTC')"
