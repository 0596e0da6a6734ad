"""The database and the one place that commits.

A page that only reads begins deferred and query-only; everything else begins IMMEDIATE. Below 400
the work is committed before the response is finished; from 400 it is rolled back, and only the looks
at people are written. What must outlive a refusal goes through `aside`.
"""

import copy
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

from flask import current_app, g, has_request_context, request, session
from flask.typing import ResponseReturnValue
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import MetaData
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response

from caseworker.core.database_errors import constraint_of, worth_another_try
from caseworker.core.errors import Busy, RuleBroken

ATTEMPTS = 6
PATIENCE_SECONDS = 20
READS = frozenset({"GET", "HEAD", "OPTIONS"})
Mode = Literal["read", "write"]

db = SQLAlchemy()


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


_before_commit: list[Callable[[Session], None]] = []


def before_commit(step: Callable[[Session], None]) -> Callable[[Session], None]:
    """Register the last thing done in every transaction (the audit's link)."""
    _before_commit.append(step)
    return step


def begin(mode: Mode) -> None:
    """Start afresh: the next statement opens a transaction of this mode."""
    db.session.rollback()
    db.session.bind = db.engine.execution_options(caseworker_begin=mode)


def _commit() -> None:
    session = db.session
    session.flush()
    for step in _before_commit:
        step(session)
    session.commit()


@contextmanager
def transaction() -> Iterator[Session]:
    """All or nothing, for commands and jobs. Inside a request the dispatch does this."""
    begin("write")
    try:
        yield db.session
        _commit()
    except BaseException:
        db.session.rollback()
        raise


def aside(write: Callable[[], None]) -> None:
    """Write something that must survive a refusal: run and committed after this request's own work.

    Once that work is settled (on an error's page), and outside a request, it is written at once.
    """
    if has_request_context() and g.get("asides") is not None:
        g.asides.append(write)
    else:
        at_once(write)


def at_once(write: Callable[[], None]) -> None:
    """Run and commit now, with retries, whatever becomes of the request.

    For before a request's own work begins or after it is settled: what is not committed is rolled back.
    """
    for _ in _attempts():
        try:
            with transaction():
                write()
            return
        except (DBAPIError, StaleDataError) as error:
            if not worth_another_try(error, Base.metadata):
                raise
    raise Busy


def after_reading(write: Callable[[], None]) -> None:
    """Write with this request's work, or, on a page that only reads or refuses, before its bytes leave."""
    g.setdefault("after_reading", []).append(write)


def in_one_transaction(view: Callable[[], ResponseReturnValue]) -> Response:
    """Run a view and settle its work. Runs it again when the database asks for that; then Busy."""
    mode: Mode = "read" if request.method in READS else "write"
    cookie = copy.deepcopy(dict(session))
    for attempt in _attempts():
        g.asides, g.after_reading, g.looks = [], [], set()
        try:
            begin(mode)
            response = current_app.make_response(view())
            _settle(mode, response)
        except (DBAPIError, StaleDataError) as error:
            db.session.rollback()
            _restore(cookie)
            # A row that another request made first is found by the second run, which can say so.
            made_first = isinstance(error, IntegrityError) and attempt == 0
            if made_first or worth_another_try(error, Base.metadata):
                continue
            _write_asides()
            raise
        except BaseException:
            db.session.rollback()
            _restore(cookie)
            _write_asides()
            raise
        _write_asides()
        return response
    _write_asides()
    raise Busy


def _restore(cookie: dict[str, Any]) -> None:
    """Take back what the view put into the cookie: a "saved" that was not, a session never begun."""
    forgery = session.get("csrf_token")
    if dict(session) == cookie:
        return
    session.clear()
    session.update(cookie)
    if forgery:
        session["csrf_token"] = forgery


def _attempts() -> Iterator[int]:
    """A few tries with growing, uneven pauses between them, none begun after the patience of a person."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    for attempt in range(ATTEMPTS):
        yield attempt
        if time.monotonic() > give_up_at:
            return
        time.sleep(random.uniform(0.01, 0.05) * 2**attempt)


def _settle(mode: Mode, response: Response) -> None:
    # A refused form is a page too: its work is gone, what it shows of a person was looked at.
    if mode == "read" or response.status_code >= 400:
        db.session.rollback()
        if not g.after_reading:
            return
        begin("write")
    for write in g.after_reading:
        write()
    _commit()


def settle_reading() -> None:
    """For the page of an error that shows a record: write the looks at it before its bytes leave."""

    def write_all() -> None:
        for write in g.after_reading:
            write()

    at_once(write_all)


def _write_asides() -> None:
    asides, g.asides = g.get("asides") or [], None
    for write in asides:
        at_once(write)


@contextmanager
def refused_as(**messages: RuleBroken) -> Iterator[None]:
    """Turn a refusal by the database into the words for it: constraint name to RuleBroken."""
    try:
        with db.session.begin_nested():
            yield
            db.session.flush()
    except IntegrityError as error:
        words = messages.get(constraint_of(error, Base.metadata))
        if words is None:
            raise
        raise words from None
