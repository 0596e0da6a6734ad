"""Everything that happened in an enrolment, newest first, in one query: the parts of `parts` together."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Subquery, func, select, union_all

from caseworker.accounts.models import User
from caseworker.casefile.parts import PARTS
from caseworker.core.db import db

__all__ = ["PAGE", "PARTS", "Timeline", "read_timeline"]

PAGE = 60


@dataclass(frozen=True)
class Timeline:
    """A page of rows in the columns of SHAPE, with `kind` and `by` (who entered it), and how many in all."""

    rows: list[Any]
    total: int


def read_timeline(
    enrolment_id: UUID, kinds: Iterable[str] = (), limit: int = PAGE, page: int = 1
) -> Timeline:
    """A page of what happened; all of PARTS, or only `kinds`."""
    wanted = tuple(kinds) or tuple(PARTS)
    every: Subquery = union_all(*(each(enrolment_id) for kind in wanted for each in PARTS[kind])).subquery()
    rows = db.session.execute(
        select(every, User.name.label("by"), func.count().over().label("total"))
        .outerjoin(User, User.id == every.c.by_id)
        .order_by(every.c.at.desc(), every.c.id.desc(), every.c.kind)
        .limit(limit)
        .offset((page - 1) * limit)
    ).all()
    return Timeline(list(rows), rows[0].total if rows else 0)
