"""Rows of `paper_parts` in words."""

from collections.abc import Callable
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from caseworker.core.codes import label
from caseworker.core.formatting import date_short

Words = tuple[str, dict[str, Any]]


def _document(row: Any, enrolment_id: Any) -> Words:
    facts = [label("document_kind", row.code)]
    if row.day:
        facts.append(_("holds until %(day)s", day=date_short(row.day)))
    seen = (_("Original seen"), "ok") if row.flag else (_("Copy only"), "warn")
    place = url_for("documents.index", enrolment_id=enrolment_id)
    return _("Document"), {"facts": tuple(facts), "tags": (seen,), "link": place, "link_words": _("Open")}


def _referral(row: Any, enrolment_id: Any) -> Words:
    facts = [row.words, label("referral_reason", row.code).lower()]
    if row.day:
        facts.append(_("sent on %(day)s", day=date_short(row.day)))
    title = _("Told about an agency") if row.flag else _("Referred on")
    return title, {"facts": tuple(facts), **_place(enrolment_id)}


def _closed(row: Any, enrolment_id: Any) -> Words:
    facts = (row.words, label("referral_result", row.code).lower())
    return _("What came of a referral"), {"facts": facts, **_place(enrolment_id)}


def _place(enrolment_id: Any) -> dict[str, str]:
    return {"link": url_for("referrals.index", enrolment_id=enrolment_id), "link_words": _("Open")}


PAPER_WORDS: dict[str, Callable[[Any, Any], Words]] = {
    "document": _document,
    "referral": _referral,
    "referral_closed": _closed,
}
