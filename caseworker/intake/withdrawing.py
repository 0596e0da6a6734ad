"""Taking back an agreement: what follows is counted from what there is now, said, and then done."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select

from caseworker.core.codes import label
from caseworker.core.db import db
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.enrolments.rules import DueKind
from caseworker.lawful.limits import by_rule
from caseworker.lawful.models import LawfulBasis
from caseworker.lawful.queries import bases_of
from caseworker.participants import agreed
from caseworker.participants.models import Agreement, ParticipantAccess
from caseworker.participants.queries import lasting
from caseworker.progressions.services import settle_follow_ups
from caseworker.referrals.models import OnwardReferral
from caseworker.referrals.queries import open_resting_on

CHANGED_MIND = "changed_mind"
CONSENT = "consent"
# Purposes of a basis that a withdrawal does not touch.
KEPT = ("support", "equality", "reporting", "safeguarding")


@dataclass(frozen=True)
class Effect:
    """What ends with a withdrawal, and what stays and on which basis: sentences, in order."""

    ends: list[str]
    keeps: list[str]


def effect_of(row: Agreement, enrolment: Enrolment, today: date) -> Effect:
    """Counted now: nothing of it is written down anywhere else."""
    find = {
        agreed.SHARE: _sharing,
        "photo": _pictures,
        "story": _pictures,
        agreed.CONTACT_AFTER: _follow_up,
        "take_part": _taking_part,
    }.get(row.purpose)
    ends = find(row, today) if find else []
    return Effect(ends + _readers(row, today), _kept(enrolment, today))


def withdraw(row: Agreement, *, withdrawn_on: date, today: date) -> None:
    """They take it back: referrals that rest on it are closed, readers go, nobody is asked afterwards.

    Raises RuleBroken as `agreed.withdraw_agreement`.
    """
    agreed.withdraw_agreement(row, withdrawn_on=withdrawn_on, today=today)
    with by_rule():
        for referral in open_resting_on(row.id):
            referral.result, referral.closed_on, referral.chase_on = CHANGED_MIND, withdrawn_on, None
        db.session.flush()
    follow(row)


def put_back(row: Agreement, *, today: date) -> None:
    """Undo: what the withdrawal closed is open again. Raises RuleBroken after 30 days."""
    withdrawn_on = row.withdrawn_on
    agreed.put_back_agreement(row, today=today)
    with by_rule():
        for referral in _closed_by(row.id, withdrawn_on):
            referral.result = referral.closed_on = None
        db.session.flush()
    follow(row)


def follow(row: Agreement) -> None:
    """Whoever says no to contact after leaving is not asked whether work lasted."""
    if row.purpose == agreed.CONTACT_AFTER:
        settle_follow_ups(row.participant_id)


def _closed_by(agreement_id: UUID, day: date | None) -> list[OnwardReferral]:
    referral = OnwardReferral
    return list(
        db.session.scalars(
            select(referral).where(
                referral.agreement_id == agreement_id,
                referral.result == CHANGED_MIND,
                referral.closed_on == day,
                referral.voided_at.is_(None),
            )
        )
    )


def _sharing(row: Agreement, _today: date) -> list[str]:
    referrals = open_resting_on(row.id)
    said = [_("Sharing with %(agency)s ends: lists and exports leave them out.", agency=row.agency)]
    if referrals:
        said.append(
            ngettext(
                "%(num)s referral to them stops, and they are not chased about it.",
                "%(num)s referrals to them stop, and they are not chased about them.",
                len(referrals),
            )
        )
    return [*said, _("What was shared before cannot be called back. Tell the agency.")]


def _pictures(row: Agreement, _today: date) -> list[str]:
    uses = [label("picture_use", each) for each in agreed.uses_of(row)]
    what = _("No photo of them is used") if row.purpose == "photo" else _("Their story is not told")
    if not uses:
        return [what + ".", _("Take down what is already shown where you can.")]
    where = ", ".join(uses)
    return [
        _("%(what)s any more. They had agreed to: %(where)s.", what=what, where=where),
        _("Take down what is shown there where you can."),
    ]


def _follow_up(row: Agreement, _today: date) -> list[str]:
    cases = select(Enrolment.id).where(
        Enrolment.participant_id == row.participant_id, Enrolment.voided_at.is_(None)
    )
    asked = db.session.scalar(
        select(func.count(DueItem.id)).where(
            DueItem.enrolment_id.in_(cases),
            DueItem.kind == DueKind.SUSTAINMENT,
            DueItem.closed_on.is_(None),
        )
    )
    said = [_("After they leave nobody gets in touch: no follow-up, no survey, no message.")]
    if asked:
        said.append(
            ngettext(
                "%(num)s check whether work lasted is not asked once they have left.",
                "%(num)s checks whether work lasted are not asked once they have left.",
                asked,
            )
        )
    return said


def _taking_part(_row: Agreement, _today: date) -> list[str]:
    return [
        _("Nothing stops by itself: talk with them first."),
        _("If they want no more support, record that they left."),
    ]


def _readers(row: Agreement, today: date) -> list[str]:
    """Who sees the record because of this agreement, and will not."""
    access = ParticipantAccess
    count = db.session.scalar(
        select(func.count(access.id)).where(access.because_id == row.id, lasting(today))
    )
    if not count:
        return []
    words = "Access of %(num)s reader to the record ends."
    return [ngettext(words, "Access of %(num)s readers to the record ends.", count)]


def _kept(enrolment: Enrolment, today: date) -> list[str]:
    """What stays, purpose by purpose, on a basis that is not consent."""
    bases = [row for row in bases_of(enrolment.programme_id, today) if row.purpose in KEPT]
    said = [_basis_words(row) for row in bases if row.article_6 != CONSENT]
    return said or [_("Their record stays, and those who work with them still see it.")]


def _basis_words(row: LawfulBasis) -> str:
    words: str = _(
        "%(purpose)s: kept, on the basis “%(basis)s”, for %(months)s months from %(start)s.",
        purpose=label("processing_purpose", row.purpose),
        basis=label("article_6_basis", row.article_6).lower(),
        months=row.keep_months,
        start=label("keep_from", row.keep_from).lower(),
    )
    return words
