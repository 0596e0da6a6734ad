"""Everything the case page shows, gathered in one place so that its queries can be counted."""

from datetime import date
from typing import Any

from flask import current_app, url_for

from caseworker.accounts.models import User
from caseworker.accounts.permissions import Permission, may
from caseworker.casefile import overview
from caseworker.casefile.entries import entry
from caseworker.casefile.header import case_header
from caseworker.casefile.queries import Case
from caseworker.casefile.readers import readers_of
from caseworker.casefile.timeline import read_timeline
from caseworker.casefile.words import ANSWERS, DUE, PURPOSES, REASONS, STANDING, STATUS, days_ago
from caseworker.contacts.queries import climb_of
from caseworker.core.clock import now
from caseworker.core.codes import label
from caseworker.core.language import later as _
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.rules import standing
from caseworker.intake.summaries import asked_so_far

RECENT = 12

BOOKING = "appointments.new"
MEETING = frozenset({BOOKING, "visits.to_case"})
BUTTONS = (
    (_("Appointment"), BOOKING),
    (_("Visit"), "visits.to_case"),
    (_("Task"), "appointments.new_task_for"),
    (_("Barriers"), "barriers.assess"),
    (_("Wellbeing"), "wellbeing.new"),
    (_("Progression"), "progressions.new"),
    (_("Story"), "handover.story"),
)
STILL_HERE = ((_("Leave the programme"), "leaving.leave"),)
NOT_STARTED = ((_("They did not start"), "intake.non_start"),)
HAS_LEFT = ((_("Start again"), "leaving.start_again"), (_("Leaving"), "leaving.leave"))
PLACES = {
    "plan": "plans.show",
    "barriers": "barriers.index",
    "wellbeing": "wellbeing.index",
    "progressions": "progressions.index",
}


def case_page(user: User, enrolment: Enrolment, today: date) -> dict[str, Any]:
    """The context of `casefile/show.html`."""
    person = enrolment.participant
    every = overview.cases_of(user, person, today)
    recent, ahead = read_timeline(enrolment.id, limit=RECENT), overview.ahead_of(enrolment.id)
    case = next(case for case in every if case.enrolment_id == enrolment.id)
    return {
        "enrolment": enrolment,
        "header": case_header(enrolment, every),
        "case": case,
        "climb": climb_of(enrolment) if _is_tried(case) and not person.stopped else None,
        "others": [case for case in every if case.enrolment_id != enrolment.id],
        "entries": [entry(row, enrolment.id) for row in recent.rows],
        "happened": recent.total,
        "open_dues": [each for each in ahead if each.kind not in (overview.BOOKED, overview.TASK)],
        "tasks": [each for each in ahead if each.kind == overview.TASK],
        "booked": [each for each in ahead if each.kind == overview.BOOKED],
        "goals": overview.open_goals(enrolment.id),
        "barriers": overview.open_barriers(enrolment.id),
        "wellbeing": overview.latest_wellbeing(enrolment.id),
        "progressions": overview.progressions_of(enrolment.id),
        "asked": asked_so_far(enrolment, today),
        "readers": readers_of(person.id, today),
        "today": today,
        "now": now(),
        "may_merge": may(user, Permission.PERSON_MERGE),
    } | _words(enrolment)


def _is_tried(case: Case) -> bool:
    """Nobody spoke with them since somebody tried: only then is the ladder asked."""
    if case.exited_on is not None or case.last_attempt_at is None:
        return False
    return case.last_two_way_at is None or case.last_attempt_at > case.last_two_way_at


def _words(enrolment: Enrolment) -> dict[str, Any]:
    known = current_app.view_functions
    here = STILL_HERE if enrolment.started_on else NOT_STARTED
    every = BUTTONS + (HAS_LEFT if enrolment.exited_on else here)
    return {
        "buttons": [
            (words, endpoint)
            for words, endpoint in every
            if endpoint in known and not (endpoint in MEETING and enrolment.participant.stopped)
        ],
        "places": {
            name: url_for(endpoint, enrolment_id=enrolment.id)
            for name, endpoint in PLACES.items()
            if endpoint in known
        },
        "statuses": STATUS,
        "standings": STANDING,
        "standing": standing,
        "dues": DUE,
        "days_ago": days_ago,
        "labels": label,
        "purposes": PURPOSES,
        "answers": ANSWERS,
        "reasons": REASONS,
    }
