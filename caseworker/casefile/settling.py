"""What is due in one case, worked out anew from all that is known of it."""

from caseworker.contacts.queries import last_two_way_on
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.services import settle_contact_due, settle_plan_dues
from caseworker.plans.queries import plan_of


def settle_dues(enrolment: Enrolment) -> None:
    """Contact, plan and review: after something moved all of them at once, as a pause does."""
    db.session.flush()
    plan = plan_of(enrolment)
    settle_contact_due(enrolment, last_two_way_on(enrolment.id))
    if plan is None:
        settle_plan_dues(enrolment, None, None, None)
    else:
        settle_plan_dues(enrolment, plan.id, plan.agreed_on, plan.reviewed_on)
