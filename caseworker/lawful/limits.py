"""A record under restriction is kept and not used: nothing new is written on it, whoever tries.

One rule, before every flush, because a form, an import and a service all end there. What may still be
written is what the law leaves: keeping it, the person's own requests and word, legal claims, and keeping
other people safe (UK GDPR Article 18(2)).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from caseworker.core.errors import RuleBroken
from caseworker.core.records import Record
from caseworker.lawful.queries import limited_among
from caseworker.participants.models import Participant

REFUSED = (
    "Their record is restricted: it is kept and not used, and nothing new is written on it. "
    "Speak to your data protection officer"
)
# Rooms whose tables are written all the same: people's own requests, claims, and keeping others safe.
STILL_WRITTEN = frozenset(
    {"safeguarding", "risks", "visits", "rights", "retention", "lawful", "privacy", "controllers"}
)
# And tables of other rooms: the person's own word, and who may see the record.
ALSO_WRITTEN = frozenset(
    {"agreement", "stated_reason", "handover", "moved_entry", "entry_statement", "person_link"}
)
# Changes of a table that use nothing of the record: calling off, handing on, when it is looked at again.
_OFF = frozenset({"voided_at", "voided_by_id", "void_reason"})
CHANGED_STILL = {
    "participant": frozenset({"keep_until_on", "restricted"}),
    "enrolment": frozenset({"keyworker_id"}),
    "appointment": frozenset({"result", "closed_on", "with_id"}) | _OFF,
    "task": frozenset({"done_on", "user_id"}) | _OFF,
}
_by_rule: ContextVar[bool] = ContextVar("by_rule", default=False)


@contextmanager
def by_rule() -> Iterator[None]:
    """For a change the law allows on a restricted record: putting it right, a legal claim, an erasure."""
    token = _by_rule.set(True)
    try:
        yield
    finally:
        _by_rule.reset(token)


@event.listens_for(Session, "before_flush")
def _refuse(session: Session, _context: Any, _instances: Any) -> None:
    """Raises RuleBroken for a fact about somebody whose record is restricted."""
    if _by_rule.get():
        return
    changed = [row for row in session.dirty if _is_changed(session, row)]
    rows = [row for row in (*session.new, *changed) if isinstance(row, Record)]
    rows = [row for row in rows if not _is_written_still(row)]
    new = {row.id for row in session.new if isinstance(row, Participant)}
    people = {_whose(row) for row in rows} - new - {None}
    cases = {_case(row) for row in rows if _whose(row) is None} - {None}
    if _limited(session, people, cases):
        raise RuleBroken(REFUSED)


def _is_changed(session: Session, row: object) -> bool:
    if not session.is_modified(row, include_collections=False):
        return False
    may_change = CHANGED_STILL.get(getattr(row, "__tablename__", ""))
    if may_change is None:
        return True
    # What hangs on a row is no change of it.
    columns = inspect(type(row)).column_attrs.keys()
    state = inspect(row)
    changed = {name for name in columns if state.attrs[name].history.has_changes()}
    return not changed <= may_change | {"version"}


def _is_written_still(row: Record) -> bool:
    room = type(row).__module__.split(".")[1]
    return room in STILL_WRITTEN or getattr(row, "__tablename__", "") in ALSO_WRITTEN


def _whose(row: Record) -> UUID | None:
    return row.id if isinstance(row, Participant) else getattr(row, "participant_id", None)


def _case(row: Record) -> UUID | None:
    """A row made with the key of its case alone does not know its person yet."""
    return getattr(row, "enrolment_id", None)


def _limited(session: Session, people: set[UUID | None], cases: set[UUID | None]) -> bool:
    """Told by the people that are read already; only for others is it asked."""
    unread = set()
    for key in people:
        person = session.identity_map.get(identity_key(Participant, key))
        if person is None or "limited" not in inspect(person).dict:
            unread.add(key)
        elif person.limited:
            return True
    if not (unread or cases):
        return False
    with session.no_autoflush:
        return bool(limited_among(unread, cases))
