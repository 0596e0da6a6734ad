"""The second page of a referral: what it offers, whom it warns of, and what comes of it."""

from datetime import date
from uuid import UUID

from flask_babel import gettext as _

from caseworker.accounts.models import User
from caseworker.controllers.sharing import known_elsewhere
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.intake import services
from caseworker.intake.forms import SOMEBODY_NEW, ReferralForm
from caseworker.intake.queries import programmes_to_refer_to
from caseworker.participants.details import PersonDetails
from caseworker.participants.matching import Match, likely_same
from caseworker.participants.models import Participant
from caseworker.programmes.queries import caseworkers_of


class SecondPage:
    """A referral to one of the programmes of a user, of the person described on the first page."""

    def __init__(self, user: User, who: PersonDetails, form: ReferralForm) -> None:
        self.user, self.who, self.form = user, who, form
        self.programmes = {programme.id: programme for programme in programmes_to_refer_to(user)}
        self.caseworkers = caseworkers_of(self.programmes.values())
        form.programme_id.options = [(str(key), each.name) for key, each in self.programmes.items()]
        offered = {key: name for names in self.caseworkers.values() for key, name in names.items()}
        form.keyworker_id.options = [(str(key), name) for key, name in offered.items()]
        if not form.is_submitted():
            self._preset(offered)
        self.matches = self._find_matches()
        self.elsewhere = self._known_elsewhere()
        self._ask_who()

    def _preset(self, offered: dict[UUID, str]) -> None:
        if len(self.programmes) == 1:
            self.form.programme_id.data = str(next(iter(self.programmes)))
        if self.user.id in offered:
            self.form.keyworker_id.data = str(self.user.id)

    def _organisation_id(self) -> UUID | None:
        """The controller whose people are looked through: that of the programme, or the only one there is."""
        picked = next(
            (each for key, each in self.programmes.items() if str(key) == str(self.form.programme_id.data)),
            None,
        )
        every = {each.organisation_id for each in self.programmes.values()}
        if picked is not None:
            return picked.organisation_id
        return every.pop() if len(every) == 1 else None

    def _find_matches(self) -> list[Match]:
        organisation_id = self._organisation_id()
        if organisation_id is None:
            return []
        return likely_same(self.user, organisation_id, self.who.compared())

    def _known_elsewhere(self) -> list[str]:
        """Organisations that agreed to say that they may know somebody; nothing else of theirs is shown."""
        organisation_id = self._organisation_id()
        if organisation_id is None:
            return []
        return known_elsewhere(self.user, organisation_id, self.who.compared(), clock.today())

    def _ask_who(self) -> None:
        self.form.same_as.optional = not self.matches
        known = [match.participant for match in self.open]
        self.form.same_as.options = [
            *(
                (
                    str(person.id),
                    _(
                        "The same person as %(name)s, %(reference)s",
                        name=person.full_name,
                        reference=person.reference,
                    ),
                )
                for person in known
            ),
            (SOMEBODY_NEW, _("A different person")),
        ]

    def record(self, today: date) -> Enrolment:
        """Save the referral, once the form was found to be right. Raises RuleBroken."""
        form = self.form
        programme = self.programmes[form.programme_id.data]
        keyworker_id = services.in_keyworkers(self.caseworkers[programme.id], form.keyworker_id.data)
        return services.record_referral(
            self.who,
            form.details,
            known=self._chosen(),
            programme=programme,
            keyworker=db.session.get(User, keyworker_id) if keyworker_id else None,
            recorded_by=self.user,
            today=today,
        )

    def _chosen(self) -> Participant | None:
        picked = self.form.same_as.data
        return next((each.participant for each in self.open if str(each.participant.id) == picked), None)

    @property
    def open(self) -> list[Match]:
        """Those who may be said to be the same: a referral opens the whole record to its keyworker."""
        return [match for match in self.matches if match.open_to_user]

    @property
    def named(self) -> list[Match]:
        return [match for match in self.matches if match.named_to_user]

    @property
    def hidden(self) -> list[Match]:
        return [match for match in self.matches if not match.named_to_user]
