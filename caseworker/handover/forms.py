"""Choosing who is handed over, to whom and how: two answers where it is for good."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _

from caseworker.accounts.models import User
from caseworker.core.clock import today
from caseworker.core.fields import ChoiceField, ChoicesField, DateField
from caseworker.core.forms import CaseForm
from caseworker.enrolments.models import Enrolment
from caseworker.handover.rules import FOR_A_WHILE, FOR_GOOD, TEAM_COVER, Terms

KIND_WORDS = {
    FOR_GOOD: _("For good"),
    FOR_A_WHILE: _("For a while: they return by themselves"),
    TEAM_COVER: _("Cover by a team: opened to several colleagues for these days"),
}


class HandoverForm(CaseForm):
    enrolment = ChoicesField(_("Whom"), options=(), noun=_("at least one person to hand over"))
    to_id = ChoiceField(
        _("Who takes them"), options=(), component="select", coerce=UUID, noun=_("who takes them")
    )
    reason = ChoiceField(_("Why"), list="handover_reason", component="select", noun=_("the reason"))
    kind = ChoiceField(
        _("For how long"),
        options=list(KIND_WORDS.items()),
        component="radios",
        noun=_("for how long"),
    )
    from_on = DateField(_("First day"), width=10, noun=_("the first day"))
    until_on = DateField(
        _("Last day"),
        optional=True,
        width=10,
        noun=_("the last day"),
        hint=_("Like 4 12 26 or next fri. Leave it empty for good"),
    )
    team = ChoicesField(_("The team"), options=(), optional=True, noun=_("the team"))

    def offer(self, cases: Sequence[Enrolment], colleagues: Sequence[User], you: User) -> None:
        """Set what is known only now: whom one may hand over, and to whom. Oneself comes first."""
        self.enrolment.options = [(str(case.id), case.participant.reference) for case in cases]
        named = [(str(one.id), one.name) for one in colleagues if one.id != you.id]
        own = [(str(you.id), f"{you.name} (you)")] if any(one.id == you.id for one in colleagues) else []
        self.to_id.options = [*own, *named]
        self.team.options = [*own, *named]

    def validate(self, extra_validators: Any = None) -> bool:
        # A team takes the place of the one colleague.
        self.to_id.optional = self.kind.data == TEAM_COVER
        return bool(super().validate(extra_validators=extra_validators))

    @property
    def opens(self) -> bool:
        """The folded part holds something, or something there is wrong."""
        return (
            self.kind.data not in (None, FOR_GOOD)
            or bool(self.until_on.raw or self.team.data)
            or any(field.errors for field in (self.kind, self.from_on, self.until_on, self.team))
        )

    @property
    def to_ids(self) -> list[UUID]:
        """Whom they go to; only after the form was found to be right."""
        if self.kind.data == TEAM_COVER:
            return [UUID(key) for key in self.team.data]
        return [self.to_id.data] if self.to_id.data else []

    @property
    def terms(self) -> Terms:
        return Terms(self.kind.data, self.reason.data, self.from_on.data, self.until_on.data)


def opening_values() -> dict[str, object]:
    """As the form stands when it is opened."""
    return {"kind": FOR_GOOD, "from_on": today()}
