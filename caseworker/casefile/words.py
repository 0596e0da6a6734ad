"""What the case pages call things: (words, kind of tag)."""

from datetime import date, datetime
from typing import Any

from flask_babel import gettext

from caseworker.core.calendar import uk_time
from caseworker.core.formatting import date_short
from caseworker.core.language import later as _
from caseworker.enrolments.rules import DueKind, Standing

# What stands in place of the status of somebody nothing may reach.
STOPPED: dict[str, tuple[Any, str]] = {
    "died": (_("Died"), "neutral"),
    "do_not_contact": (_("No contact"), "danger"),
}

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
    "appointment": _("Appointment"),
    "task": _("Task"),
}

STANDING: dict[str, tuple[Any, str]] = {
    Standing.OVERDUE: (_("Overdue"), "danger"),
    Standing.TODAY: (_("Today"), "warn"),
    Standing.COMING: (_("Next 7 days"), "info"),
    Standing.LATER: (_("Later"), "neutral"),
    Standing.UNKNOWN: (_("No day set"), "neutral"),
}

# What a list of things to do can be narrowed to, by its name in the address.
VIEW: dict[str, Any] = {
    "overdue": _("Overdue"),
    "today": _("Today"),
    "now": _("Due now"),
    "coming": _("Next 7 days"),
    "later": _("Later"),
    "unknown": _("No day set"),
}

UNFINISHED: dict[str, tuple[Any, Any, str]] = {
    "risk": (_("Risks to look at again"), _("Look at it again"), "risks.index"),
    "tutor": (_("Words from tutors"), _("Read it"), "care.messages"),
    "plan": (_("Plans nobody agreed to yet"), _("Agree the plan"), "plans.agree"),
    "changed": (_("Plans changed since they were agreed"), _("Agree the plan"), "plans.agree"),
    "barrier": (_("Serious barriers without a goal"), _("Add a goal"), "plans.add_goal"),
    "evidence": (_("Progressions without evidence"), _("Open progressions"), "progressions.index"),
    "referral": (_("Agencies to ask about a referral"), _("Open referrals"), "referrals.index"),
    "document": (_("Documents running out"), _("Open documents"), "documents.index"),
}

# Where each thing that is due is done.
DUE_PLACE: dict[str, tuple[Any, str]] = {
    DueKind.CONTACT: (_("Record a contact"), "contacts.new"),
    DueKind.PLAN: (_("Open the plan"), "plans.show"),
    DueKind.REVIEW: (_("Open the plan"), "plans.show"),
    DueKind.SUSTAINMENT: (_("Open progressions"), "progressions.index"),
}

DRAFT_OF: dict[str, Any] = {
    "appointments": _("Appointment or task"),
    "meetings": _("What came of an appointment"),
    "contacts": _("Contact"),
    "messages": _("Message taken"),
    "barriers": _("Barriers"),
    "plans": _("Plan"),
    "pauses": _("Pause of the clock"),
    "wellbeing": _("Wellbeing"),
    "support": _("Support given"),
    "progressions": _("Progression"),
    "courses": _("Class"),
    "intake": _("Referral or what is asked"),
    "handover": _("Handover"),
    "leaving": _("Leaving or starting again"),
    "documents": _("Document"),
    "referrals": _("Onward referral"),
}


KINDS: dict[str, Any] = {
    "contact": _("Contacts"),
    "work": _("Work for them"),
    "appointment": _("Appointments"),
    "plan": _("Plan"),
    "barrier": _("Barriers"),
    "wellbeing": _("Wellbeing"),
    "learning": _("Learning"),
    "support": _("Support given"),
    "progression": _("Progressions"),
    "paper": _("Documents and referrals"),
    "safety": _("Safety and visits"),
    "asked": _("What was asked and mended"),
    "milestone": _("Start and leaving"),
}

PURPOSES: dict[str, Any] = {
    "notice": _("Privacy notice"),
    "take_part": _("Taking part"),
    "share": _("Sharing"),
    "photo": _("Photo of them"),
    "story": _("Their story"),
    "contact_after": _("Contact after leaving"),
}

ANSWERS: dict[str, Any] = {"given": _("Yes"), "declined": _("No"), "not_asked": _("Not asked")}

# Why somebody may see a person.
REASONS: dict[str, Any] = {
    "enrolment": _("Leads of the programme (its administrators see who it is, no notes)"),
    "keyworker": _("Keyworker"),
    "course": _("Tutor"),
    "team_cover": _("Team cover"),
    "for_a_while": _("Stands in for the keyworker"),
    "reason": _("With a reason"),
}


def days_ago(instant: datetime | None, today: date) -> Any:
    """Today, yesterday, 9 days ago, then the date; empty for never."""
    if instant is None:
        return ""
    days = (today - uk_time(instant).date()).days
    if days <= 0:
        return gettext("Today")
    if days == 1:
        return gettext("Yesterday")
    return gettext("%(days)s days ago", days=days) if days < 100 else date_short(instant)
