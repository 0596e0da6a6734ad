"""What a table holds after a request, read afresh, sealed texts opened."""

from types import SimpleNamespace
from typing import Any

from flask import Flask
from sqlalchemy import select

from caseworker.core.db import Base, db


def rows(app: Flask, model: type[Base]) -> list[SimpleNamespace]:
    """Every row by its key, as plain values."""
    with app.app_context():
        found = db.session.scalars(select(model).order_by(*model.__table__.primary_key))
        return [SimpleNamespace(**_values(row)) for row in found]


def row(app: Flask, model: type[Base]) -> SimpleNamespace:
    """The only row there is."""
    (only,) = rows(app, model)
    return only


def newest(app: Flask, model: type[Base]) -> dict[str, Any]:
    """The row made last."""
    key = next(iter(model.__table__.primary_key))
    with app.app_context():
        return _values(db.session.scalars(select(model).order_by(key.desc()).limit(1)).one())


def _values(row: Base) -> dict[str, Any]:
    names = [column.name for column in row.__table__.columns]
    opened = [name.removesuffix("_sealed") for name in names if name.endswith("_sealed")]
    return {name: getattr(row, name) for name in [*names, *opened]}
