"""Erasing people: a fixed number of statements, however many there are, each over one table.

Everything runs in the caller's transaction. The rows that stay for figures keep their keys and codes; what
identifies or describes somebody is emptied as FATES says.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    Table,
    delete,
    exists,
    null,
    or_,
    select,
    union_all,
    update,
)

from caseworker.core.db import Base, db
from caseworker.core.drafts import Draft
from caseworker.participants.belonging import key_of, tables_of_people, ways_of
from caseworker.participants.models import NameKey, NameSpelling, Participant
from caseworker.participants.services import one_at_a_time
from caseworker.retention.fates import FATES, UNTOLD, Way

# Reason of a record whose person was erased.
ERASED = "erased"
_KEY = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")

# Keys of people, as a select that gives the same until the work is done.
People = Select[UUID]


def _table(name: str) -> Table:
    return Base.metadata.tables[name]


def with_absorbed(people: People) -> Select[UUID, UUID]:
    """(`key`, `whose`): these people, and with each the records that were merged into theirs, however long
    the line."""
    merge = _table("merge")
    (first,) = people.subquery().c
    tree = select(first.label("key"), first.label("whose")).cte("erased_people", recursive=True)
    absorbed = select(merge.c.absorbed_id, tree.c.whose).where(
        merge.c.kept_id == tree.c.key, merge.c.voided_at.is_(None)
    )
    tree = tree.union(absorbed)
    return select(tree.c.key, tree.c.whose)


def reaching(table: Table, people: People) -> ColumnElement[bool]:
    """Condition on a table: the row belongs to one of these people."""
    return or_(*(_leads_to(way, people) for way in ways_of(table.name)))


def _leads_to(way: tuple[Column[UUID], ...], people: People) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = way[-1].in_(people)
    for step, after in zip(reversed(way[:-1]), reversed(way[1:]), strict=True):
        parent = after.table
        condition = step.in_(select(parent.c.id).where(condition))
    return condition


def erase(people: People, *, by_id: UUID, now: datetime) -> None:
    """Empty and remove everything of these people. Irrevocable; who may ask for it is for the caller."""
    lock(people)
    _drop_drafts(people)
    _empty_moved_entries(people)
    _empty_sheets(people)
    one_at_a_time()
    for table in reversed(tables_of_people()):
        if table.name not in UNTOLD and table.name != "participant":
            _settle(table, reaching(table, people))
    _erase_closed_concerns(people)
    words = exists().where(NameKey.word == NameSpelling.word)
    _run(delete(NameSpelling).where(~words))
    _settle(_table("participant"), Participant.__table__.c.id.in_(people))
    gone = {"voided_at": now, "voided_by_id": by_id, "void_reason": ERASED}
    _run(update(Participant).where(Participant.id.in_(people)).values(gone))
    db.session.expire_all()


def lock(people: People) -> None:
    """Nothing is written about these people until this transaction ends. SQLite lets one writer in anyway."""
    if db.engine.dialect.name == "postgresql":
        enrolment = _table("enrolment")
        db.session.execute(
            select(Participant.id)
            .where(Participant.id.in_(select(people.subquery())))
            .order_by(Participant.id)
            .with_for_update()
        ).all()
        db.session.execute(
            select(enrolment.c.id)
            .where(enrolment.c.participant_id.in_(people))
            .order_by(enrolment.c.id)
            .with_for_update()
        ).all()


def _run(statement: Any) -> None:
    db.session.execute(statement, execution_options={"synchronize_session": False})


def _settle(table: Table, condition: ColumnElement[bool]) -> None:
    """Do with the rows of a table what is declared for them."""
    fate = FATES[table.name]
    if fate.way is Way.REMOVE:
        _run(delete(table).where(condition))
    elif fate.way is Way.EMPTY:
        values: dict[str, Any] = {name: fate.says.get(name, null()) for name in fate.emptied}
        if "version" in table.c:
            values["version"] = table.c.version + 1  # a form open somewhere finds that it is stale
        _run(update(table).where(condition).values(values))


def _drop_drafts(people: People) -> None:
    """Unsent typing whose address names any record of these people."""
    named: dict[UUID, list[UUID]] = {}
    for draft_id, path in db.session.execute(select(Draft.id, Draft.path)):
        for found in _KEY.findall(path):
            named.setdefault(UUID(found), []).append(draft_id)
    if not named:
        return
    arms = [
        select(key_of(table)).where(key_of(table).in_(list(named)), reaching(table, people))
        for table in tables_of_people()
        if table.name != "audit_event"
    ]
    theirs = {key for arm in _some_at_a_time(arms) for key in db.session.scalars(union_all(*arm))}
    drafts = {draft for key in theirs for draft in named[key]}
    _run(delete(Draft).where(Draft.id.in_(drafts)))


def _some_at_a_time(arms: list[Any], most: int = 20) -> Iterator[list[Any]]:
    """A statement takes only so many parameters."""
    for first in range(0, len(arms), most):
        yield arms[first : first + most]


def _empty_moved_entries(people: People) -> None:
    """What was written on somebody else's record by mistake and moved to one of these people: the old
    place still holds the text."""
    moved = _table("moved_entry")
    theirs = moved.c.to_participant_id.in_(people)
    kinds = db.session.scalars(select(moved.c.record_kind).where(theirs).distinct()).all()
    order = {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}
    for kind in sorted((kind for kind in kinds if kind in order), key=lambda kind: -order[kind]):
        rows = select(moved.c.record_id).where(theirs, moved.c.record_kind == kind)
        _settle(_table(kind), _table(kind).c.id.in_(rows))


def _empty_sheets(people: People) -> None:
    """A sheet that one of these people came from says no names any more."""
    sheet, row = _table("caseload_import"), _table("imported_row")
    lines = select(row.c.import_id).where(reaching(row, people))
    values = {"sheet_sealed": null(), "file_name": ERASED, "version": sheet.c.version + 1}
    _run(update(sheet).where(sheet.c.id.in_(lines)).values(values))


def _erase_closed_concerns(people: People) -> None:
    """Closed ones about these people, and those closed since about people erased earlier. An open one is
    held on its own basis and stays, unseen by all but those who read it."""
    concern = _table("concern")
    gone = select(Participant.id).where(Participant.void_reason == ERASED)
    over = concern.c.closed_on.is_not(None)
    about = or_(concern.c.about_participant_id.in_(people), concern.c.about_participant_id.in_(gone))
    closed = select(concern.c.id).where(about, over)
    for table in reversed(Base.metadata.sorted_tables):
        if table.name in UNTOLD - {"concern"}:
            _run(delete(table).where(table.c.concern_id.in_(closed)))
    _run(delete(concern).where(about, over))
