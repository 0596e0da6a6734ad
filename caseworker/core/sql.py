"""Arithmetic on days that SQLite and PostgreSQL write differently."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Integer, case, literal
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
