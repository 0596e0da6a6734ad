"""What was asked of somebody, in the words of the timeline."""

from collections.abc import Callable
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from caseworker.core.codes import label
from caseworker.core.formatting import date_short
from caseworker.intake.words import ANSWER, PURPOSE, STANDING

Words = tuple[str, dict[str, Any]]


def _about(row: Any) -> str:
    return f"{PURPOSE.get(row.code, row.code)}" + (f": {row.words}" if row.words else "")


def _agreed(row: Any, _enrolment_id: Any) -> Words:
    facts = [_about(row), *([label("agreed_how", row.third)] if row.third else [])]
    kind = "ok" if row.second == "given" else "neutral"
    tags = ((str(ANSWER.get(row.second, row.second)), kind),)
    return _("Asked what they agree to"), {"facts": tuple(facts), "tags": tags}


def _withdrawn(row: Any, _enrolment_id: Any) -> Words:
    return _("Agreement withdrawn"), {"facts": (_about(row),), "tags": ((_("Withdrawn"), "danger"),)}


def _stopped(row: Any, enrolment_id: Any) -> Words:
    said = _("They died") if row.code == "died" else _("They asked us not to contact them")
    facts = [said]
    if row.day:
        facts.append(_("contact again since %(day)s", day=date_short(row.day)))
    place = url_for("intake.stop", enrolment_id=enrolment_id)
    return _("All contact stopped"), {"facts": tuple(facts), "link": place, "link_words": _("Open")}


def _eligible(row: Any, enrolment_id: Any) -> Words:
    facts = [row.third] if row.third else []
    if row.day:
        facts.append(_("holds until %(day)s", day=date_short(row.day)))
    words, kind = STANDING[row.second]
    place = url_for("intake.eligibility", enrolment_id=enrolment_id)
    return _("Eligibility checked"), {
        "facts": tuple(facts),
        "tags": ((str(words), kind),),
        "link": place,
        "link_words": _("Open"),
    }


def _status(row: Any, _enrolment_id: Any) -> Words:
    facts = [label("economic_status", row.code), *([label("benefit", row.second)] if row.second else [])]
    return _("Work and benefits"), {"facts": tuple(facts)}


ASKED_WORDS: dict[str, Callable[[Any, Any], Words]] = {
    "agreed": _agreed,
    "withdrawn": _withdrawn,
    "stopped": _stopped,
    "eligible": _eligible,
    "status": _status,
}
