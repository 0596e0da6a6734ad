"""Starting again: what is offered, and what comes of it. Nothing is filled in from the time before."""

from datetime import date

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.intake.forms import ReferralForm
from caseworker.intake.queries import programmes_to_refer_to
from caseworker.intake.services import in_keyworkers, record_referral
from caseworker.participants.details import PersonDetails
from caseworker.programmes.queries import caseworkers_of


class SecondStart:
    """A referral of somebody known, to a programme of the organisation that knows them."""

    def __init__(self, user: User, before: Enrolment) -> None:
        self.user, self.person = user, before.participant
        self.form = ReferralForm()
        self.programmes = {
            each.id: each
            for each in programmes_to_refer_to(user)
            if each.organisation_id == self.person.organisation_id
        }
        self.caseworkers = caseworkers_of(self.programmes.values())
        offered = {key: name for names in self.caseworkers.values() for key, name in names.items()}
        self.form.programme_id.options = [(str(key), each.name) for key, each in self.programmes.items()]
        self.form.keyworker_id.options = [(str(key), name) for key, name in offered.items()]

    def record(self, today: date) -> Enrolment:
        """Save it, once the form was found to be right. Raises RuleBroken, also when they are on it now."""
        form = self.form
        programme = self.programmes[form.programme_id.data]
        keyworker_id = in_keyworkers(self.caseworkers[programme.id], form.keyworker_id.data)
        return record_referral(
            self.known_as_it_is(),
            form.details,
            known=self.person,
            programme=programme,
            keyworker=db.session.get(User, keyworker_id) if keyworker_id else None,
            recorded_by=self.user,
            today=today,
        )

    def known_as_it_is(self) -> PersonDetails:
        """The person's own names: a second start changes nothing of who they are."""
        return PersonDetails(given_name=self.person.given_name, family_name=self.person.family_name)
