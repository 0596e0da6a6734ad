"""What is due in one case, worked out anew from all that is known of it."""

from caseworker.contacts.services import settle_contacts
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.enrolments.services import settle_plan_dues
from caseworker.plans.queries import plan_of


def settle_dues(enrolment: Enrolment) -> None:
    """Contact, plan and review: after something moved all of them at once, as a pause does."""
    db.session.flush()
    plan = plan_of(enrolment)
    settle_contacts(enrolment)
    if plan is None:
        settle_plan_dues(enrolment, None, None, None)
    else:
        settle_plan_dues(enrolment, plan.id, plan.agreed_on, plan.reviewed_on)
