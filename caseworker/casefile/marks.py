"""What must be known of somebody before anything else, in one column of a statement that runs anyway."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import BindParameter, ScalarSelect, func, select, union_all

from caseworker.care import queries as care
from caseworker.care.rules import ENGLISH, NONE, NeedsSaid
from caseworker.risks import queries as risks

BETWEEN = "|"


def marks_column(participant_id: BindParameter[UUID]) -> ScalarSelect[str]:
    """Every mark of one person, as `kind:code`, joined. Each room says its own marks in a select."""
    every = union_all(risks.marks(participant_id), care.marks(participant_id)).subquery("marks")
    return select(func.aggregate_strings(every.c.mark, BETWEEN)).scalar_subquery()


def read_marks(joined: str | None) -> Mapping[str, list[str]]:
    """Codes by kind."""
    found: dict[str, list[str]] = defaultdict(list)
    for mark in (joined or "").split(BETWEEN):
        kind, _, code = mark.partition(":")
        if code:
            found[kind].append(code)
    return found


def needs_marked(marks: Mapping[str, list[str]]) -> NeedsSaid | None:
    """What somebody needs, from their marks; None: nobody has asked them."""
    if "language" not in marks:
        return None
    return NeedsSaid(
        language=next(iter(marks["language"]), ENGLISH),
        interpreter=next(iter(marks["interpreter"]), NONE),
        large_print="large_print" in marks,
        easy_read="easy_read" in marks,
        reads_with_help="reads_with_help" in marks,
    )
