"""Sending somebody on: consent checked first, each step with its day, the agency chased, a result."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from caseworker.accounts.models import User
from caseworker.core.codes import code
from caseworker.core.db import db, refused_as
from caseworker.core.errors import RuleBroken
from caseworker.core.formatting import date_uk
from caseworker.core.taking_back import take_back
from caseworker.enrolments.models import Enrolment
from caseworker.referrals.models import Agency, OnwardReferral
from caseworker.referrals.queries import agencies_of, agreement_with
from caseworker.referrals.rules import PATIENCE, check_days


@dataclass(frozen=True)
class ReferralDetails:
    """What was typed of a referral. `sent_on` None: they were told about it and nothing was shared."""

    reason: str
    shared: Sequence[str]
    sent_on: date | None
    words: str | None
    chase_on: date | None = None


def find_agency(organisation_id: UUID, name: str, *, named_by: User) -> Agency:
    """The agency of this name, letters' case aside; a new one if there is none yet."""
    for agency in agencies_of(organisation_id):
        if agency.name.lower() == name.lower():
            return agency
    agency = Agency(organisation_id=organisation_id, name=name, entered_by_id=named_by.id)
    with refused_as(uq_agency_organisation_id=RuleBroken("Somebody has just added it. Choose it", "agency")):
        db.session.add(agency)
    return agency


def refer_on(
    enrolment: Enrolment, agency: Agency, details: ReferralDetails, *, referred_by: User, today: date
) -> OnwardReferral:
    """Record a referral, or that somebody was only told about an agency.

    Raises RuleBroken when something would be shared without their yes to this agency by name, or before it
    was given, with nothing ticked that was shared, or on a day ahead.
    """
    code("referral_reason", details.reason)
    agreement = None
    if details.sent_on is not None:
        check_days(today, sent_on=details.sent_on)
        if not details.shared:
            raise RuleBroken("Select what was shared", "shared")
        for each in details.shared:
            code("shared_kind", each)
        agreement = agreement_with(enrolment.participant_id, agency.name)
        if agreement is None:
            raise RuleBroken(
                f"They have not said yes to sharing with {agency.name}. Ask them, record their answer under "
                "“Record that they said yes”, then save this again: it is kept as a draft",
                "agency",
            )
        if agreement.given_on > details.sent_on:
            since = date_uk(agreement.given_on)
            raise RuleBroken(f"They said yes on {since}: nothing may be sent before that", "sent_on")
    referral = OnwardReferral(
        enrolment=enrolment,
        agency=agency,
        reason=details.reason,
        signposted_only=details.sent_on is None,
        shared=list(details.shared) if details.sent_on else [],
        agreement_id=agreement.id if agreement else None,
        words=details.words,
        sent_on=details.sent_on,
        chase_on=_chase(details, today),
        entered_by_id=referred_by.id,
    )
    db.session.add(referral)
    return referral


def _chase(details: ReferralDetails, today: date) -> date | None:
    if details.chase_on is not None and details.chase_on < today:
        raise RuleBroken("The day to ask must be today or later", "chase_on")
    return details.chase_on or (details.sent_on and max(details.sent_on, today) + PATIENCE)


def follow_referral(
    referral: OnwardReferral,
    *,
    accepted_on: date | None,
    attended_on: date | None,
    result: str | None,
    closed_on: date | None,
    chase_on: date | None,
    today: date,
) -> None:
    """What is known of it by now; a result closes it, today unless told, and ends the chase.

    Raises RuleBroken for days ahead or out of order, or a result that says something else than the days.
    """
    check_days(
        today,
        sent_on=referral.sent_on,
        accepted_on=accepted_on,
        attended_on=attended_on,
        closed_on=closed_on if result else None,
    )
    if result is not None:
        went = code("referral_result", result).flag("went")
        if attended_on is not None and result == "did_not_go":
            raise RuleBroken("You entered a day they went. Choose another result, or empty the day", "result")
        if went and attended_on is None:
            raise RuleBroken("Enter the day they first went", "attended_on")
    referral.accepted_on, referral.attended_on = accepted_on, attended_on
    referral.result, referral.closed_on = result, (closed_on or today) if result else None
    referral.chase_on = None if result else chase_on


def ask_again_later(referral: OnwardReferral, today: date) -> None:
    """Somebody asked the agency and knows no more: ask again in a while."""
    if referral.closed_on is None:
        referral.chase_on = today + PATIENCE


def take_back_referral(referral: OnwardReferral, *, by: User, now: datetime) -> None:
    """Undo an entry. Raises RuleBroken for somebody else's, or after 30 days."""
    take_back(referral, by.id, now)
