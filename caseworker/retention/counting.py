"""How many rows of each person an erasure removes, empties and leaves, before it is done: the dry run."""

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Subquery, Table, distinct, func, literal, select, union_all

from caseworker.core.db import db
from caseworker.participants.belonging import key_of, tables_of_people, ways_of
from caseworker.retention.fates import UNSHOWN

_ARMS = 30


def count_rows(people: Select[UUID, UUID]) -> dict[UUID, dict[str, int]]:
    """Person to rows by table, those merged into them included; only tables that hold one.

    `people` is as `with_absorbed` gives it. Three statements, however many they are.
    """
    among = people.subquery("among")
    arms = [_arm(table, among) for table in tables_of_people() if table.name not in UNSHOWN]
    found: dict[UUID, dict[str, int]] = {}
    for first in range(0, len(arms), _ARMS):
        for name, whose, rows in db.session.execute(union_all(*arms[first : first + _ARMS])):
            found.setdefault(whose, {})[name] = rows
    return found


def _arm(table: Table, among: Subquery) -> Select[Any]:
    pairs = []
    for way in ways_of(table.name):
        pair = select(key_of(table).label("row_id"), among.c.whose).select_from(table)
        for step, after in pairwise(way):
            pair = pair.join(after.table, after.table.c.id == step)
        pairs.append(pair.join(among, among.c.key == way[-1]))
    rows = union_all(*pairs).subquery() if len(pairs) > 1 else pairs[0].subquery()
    return select(literal(table.name), rows.c.whose, func.count(distinct(rows.c.row_id))).group_by(
        rows.c.whose
    )


def in_all(counts: Mapping[UUID, Mapping[str, int]]) -> dict[str, int]:
    """Table to rows, over everybody."""
    total: Counter[str] = Counter()
    for held in counts.values():
        total.update(held)
    return dict(total)
