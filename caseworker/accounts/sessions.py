"""Signed-in browsers: begun at sign-in, touched once a minute, ended by time or by hand."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from uuid import UUID

from sqlalchemy import Select, bindparam, delete, select, update
from sqlalchemy.orm import contains_eager

from caseworker.accounts.models import User, UserSession
from caseworker.core import clock
from caseworker.core.db import after_reading, db

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
KEPT = timedelta(days=7)
TOUCH_EVERY = timedelta(minutes=1)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def begin_session(user: User) -> str:
    """A fresh session; returns the token that only the browser keeps."""
    token, now = secrets.token_urlsafe(32), clock.now()
    db.session.add(UserSession(user_id=user.id, token_hash=_hash(token), began_at=now, seen_at=now))
    return token


def find_session(token: str) -> UserSession | None:
    """The living session of a token: not ended, 30 minutes idle at most, 12 hours old at most."""
    now = clock.now()
    values = {"token_hash": _hash(token), "seen": now - IDLE, "began": now - ABSOLUTE}
    return db.session.scalars(_living(), values).unique().one_or_none()


@cache
def _living() -> Select[UserSession]:
    """With its user and their roles. Built once: every page asks it."""
    return (
        select(UserSession)
        .join(UserSession.user)
        .options(contains_eager(UserSession.user).joinedload(User.grants))
        .where(
            UserSession.token_hash == bindparam("token_hash"),
            UserSession.ended_at.is_(None),
            UserSession.seen_at > bindparam("seen"),
            UserSession.began_at > bindparam("began"),
            User.active,
        )
    )


def living_sessions(user_id: UUID) -> Sequence[UserSession]:
    """Where a user is signed in, last used first."""
    now = clock.now()
    return db.session.scalars(
        select(UserSession)
        .where(
            UserSession.user_id == user_id,
            UserSession.ended_at.is_(None),
            UserSession.seen_at > now - IDLE,
            UserSession.began_at > now - ABSOLUTE,
        )
        .order_by(UserSession.seen_at.desc())
    ).all()


def forget_old_sessions() -> None:
    """Sessions past their time, a week on: until then they say whose late typing it is."""
    db.session.execute(delete(UserSession).where(UserSession.began_at < clock.now() - KEPT))


def owner_of(token: str) -> UUID | None:
    """Whose session a token was, even when it has ended: to keep their typing for them."""
    return db.session.scalar(select(UserSession.user_id).where(UserSession.token_hash == _hash(token)))


def touch(found: UserSession) -> None:
    """Note that the session is in use, at most once a minute."""
    now = clock.now()
    if now - found.seen_at >= TOUCH_EVERY:
        key = found.id
        after_reading(
            lambda: db.session.execute(
                update(UserSession).where(UserSession.id == key).values(seen_at=now)
            ).close()
        )


def swap_token(token: str) -> str:
    """A fresh token for a session that goes on: the old one opens nothing any more."""
    fresh = secrets.token_urlsafe(32)
    db.session.execute(
        update(UserSession)
        .where(UserSession.token_hash == _hash(token), UserSession.ended_at.is_(None))
        .values(token_hash=_hash(fresh))
    )
    return fresh


def end_session(token: str) -> None:
    db.session.execute(
        update(UserSession)
        .where(UserSession.token_hash == _hash(token), UserSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def end_sessions_of(user_id: UUID) -> None:
    """Sign a user out of every browser."""
    db.session.execute(
        update(UserSession)
        .where(UserSession.user_id == user_id, UserSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )
