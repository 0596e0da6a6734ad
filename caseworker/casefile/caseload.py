"""A caseload: how many stand where, and one page of them. Both are read from the same rows."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    Subquery,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
)

from caseworker.accounts.models import User
from caseworker.casefile.filters import BEFORE, MINE, NOBODY, QUIET, CaseFilter
from caseworker.casefile.narrowing import Before, narrowing
from caseworker.casefile.queries import LEFT, Case, cases, standing_of
from caseworker.casefile.words import STATUS
from caseworker.core.codes import Code, codes
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.queries import worked_by
from caseworker.programmes.models import Cohort
from caseworker.programmes.readers import Reader, as_reader, built

PAGE = 50


@dataclass(frozen=True)
class Group:
    """So many cases alike in everything one can filter by."""

    status: str
    programme: str
    programme_name: str
    keyworker: str
    keyworker_name: str
    cohort: str
    cohort_name: str
    due: str
    kind: str
    contact: str
    mine: str
    count: int

    def value(self, group: str) -> str:
        return str(getattr(self, group))


@dataclass(frozen=True)
class Caseload:
    """A page of cases with the counts it belongs to."""

    rows: list[Case]
    groups: list[Group]
    filter: CaseFilter
    size: int = PAGE

    @property
    def themes(self) -> tuple[Code, ...]:
        """What an open barrier may be asked for."""
        return codes("barrier_theme")

    @property
    def total(self) -> int:
        """Everybody who has not left."""
        return sum(group.count for group in self.groups if group.status != LEFT)

    @property
    def everybody(self) -> int:
        """Whom the filter narrows: those who left are among them only when it asks for them."""
        asked = LEFT in self.filter.values("status")
        return sum(group.count for group in self.groups if asked or group.status != LEFT)

    @property
    def matching(self) -> int:
        return sum(group.count for group in self.groups if matches(self.filter, group))

    def count(self, **wanted: str) -> int:
        """How many of those who have not left are so: `count(due="overdue")`."""
        return sum(
            group.count
            for group in self.groups
            if group.status != LEFT and all(group.value(name) == value for name, value in wanted.items())
        )

    def options(self, group: str) -> list[tuple[str, str, int]]:
        """(value, name, how many have not left) of each programme, keyworker or cohort, by name."""
        found: Counter[tuple[str, str]] = Counter()
        for each in self.groups:
            if each.status != LEFT:
                found[str(getattr(each, f"{group}_name")), each.value(group)] += each.count
        return [(value, name, count) for (name, value), count in sorted(found.items())]

    def status_count(self, status: str) -> int:
        return sum(group.count for group in self.groups if group.status == status)

    def name_of(self, group: str, value: str) -> str:
        """What people call a programme or keyworker; empty for one with nobody here."""
        return next(
            (str(getattr(each, f"{group}_name")) for each in self.groups if each.value(group) == value), ""
        )

    @property
    def pages(self) -> int:
        return max(1, -(-self.matching // self.size))

    @property
    def page(self) -> int:
        return min(max(self.filter.page, 1), self.pages)


def matches(wanted: CaseFilter, group: Group) -> bool:
    """The one reading of a filter in Python; `narrowed` is its twin in the database."""
    if not wanted.values("status") and group.status == LEFT:
        return False
    return all(group.value(name) in values for name, values in wanted.chosen.items() if name not in BEFORE)


def read_caseload(user: User, wanted: CaseFilter, today: date, *, own: bool, size: int = PAGE) -> Caseload:
    """A page of one's own cases, or of all one may read."""
    values = as_reader(user)
    groups = [
        _group(row) for row in db.session.execute(built(_groups, user, today, own, wanted.before), values)
    ]
    load = Caseload([], groups, wanted, size)
    page = built(_page, user, today, own, replace(wanted, page=1))
    values |= {"most": size, "before": (load.page - 1) * size}
    return replace(load, rows=[Case(*row) for row in db.session.execute(page, values)])


def _rows(reader: Reader, today: date, own: bool, before: Before) -> Subquery:
    mine = worked_by(reader, today)
    every = cases(reader, today).add_columns(
        (literal(True) if own else mine).label("mine"),
        Enrolment.cohort_id,
        Cohort.name.label("cohort_name"),
    )
    every = every.outerjoin(Cohort, Cohort.id == Enrolment.cohort_id)
    if own:
        every = every.where(mine)
    every = every.where(*narrowing(before))
    return every.subquery("cases")


