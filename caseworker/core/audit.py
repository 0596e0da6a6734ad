"""Who did what, to which record, when and why: ids, field names and coded reasons, never values.

Rows form a keyed chain. Each link is an HMAC over the row and the link before it, so a row that was
changed, taken out or moved shows. The links are made as the last statements before a commit.
"""

import hmac
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import g, has_request_context
from sqlalchemy import BigInteger, Index, Integer, LargeBinary, String, event, insert, inspect, select, text
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column

from caseworker.core import clock
from caseworker.core.db import Base, after_reading, before_commit, db
from caseworker.core.records import Record
from caseworker.core.sealing import keyring
from caseworker.core.types import Instant, Key

_LOCK = 7_204_411
_PAGE = 5000
_FIRST_LINK = bytes(32)


class AuditEvent(Base):
    __tablename__ = "audit_event"
    __table_args__ = (
        Index("ix_audit_event_participant_id_at", "participant_id", "at"),
        Index("ix_audit_event_record_id", "record_id"),
        {"comment": "Every change and every look; append-only, chained"},
    )

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"),
        primary_key=True,
        autoincrement=False,
        comment="Place in the chain, from 1, without gaps",
    )
    at: Mapped[datetime] = mapped_column(Instant, comment="When it was committed")
    user_id: Mapped[UUID | None] = mapped_column(Key, comment="Who; empty for the installation itself")
    action: Mapped[str] = mapped_column(String(40), comment="looked, created, changed, voided, signed in ...")
    record_kind: Mapped[str] = mapped_column(String(40), comment="Table of the record")
    record_id: Mapped[UUID | None] = mapped_column(Key, comment="Key of the record")
    participant_id: Mapped[UUID | None] = mapped_column(Key, comment="Whose case it belongs to")
    fields: Mapped[str] = mapped_column(String(2000), comment="Names of the fields changed, by commas")
    why: Mapped[str] = mapped_column(String(40), comment="Coded reason, where one was asked for")
    request_id: Mapped[str] = mapped_column(String(32), comment="The request it came with, as in the log")
    link: Mapped[bytes] = mapped_column(LargeBinary(32), comment="HMAC over this row and the link before")


_LAST = select(AuditEvent.number, AuditEvent.link).order_by(AuditEvent.number.desc()).limit(1)
_ADD = insert(Base.metadata.tables["audit_event"])


@dataclass
class Entry:
    """One line of the audit before it has its place in the chain."""

    action: str
    record_kind: str
    record_id: UUID | None = None
    participant_id: UUID | None = None
    fields: str = ""
    why: str = ""
    user_id: UUID | None = None


@dataclass(frozen=True)
class Verdict:
    rows: int
    fault: str | None
    head: str


def act_as(user_id: UUID | None) -> None:
    """Whose doing the rest of this unit of work is."""
    db.session.info["actor"] = user_id


def note(entry: Entry) -> None:
    """Add a line to the audit of the transaction under way."""
    if not db.session.in_transaction():
        db.session.begin()
    _entries(db.session).append(entry)


def looked(participant_id: UUID, what: str, why: str = "") -> None:
    """This page shows that participant. Written before its bytes leave: no look, no page."""
    if not has_request_context():
        return
    seen: set[tuple[UUID, str]] = g.setdefault("looks", set())
    if (participant_id, what) not in seen:
        seen.add((participant_id, what))
        after_reading(lambda: note(Entry("looked", what, participant_id, participant_id, why=why)))


def opened(what: str, record_id: UUID) -> None:
    """This page shows a record that is filed under nobody's case, such as a concern."""
    if has_request_context():
        after_reading(lambda: note(Entry("looked", what, record_id)))


def listed(what: str) -> None:
    """This page lists or searches people: one line, whoever was on it."""
    if has_request_context():
        after_reading(lambda: note(Entry("listed", what)))


def _entries(session: Session) -> list[Entry]:
    entries: list[Entry] = session.info.setdefault("audit", [])
    return entries


@event.listens_for(Session, "before_flush")
def _collect(session: Session, _context: Any, _instances: Any) -> None:
    for record in session.new:
        if isinstance(record, Record):
            _entries(session).append(_entry("created", record, ()))
    for record in session.dirty:
        if isinstance(record, Record) and session.is_modified(record, include_collections=False):
            changed = [
                attribute.key for attribute in inspect(record).attrs if attribute.history.has_changes()
            ]
            action = "voided" if "voided_at" in changed else "changed"
            _entries(session).append(_entry(action, record, changed))


