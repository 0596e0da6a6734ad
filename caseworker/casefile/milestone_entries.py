"""The start, handovers and the end of a time on a programme, in the words of the timeline."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _

from caseworker.core.codes import label
from caseworker.core.formatting import date_short, date_uk

Words = tuple[str, dict[str, Any]]


def _start(row: Any, _enrolment_id: Any) -> Words:
    source = _("referred by: %(source)s", source=label("referral_source", row.code))
    return _("Support started"), {"facts": (source,), "tags": ((_("Start"), "brand"),)}


def _handover(row: Any, _enrolment_id: Any) -> Words:
    facts = [_("to %(names)s", names=row.words), label("handover_reason", row.second)]
    if row.day:
        facts.append(_("until %(day)s", day=date_short(row.day)))
        return _("Colleagues stand in"), {"facts": tuple(facts)}
    return _("Handed over"), {"facts": tuple(facts)}


def _exit(row: Any, _enrolment_id: Any) -> Words:
    if row.code == "did_not_start":
        return _("Did not start"), {"facts": (_("the referral was closed"),)}
    return _("Left the programme"), {"facts": (label("exit_reason", row.code),)}


def _moved(row: Any, _enrolment_id: Any) -> Words:
    """Nothing of what it was: it belongs to somebody else."""
    return _("Entry moved, %(day)s", day=date_uk(row.day)), {}


def _statement(row: Any, _enrolment_id: Any) -> Words:
    """What somebody says about an entry that was not changed, beside it."""
    said = _("said on %(day)s", day=date_short(row.day))
    tags = ((_("Their own word"), "info"),)
    return _("They do not agree: %(title)s", title=row.words), {"facts": (said,), "tags": tags}


MILESTONE_WORDS: dict[str, Callable[[Any, Any], Words]] = {
    "start": _start,
    "handover": _handover,
    "exit": _exit,
    "moved": _moved,
    "statement": _statement,
}
