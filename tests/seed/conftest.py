"""Plain SQL on the demonstration, as `caseworker demo` loads it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from caseworker.core.db import begin, db
from caseworker.core.resources import resource_dir

Ask = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def loaded_folder() -> Path:
    return resource_dir("seed_data") / "loaded"


@pytest.fixture
def ask(app: Flask) -> Iterator[Ask]:
    """Rows of a statement on the database of this test (mark it `demonstration`)."""
    with app.app_context():
        begin("read")
        yield lambda sql, **values: [tuple(row) for row in db.session.execute(sa.text(sql), values)]
        db.session.rollback()
