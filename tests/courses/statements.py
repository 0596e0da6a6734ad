"""What is sent to the database: counted, and shown when there is too much of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from caseworker.core.db import db

# Opening a transaction and waiting for one’s turn ask nothing.
NO_QUESTION = ("PRAGMA", "BEGIN", "SET TRANSACTION", "SELECT pg_advisory_xact_lock")


@contextmanager
def counted(app: Flask) -> Iterator[list[str]]:
    """The statements sent inside the block, each on a line."""
    sent: list[str] = []

    def heard(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if not statement.startswith(NO_QUESTION):
            sent.append(" ".join(statement.split())[:160])

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", heard)
    try:
        yield sent
    finally:
        event.remove(engine, "before_cursor_execute", heard)
