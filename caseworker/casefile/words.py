"""What the case pages call things: (words, kind of tag)."""

from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _

from caseworker.core.calendar import uk_time
from caseworker.core.formatting import date_short
from caseworker.enrolments.rules import DueKind, Standing

STATUS: dict[str, tuple[Any, str]] = {
    "referred": (_("Referred"), "warn"),
    "on_programme": (_("On programme"), "brand"),
    "in_training": (_("In training"), "info"),
    "in_work": (_("In work"), "ok"),
    "sustained": (_("Work has lasted"), "ok"),
    "out_of_touch": (_("Out of touch"), "danger"),
    "left": (_("Left"), "neutral"),
}

DUE: dict[str, Any] = {
    DueKind.CONTACT: _("Contact"),
    DueKind.PLAN: _("Agree the plan"),
    DueKind.REVIEW: _("Plan review"),
    DueKind.SUSTAINMENT: _("Still in work?"),
}

STANDING: dict[str, tuple[Any, str]] = {
    Standing.OVERDUE: (_("Overdue"), "danger"),
    Standing.TODAY: (_("Today"), "warn"),
    Standing.COMING: (_("Next 7 days"), "info"),
    Standing.LATER: (_("Later"), "neutral"),
}

# Where each thing that is due is done.
DUE_PLACE: dict[str, tuple[Any, str]] = {
    DueKind.CONTACT: (_("Record a contact"), "contacts.new"),
    DueKind.PLAN: (_("Open the plan"), "plans.show"),
    DueKind.REVIEW: (_("Open the plan"), "plans.show"),
    DueKind.SUSTAINMENT: (_("Open progressions"), "progressions.index"),
}

DRAFT_OF: dict[str, Any] = {
    "contacts": _("Contact"),
    "barriers": _("Barriers"),
    "plans": _("Plan"),
    "wellbeing": _("Wellbeing"),
    "progressions": _("Progression"),
    "courses": _("Class"),
}


def days_ago(instant: datetime | None, today: date) -> Any:
    """Today, yesterday, 9 days ago, then the date; empty for never."""
    if instant is None:
        return ""
    days = (today - uk_time(instant).date()).days
    if days <= 0:
        return _("Today")
    if days == 1:
        return _("Yesterday")
    return _("%(days)s days ago", days=days) if days < 100 else date_short(instant)
