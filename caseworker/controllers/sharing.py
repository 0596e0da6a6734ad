"""Agreements between controllers, and the one thing they let cross: that somebody may be known there."""

from datetime import date
from uuid import UUID

from caseworker.accounts.models import User
from caseworker.controllers.models import SharingAgreement
from caseworker.controllers.queries import DUPLICATES, givers_to
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.participants.matching import likely_same
from caseworker.participants.sameness import Details


def agree_to_share(
    *,
    giver_id: UUID,
    receiver_id: UUID,
    covers: str,
    reference: str,
    from_on: date,
    until_on: date | None,
    recorded_by: User,
) -> SharingAgreement:
    """Record what two controllers signed. Raises RuleBroken for one with itself, or dates out of order."""
    if giver_id == receiver_id:
        raise RuleBroken("Choose two different organisations", "receiver_id")
    if until_on is not None and until_on < from_on:
        raise RuleBroken("The last day must be on or after the first", "until_on")
    row = SharingAgreement(
        giver_id=giver_id,
        receiver_id=receiver_id,
        covers=covers,
        reference=reference,
        from_on=from_on,
        until_on=until_on,
        entered_by_id=recorded_by.id,
    )
    db.session.add(row)
    return row


def end_sharing(row: SharingAgreement, today: date) -> None:
    """It ends today; tomorrow nothing crosses any more."""
    row.until_on = max(row.from_on, today)


def known_elsewhere(user: User, organisation_id: UUID, details: Details, today: date) -> list[str]:
    """Names of the organisations that share warnings with this one and may know the person described.

    Nothing else crosses: no name, no reference, no number of matches. Restricted records do not count.
    """
    return [
        giver.name
        for giver in givers_to(organisation_id, DUPLICATES, today)
        if likely_same(user, giver.id, details, most=1)
    ]
