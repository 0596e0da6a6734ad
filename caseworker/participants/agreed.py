"""What somebody agreed to, and what follows from it: one rule for sharing and for exports.

Why most of what we hold does not rest on agreement. A case is kept, and its keyworker, leads and tutors
see it, because the programme could not be delivered or accounted for otherwise: that is the programme's
lawful basis, and it is not consent. So withdrawing an agreement never hides the case from those who work
on it and never destroys what was written. What does rest on agreement is what the programme could do
without: telling a named agency, using a photo or a story, and being in touch after they have left. Each of
these asks `may_share` (or, for many at once, `refused`) at the moment it is done, so a
withdrawal is obeyed from that moment and needs no list of places to tell. Taking part is an agreement too,
and when it is withdrawn somebody must talk with them and record that they left: the computer does not
decide that.

Should a person be opened to a reader on the strength of an agreement, that access row names the agreement
as its `because_id`; withdrawing closes those rows, and no others. The notice is a fact of what was handed
over: there is nothing to withdraw.

An answer is a row and stays one. A new answer is a new row; the latest for a purpose (and, for sharing, an
agency) is the one that counts.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import aliased

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.taking_back import UNDOABLE
from caseworker.participants.models import Agreement, Participant, ParticipantAccess
from caseworker.participants.services import close_access

PURPOSES = ("notice", "take_part", "share", "photo", "story", "contact_after")
NOTICE, SHARE, CONTACT_AFTER = "notice", "share", "contact_after"
PICTURES = ("photo", "story")
GIVEN, DECLINED = "given", "declined"


def may_share(participant: Participant, purpose: str, agency: str | None = None) -> bool:
    """Whether their latest word on a purpose is yes. Sharing asks for the agency by name.

    Never asked is no.
    """
    return any(
        row.purpose == purpose and (purpose != SHARE or _agency(row.agency) == _agency(agency)) and holds(row)
        for row in latest(agreements_of(participant.id))
    )


def uses_of(row: Agreement) -> list[str]:
    """What a photo or a story may be used for, by code of picture_use; none before it was asked."""
    return row.used_for.split(",") if row.used_for else []


def may_use(participant: Participant, purpose: str, use: str) -> bool:
    """Whether their latest word on a photo or a story is yes, to this very use."""
    return any(
        row.purpose == purpose and holds(row) and use in uses_of(row)
        for row in latest(agreements_of(participant.id))
    )


def refused(purpose: str) -> Select[UUID]:
    """Keys of the participants whose last answer on a purpose is no, or was taken back.

    Not being asked is no answer: somebody who said no and is not asked again has still said no.
    """
    later = aliased(Agreement)
    newer = (later.given_on > Agreement.given_on) | (
        (later.given_on == Agreement.given_on) & (later.id > Agreement.id)
    )
    return select(Agreement.participant_id).where(
        Agreement.purpose == purpose,
        Agreement.voided_at.is_(None),
        (Agreement.answer == DECLINED) | Agreement.withdrawn_on.is_not(None),
        ~select(later.id)
        .where(
            later.participant_id == Agreement.participant_id,
            later.purpose == purpose,
            later.voided_at.is_(None),
            later.answer.in_((GIVEN, DECLINED)),
            newer,
        )
        .exists(),
    )


def refused_on(purpose: str, people: Iterable[UUID] | Select[UUID] | None = None) -> dict[UUID, date]:
    """The day of the refusal, of those of these people (None: of all) whose last answer is no."""
    rows = refused(purpose).add_columns(func.coalesce(Agreement.withdrawn_on, Agreement.given_on))
    if people is not None:
        rows = rows.where(Agreement.participant_id.in_(people))
    return {row[0]: row[1] for row in db.session.execute(rows)}


def holds(row: Agreement) -> bool:
    return row.answer == GIVEN and row.withdrawn_on is None


def latest(rows: Iterable[Agreement]) -> list[Agreement]:
    """The last answer for each purpose and agency, of rows in the order they were given."""
    found = {(row.purpose, _agency(row.agency)): row for row in rows}
    order = {purpose: place for place, purpose in enumerate(PURPOSES)}
    return sorted(found.values(), key=lambda row: (order.get(row.purpose, 99), _agency(row.agency)))


def _agency(name: str | None) -> str:
    return (name or "").strip().lower()


def agreements_of(participant_id: UUID) -> list[Agreement]:
    """Every answer, the earliest first."""
    return list(
        db.session.scalars(
            select(Agreement)
            .where(Agreement.participant_id == participant_id, Agreement.voided_at.is_(None))
            .order_by(Agreement.given_on, Agreement.id)
        )
    )


def get_agreement(participant: Participant, agreement_id: UUID) -> Agreement:
    """One answer of a person who was found visible. Raises NotVisible."""
    row = db.session.get(Agreement, agreement_id)
    if row is None or row.participant_id != participant.id or row.voided_at is not None:
        raise NotVisible
    return row


def record_agreement(
    participant: Participant,
    *,
    purpose: str,
    answer: str,
    given_on: date,
    notice_version: str,
    how: str | None,
    agency: str | None,
    recorded_by: User,
    today: date,
    used_for: Sequence[str] = (),
) -> Agreement:
    """Add an answer; `used_for` are codes of picture_use, for a photo or a story.

    Raises RuleBroken for a day ahead, sharing without an agency, a photo or story without what it may be
    used for, or a notice declined.
    """
    if given_on > today:
        raise RuleBroken("The day must be today or earlier", "given_on")
    if purpose == SHARE and not agency:
        raise RuleBroken("Name the agency: an agreement to share is about one agency", "agency")
    if purpose == NOTICE and answer != GIVEN:
        raise RuleBroken("A notice is given, not agreed to. Leave it until they have it", "answer")
    if purpose in PICTURES and answer == GIVEN and not used_for:
        raise RuleBroken("Choose what it may be used for: a yes to one use is no yes to another", "used_for")
    row = Agreement(
        participant_id=participant.id,
        purpose=purpose,
        answer=answer,
        given_on=given_on,
        notice_version=notice_version,
        how=how,
        agency=agency if purpose == SHARE else None,
        used_for=",".join(used_for) if purpose in PICTURES and answer == GIVEN else None,
        entered_by_id=recorded_by.id,
    )
    db.session.add(row)
    return row


def withdraw_agreement(row: Agreement, *, withdrawn_on: date, today: date) -> None:
    """They take it back; access that rested on it ends. Raises RuleBroken for a day out of order."""
    if not holds(row) or row.purpose == NOTICE:
        raise RuleBroken("There is nothing here to withdraw")
    if withdrawn_on > today:
        raise RuleBroken("The day must be today or earlier", "withdrawn_on")
    if withdrawn_on < row.given_on:
        raise RuleBroken("The day must be on or after the day they agreed", "withdrawn_on")
    row.withdrawn_on = withdrawn_on
    close_access(row.id, withdrawn_on)


def put_back_agreement(row: Agreement, *, today: date) -> None:
    """Undo of a withdrawal that was a slip, with the access it ended. Raises RuleBroken after 30 days."""
    if row.withdrawn_on is None:
        return
    if today - row.withdrawn_on > UNDOABLE:
        raise RuleBroken("A withdrawal can be undone for 30 days. Ask them again and record their answer")
    db.session.execute(
        update(ParticipantAccess)
        .where(ParticipantAccess.because_id == row.id, ParticipantAccess.until_on == row.withdrawn_on)
        .values(until_on=None)
    )
    row.withdrawn_on = None
