"""The top of every page of a case: who it is about, what to be careful of, and the parts of the case.

Templates of any feature extend `casefile/frame.html` with an `enrolment`; it asks here for the rest.
"""

from typing import Any

from flask import current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from caseworker.accounts.current import current_user
from caseworker.care.rules import in_words
from caseworker.casefile.marks import needs_marked, read_marks
from caseworker.casefile.overview import MarkedCase, cases_of
from caseworker.casefile.words import STATUS, STOPPED
from caseworker.core import clock
from caseworker.core.calendar import age_on
from caseworker.enrolments.models import Enrolment
from caseworker.lawful.rules import DIED
from caseworker.participants.models import Participant
from caseworker.participants.safety import care_of
from caseworker.risks.queries import measure_words

PARTS = (
    (lazy_gettext("Overview"), "casefile.show", ()),
    (lazy_gettext("Plan"), "plans.show", ("plans", "barriers")),
    (lazy_gettext("Timeline"), "casefile.timeline", ("contacts", "appointments", "meetings", "chronology")),
    (lazy_gettext("Wellbeing"), "wellbeing.index", ("wellbeing",)),
    (lazy_gettext("Support"), "support.index", ("support", "support_leads", "referrals")),
    (lazy_gettext("Progressions"), "progressions.index", ("progressions", "applications")),
    (lazy_gettext("Learning"), "courses.learning", ("courses",)),
    (lazy_gettext("About them"), "intake.later", ("intake", "documents")),
    (lazy_gettext("Safety"), "risks.index", ("risks", "care")),
)


def case_header(enrolment: Enrolment, every: list[MarkedCase] | None = None) -> dict[str, Any]:
    """Facts, tags, flags and parts. `every` spares the query where a page has the person's cases already."""
    person, today = enrolment.participant, clock.today()
    if every is None:
        every = cases_of(current_user(), person, today)
    status = next(case.status for case in every if case.enrolment_id == enrolment.id)
    words, kind = STOPPED.get(person.stopped or "", STATUS[status])
    marks = read_marks(every[0].marks)
    measures = measure_words(marks["risk"])
    needs = needs_marked(marks)
    return {
        "name": person.full_name,
        "reference": person.reference,
        "facts": [person.reference, *_age(person), enrolment.programme.name],
        "tags": [{"text": words, "kind": kind}],
        "flags": [
            *({"text": words, "kind": "danger"} for words in measures),
            *safety_flags(person),
            *({"text": words, "kind": "info"} for words in (in_words(needs) if needs else ())),
        ],
        "measures": measures,
        "needs": needs,
        "parts": [
            _part(words, endpoint, features, enrolment)
            for words, endpoint, features in PARTS
            if endpoint in current_app.view_functions
        ],
    }


def _age(person: Participant) -> list[str]:
    """How old they are; nothing of somebody who died."""
    if person.stopped == DIED:
        return []
    return [str(age_on(person.born_on, clock.today())) if person.born_on else _("age not known")]


def safety_flags(person: Participant) -> list[dict[str, Any]]:
    """What to know before reaching for the telephone."""
    flags: list[dict[str, Any]] = []
    if person.restricted:
        flags.append({"text": _("Restricted record"), "kind": "danger"})
    flags += [{"text": words, "kind": "danger"} for words in care_of(person)]
    return flags


def _part(words: Any, endpoint: str, features: tuple[str, ...], enrolment: Enrolment) -> dict[str, Any]:
    here = request.endpoint == endpoint or request.blueprint in features
    return {"label": words, "href": url_for(endpoint, enrolment_id=enrolment.id), "current": here}