def _page(reader: Reader, today: date, own: bool, wanted: CaseFilter) -> Select[*tuple[Any, ...]]:
    rows = _rows(reader, today, own, wanted.before)
    return (
        select(*(rows.c[name] for name in COLUMNS))
        .where(*_narrowed(rows, wanted, today))
        .order_by(*_order(rows, wanted))
        .limit(bindparam("most", type_=Integer()))
        .offset(bindparam("before", type_=Integer()))
    )


STATUS_PLACE = {status: place for place, status in enumerate(STATUS)}
COLUMNS = tuple(each.name for each in fields(Case))


def _groups(reader: Reader, today: date, own: bool, before: Before) -> Select[*tuple[Any, ...]]:
    rows = _rows(reader, today, own, before)
    alike = (
        rows.c.status,
        rows.c.programme_code,
        rows.c.programme_name,
        rows.c.keyworker_id,
        rows.c.keyworker_name,
        rows.c.cohort_id,
        rows.c.cohort_name,
        standing_of(rows.c.due_on, today).label("due"),
        rows.c.due_kind,
        rows.c.quiet,
        rows.c.mine,
    )
    inner = select(*alike).subquery("alike")
    return select(*inner.c, func.count()).group_by(*inner.c)


def _group(row: Row[*tuple[Any, ...]]) -> Group:
    status, programme, programme_name, keyworker, keyworker_name, cohort, cohort_name, *rest = row
    due, kind, quiet, mine, count = rest
    return Group(
        status=status,
        programme=programme,
        programme_name=programme_name,
        keyworker=str(keyworker or NOBODY),
        keyworker_name=keyworker_name or "",
        cohort=str(cohort or NOBODY),
        cohort_name=cohort_name or "",
        due=due or "",
        kind=kind or "",
        contact=QUIET if quiet else "",
        mine=MINE if mine else "",
        count=count,
    )


def _narrowed(rows: Subquery, wanted: CaseFilter, today: date) -> Iterator[ColumnElement[bool]]:
    status = wanted.values("status")
    yield rows.c.status.in_(status) if status else rows.c.status != LEFT
    if wanted.values("due"):
        yield standing_of(rows.c.due_on, today).in_(wanted.values("due"))
    if wanted.values("kind"):
        yield rows.c.due_kind.in_(wanted.values("kind"))
    if wanted.values("contact"):
        yield rows.c.quiet
    if wanted.values("mine"):
        yield rows.c.mine
    if wanted.values("programme"):
        yield rows.c.programme_code.in_(wanted.values("programme"))
    for group, column in (("keyworker", rows.c.keyworker_id), ("cohort", rows.c.cohort_id)):
        if wanted.values(group):
            yield _is_among(column, wanted.values(group))


def _is_among(column: ColumnElement[Any], keys: tuple[str, ...]) -> ColumnElement[bool]:
    named = column.in_([UUID(each) for each in keys if each != NOBODY])
    return or_(named, column.is_(None)) if NOBODY in keys else named


def _order(rows: Subquery, wanted: CaseFilter) -> Iterator[ColumnElement[Any]]:
    by: dict[str, tuple[ColumnElement[Any], ...]] = {
        "name": (),
        "programme": (func.lower(rows.c.programme_name),),
        "status": (case(STATUS_PLACE, value=rows.c.status),),
        # Whose case is nobody's comes first: it waits for somebody.
        "keyworker": (rows.c.keyworker_id.is_not(None), func.lower(rows.c.keyworker_name)),
        "start": (rows.c.started_on.is_(None), rows.c.started_on),
        # Whoever was never spoken with comes first; whoever has nothing to come, last.
        "last": (rows.c.last_two_way_at.is_not(None), rows.c.last_two_way_at),
        "next": (rows.c.due_on.is_(None), rows.c.due_on),
    }
    names = (func.lower(rows.c.family_name), func.lower(rows.c.known_as), rows.c.enrolment_id)
    for column in (*by[wanted.sort], *names):
        yield column.desc() if wanted.descending else column.asc()
