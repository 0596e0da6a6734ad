"""Rows of `work_parts` in words."""

from typing import Any

from flask_babel import gettext as _

from caseworker.core.codes import label
from caseworker.core.formatting import date_short, minutes, pounds

Words = tuple[str, dict[str, Any]]
CHECKED = {"still_there": "ok", "left": "neutral", "not_known": "warn"}


def _with(row: Any, *more: str) -> tuple[str, ...]:
    return tuple(each for each in (row.words, *more) if each)


def _check(row: Any, _enrolment_id: Any) -> Words:
    tags = ((label("sustainment_result", row.code), CHECKED[row.code]),)
    return _("Asked whether they are still there"), {
        "facts": _with(row, label("evidence_level", row.second)),
        "tags": tags,
    }


def _proof(row: Any, _enrolment_id: Any) -> Words:
    return _("Evidence added"), {"facts": _with(row), "tags": ((label("evidence_level", row.code), "info"),)}


def _terms(row: Any, _enrolment_id: Any) -> Words:
    week = _("%(time)s a week", time=minutes(row.number)) if row.number is not None else ""
    pay = f"{pounds(row.one)} {label('pay_period', row.third).lower()}" if row.one is not None else ""
    return _("Hours, pay or contract changed"), {"facts": _with(row, week, pay)}


def _break(row: Any, _enrolment_id: Any) -> Words:
    until = _("until %(day)s", day=date_short(row.day)) if row.day else _("no last day known")
    return _("A break from work"), {"facts": _with(row, until)}


def _readiness(row: Any, _enrolment_id: Any) -> Words:
    noted = sorted(pair.split("/") for pair in (row.words or "").split(",") if pair)
    said = [
        f"{label('readiness_item', item)}: {label('readiness_state', state).lower()}" for item, state in noted
    ]
    return _("Ready for work"), {"text": "\n".join(said)}


def _application(row: Any, _enrolment_id: Any) -> Words:
    stage = label("application_stage", row.code)
    return _("Application: %(stage)s", stage=stage.lower()), {"facts": _with(row)}


WORK_WORDS = {
    "work_check": _check,
    "work_proof": _proof,
    "work_terms": _terms,
    "work_break": _break,
    "readiness": _readiness,
    "application": _application,
}
