"""Rows of `safety_parts` in words: what to do, never the fact behind it."""

from collections.abc import Callable
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from caseworker.core.codes import label
from caseworker.core.formatting import date_short

Words = tuple[str, dict[str, Any]]


def _risk(row: Any, enrolment_id: Any) -> Words:
    return _("Risk written down"), {"facts": (label("risk_measure", row.code),), **_place(enrolment_id)}


def _review(row: Any, enrolment_id: Any) -> Words:
    facts = [label("risk_measure", row.code)]
    if row.day:
        facts.append(_("again by %(day)s", day=date_short(row.day)))
    title = _("Risk looked at again") if row.day else _("Risk ended")
    return title, {"facts": tuple(facts), **_place(enrolment_id)}


def _visit(row: Any, _enrolment_id: Any) -> Words:
    return _("Visit"), {"tags": ((_("Back"), "ok") if row.flag else (_("Out"), "warn"),)}


def _place(enrolment_id: Any) -> dict[str, str]:
    return {"link": url_for("risks.index", enrolment_id=enrolment_id), "link_words": _("Open")}


SAFETY_WORDS: dict[str, Callable[[Any, Any], Words]] = {
    "risk": _risk,
    "risk_review": _review,
    "visit": _visit,
}
