"""What must be known of somebody before anything else, in one column of a statement that runs anyway."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import BindParameter, ScalarSelect, func, select, union_all

from caseworker.risks import queries as risks

BETWEEN = "|"


def marks_column(participant_id: BindParameter[UUID]) -> ScalarSelect[str]:
    """Every mark of one person, as `kind:code`, joined. Each room says its own marks in a select."""
    every = union_all(risks.marks(participant_id)).subquery("marks")
    return select(func.aggregate_strings(every.c.mark, BETWEEN)).scalar_subquery()


def read_marks(joined: str | None) -> Mapping[str, list[str]]:
    """Codes by kind."""
    found: dict[str, list[str]] = defaultdict(list)
    for mark in (joined or "").split(BETWEEN):
        kind, _, code = mark.partition(":")
        if code:
            found[kind].append(code)
    return found