@event.listens_for(Session, "after_transaction_create")
def _remember(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        session.info.setdefault("audit_before", {})[transaction] = len(_entries(session))


@event.listens_for(Session, "after_transaction_end")
def _finished(session: Session, transaction: SessionTransaction) -> None:
    session.info.get("audit_before", {}).pop(transaction, None)


@event.listens_for(Session, "after_rollback")
def _forget(session: Session) -> None:
    """What was rolled back did not happen: all of it, or what was done since the savepoint."""
    savepoint = session.get_nested_transaction()
    if savepoint is None:
        session.info.pop("audit", None)
    else:
        del _entries(session)[session.info["audit_before"][savepoint] :]


def _entry(action: str, record: Record, fields: Iterable[str]) -> Entry:
    kind = record.__tablename__  # type: ignore[attr-defined]
    whose = record.id if kind == "participant" else getattr(record, "participant_id", None)
    named = [field for field in fields if field not in ("version", "id")]
    return Entry(action, kind, record.id, whose, ",".join(named)[:2000])


@before_commit
def chain(session: Session) -> None:
    """Give each line its number and link, holding the chain until the commit."""
    entries = _entries(session)
    if not entries:
        return
    if db.engine.dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    last = session.execute(_LAST).one_or_none()
    before, link = (last.number, last.link) if last else (0, _FIRST_LINK)
    secret, at = keyring().derive("audit", min(keyring().masters)), clock.now()
    rows = []
    for number, entry in enumerate(entries, start=before + 1):
        row = _row(number, at, entry, session.info.get("actor"))
        link = row["link"] = _link(secret, link, row)
        rows.append(row)
    session.execute(_ADD, rows)
    session.info["audit"] = []


def _row(number: int, at: datetime, entry: Entry, actor: UUID | None) -> dict[str, Any]:
    return {
        "number": number,
        "at": at,
        "user_id": entry.user_id or actor,
        "action": entry.action,
        "record_kind": entry.record_kind,
        "record_id": entry.record_id,
        "participant_id": entry.participant_id,
        "fields": entry.fields,
        "why": entry.why,
        "request_id": g.get("request_id", "") if has_request_context() else "",
    }


def _link(secret: bytes, before: bytes, row: dict[str, Any]) -> bytes:
    body = json.dumps(
        [str(row[name]) if row[name] is not None else "" for name in _SIGNED if name != "at"]
        + [row["at"].isoformat(timespec="microseconds")],
        ensure_ascii=True,
    )
    return hmac.digest(secret, before + body.encode(), "sha256")


_SIGNED = tuple(column.name for column in AuditEvent.__table__.columns if column.name != "link")


def head() -> tuple[int, str]:
    """(number of the last row, its link in hex), for the log; (0, "") when there is none."""
    last = db.session.execute(_LAST).one_or_none()
    return (last.number, last.link.hex()) if last else (0, "")


def verify(known: tuple[int, str] | None = None) -> Verdict:
    """Walk the whole chain. `fault` says in words where it first breaks, or is None.

    `known` is a head that the log showed earlier: without it, rows cut off the end do not show.
    """
    secret = keyring().derive("audit", min(keyring().masters))
    link, count = _FIRST_LINK, 0
    for row in _walk():
        count += 1
        if row["number"] != count:
            return Verdict(count - 1, f"row {count} is missing: the next one is {row['number']}", link.hex())
        expected = _link(secret, link, row)
        if not hmac.compare_digest(expected, row["link"]):
            return Verdict(count - 1, f"row {count} was changed, or the row before it was", link.hex())
        link = expected
        if known and known[0] == count and not hmac.compare_digest(link.hex(), known[1]):
            return Verdict(count - 1, f"row {count} is not the one that the log shows", link.hex())
    if known and known[0] > count:
        missing = known[0] - count
        words = f"the last {missing} rows are missing" if missing > 1 else "the last row is missing"
        return Verdict(count, f"{words}: the log shows row {known[0]}", link.hex())
    return Verdict(count, None, link.hex())


def _walk() -> Iterator[dict[str, Any]]:
    table, last = AuditEvent.__table__, -(2**62)
    while True:
        page = select(table).where(table.c.number > last).order_by(table.c.number).limit(_PAGE)
        rows = db.session.execute(page).all()
        yield from (dict(row._mapping) for row in rows)
        if len(rows) < _PAGE:
            return
        last = rows[-1].number
