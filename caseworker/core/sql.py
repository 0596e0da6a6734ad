"""What SQLite and PostgreSQL write differently: days, and what is worked out before it is joined."""

from datetime import date
from typing import Any

from sqlalchemy import CTE, ColumnElement, Date, Integer, Select, case, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class days_between(FunctionElement[int]):  # noqa: N801 - it is called as a function
    """Whole days from the first date to the second: 0 for the same day."""

    type = Integer()
    name = "days_between"
    inherit_cache = True


@compiles(days_between, "sqlite")
def _sqlite_days(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    first, last = (compiler.process(each, **options) for each in element.clauses)
    return f"CAST(julianday({last}) - julianday({first}) AS INTEGER)"


@compiles(days_between, "postgresql")
def _postgresql_days(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    first, last = (compiler.process(each, **options) for each in element.clauses)
    return f"(CAST({last} AS DATE) - CAST({first} AS DATE))"


def earlier(day: Any, limit: date) -> ColumnElement[date]:
    """The day, or the limit where the day is later."""
    last = literal(limit, Date)
    return case((day > last, last), else_=day)


def worked_out_once(query: Select[Any], name: str) -> CTE:
    """A query to join to, run once. Without it PostgreSQL, before it has counted new rows, may run it again
    for every row it is joined to. SQLite does so of itself."""
    return query.cte(name).prefix_with("MATERIALIZED", dialect="postgresql")
