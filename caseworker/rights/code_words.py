"""The words of a code in a pack: a person never reads `white_other` or `take_part`."""

import re
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column

from caseworker.core.codes import label
from caseworker.intake.questions import QUESTIONS

_NAMED = re.compile(r"[Cc]ode list (\w+)")
_LIKE_A_CODE = re.compile(r"[a-z]+(_[a-z0-9]+)+")
# Lists of columns whose comment names none; by table where the same name means different things.
LISTS: Mapping[str, str] = {
    "agreement.purpose": "agreement_purpose",
    "agreement.answer": "agreement_answer",
    "equality_answer.state": "barrier_state",
    "barrier_assessment.state": "barrier_state",
    "readiness_item.state": "readiness_state",
    "benefit_at_start": "benefit",
    "theme": "barrier_theme",
    "horizon": "goal_horizon",
    "goal.drop_reason": "goal_drop_reason",
    "action.drop_reason": "action_drop_reason",
    "leave_reason": "course_leave_reason",
    "correction_reason": "correction_reason",
    "direction": "contact_direction",
    "agreed_how": "agreed_how",
    "pay_period": "pay_period",
    "progression.end_reason": "job_end_reason",
    "sustainment_check.result": "sustainment_result",
    "survey_response.mode": "survey_mode",
}
_OF_QUESTION = {each.code: each.list for each in QUESTIONS}
_NAMES = {"ons4": "Four questions on wellbeing (ONS4)", "swemwbs": "Seven questions on wellbeing (SWEMWBS)"}


def words_of(column: Column[Any], value: str, row: Mapping[str, Any]) -> str:
    """A short text of a row as a person reads it; `row` is the whole of it."""
    named = _NAMED.search(column.comment or "")
    table = column.table.name if column.table is not None else ""
    key = f"{table}.{column.name}"
    found = named[1] if named else LISTS.get(key) or LISTS.get(column.name)
    if key == "equality_answer.answer":
        found = _OF_QUESTION.get(str(row.get("question")))
    if found:
        return coded(found, value)
    return _NAMES.get(value) or (value.replace("_", " ") if _LIKE_A_CODE.fullmatch(value) else value)


def coded(list_name: str, code: str) -> str:
    """The words of a code; one that no list knows any more is given as it stands."""
    try:
        return label(list_name, code)
    except (KeyError, ValueError):
        return code.replace("_", " ")
