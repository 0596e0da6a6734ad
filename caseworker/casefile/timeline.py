"""Everything that happened in an enrolment, newest first, in one query: the parts of `parts` together."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, Subquery, bindparam, func, select, union_all

from caseworker.accounts.models import User
from caseworker.casefile.parts import PARTS
from caseworker.core.db import db
from caseworker.core.types import Key

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
    values = {"enrolment_id": enrolment_id, "most": limit, "before": (page - 1) * limit}
    rows = db.session.execute(_page_of(tuple(kinds) or tuple(PARTS)), values).all()
    return Timeline(list(rows), rows[0].total if rows else 0)


@lru_cache(maxsize=64)
def _page_of(kinds: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    """Built once for each choice of kinds: building it costs more than running it."""
    whose = bindparam("enrolment_id", type_=Key())
    every: Subquery = union_all(*(each(whose) for kind in kinds for each in PARTS[kind])).subquery()
    return (
        select(every, User.name.label("by"), func.count().over().label("total"))
        .outerjoin(User, User.id == every.c.by_id)
        .order_by(every.c.at.desc(), every.c.id.desc(), every.c.kind)
        .limit(bindparam("most", type_=Integer()))
        .offset(bindparam("before", type_=Integer()))
    )
