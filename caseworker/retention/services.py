"""Proposing, keeping, erasing and holding. One person proposes; another decides; no timer does either."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import joinedload

from caseworker.accounts.models import User
from caseworker.core import audit
from caseworker.core.db import Base, db, refused_as
from caseworker.core.errors import RuleBroken
from caseworker.core.ids import new_id
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import Participant
from caseworker.retention.counting import count_rows
from caseworker.retention.erasing import erase, lock, with_absorbed
from caseworker.retention.keeping import settle_keep_until
from caseworker.retention.models import Erasure
from caseworker.retention.queries import still_proposed
from caseworker.retention.reviewing import basis_of, in_the_way
from caseworker.retention.rules import ASKED, ERASED, IN_THE_WAY, KEPT, PROPOSED, WITHDRAWN, digest, seen

# One decision, one transaction: as many as somebody can answer for, and no more.
MOST = 1000
TWICE = "Somebody proposed one of these records already. Look at what waits for a second person"
DECIDED = "These records were decided already"
CHANGED = "Something was written on these records since you looked. Look again, then decide"


def propose(
    person_ids: Iterable[UUID], *, because: str, by: User, today: date, request_id: UUID | None = None
) -> UUID:
    """Propose erasing these people, for another colleague to decide; the key they share.

    `because` is a code of erasure_reason. Raises RuleBroken when something stands in the way of one.
    """
    keys = sorted(set(person_ids))
    if not keys:
        raise RuleBroken("Choose at least one record")
    if len(keys) > MOST:
        raise RuleBroken(f"At most {MOST:,} records can be proposed together")
    if because == ASKED:
        _check_request(request_id, keys)
    people = select(Participant.id).where(Participant.id.in_(keys))
    settle_keep_until(Enrolment.participant_id.in_(keys))
    _refuse(in_the_way(people, because, today))
    found, together = basis_of(people), new_id()
    with refused_as(uq_erasure_one_open=RuleBroken(TWICE)):
        for key in keys:
            day, basis = found[key]
            db.session.add(
                Erasure(
                    participant_id=key,
                    together_id=together,
                    because=because,
                    request_id=request_id,
                    proposed_on=today,
                    keep_until_on=day,
                    basis=basis,
                    state=PROPOSED,
                    entered_by_id=by.id,
                )
            )
    return together


def _refuse(standing: Mapping[UUID, list[str]]) -> None:
    """Raises RuleBroken with the first reason, and how many records it is about."""
    if standing:
        first = next(iter(standing.values()))[0]
        others = f" ({len(standing)} records)" if len(standing) > 1 else ""
        raise RuleBroken(f"{IN_THE_WAY[first]}{others}")


def _check_request(request_id: UUID | None, person_ids: list[UUID]) -> None:
    """Raises RuleBroken where nobody asked, or we are not sure who did."""
    asked = Base.metadata.tables["rights_request"].c
    row = db.session.execute(
        select(asked.participant_id, asked.identity_on).where(
            asked.id == request_id, asked.kind == "erasure", asked.answered_on.is_(None)
        )
    ).one_or_none()
    if row is None or person_ids != [row.participant_id]:
        raise RuleBroken("There is no open request for erasing this record. Record the request first")
    if row.identity_on is None:
        raise RuleBroken("Record on the request first that we are sure who asks")


def _held_open(together_id: UUID) -> list[Erasure]:
    """What of a proposal nobody decided, kept from anybody else until this is done."""
    found = db.session.scalars(
        select(Erasure)
        .where(Erasure.together_id == together_id, Erasure.state == PROPOSED, Erasure.voided_at.is_(None))
        .options(joinedload(Erasure.participant, innerjoin=True))
        .order_by(Erasure.id)
        .with_for_update(of=Erasure)
        .execution_options(populate_existing=True)
    ).all()
    if not found:
        raise RuleBroken(DECIDED)
    return list(found)


def withdraw(together_id: UUID, *, by: User, today: date) -> int:
    """The one who proposed takes it back; how many records. Raises RuleBroken."""
    waiting = _held_open(together_id)
    if any(each.entered_by_id != by.id for each in waiting):
        raise RuleBroken("Only the colleague who proposed it can take it back")
    for each in waiting:
        each.state, each.decided_on = WITHDRAWN, today
    return len(waiting)


def keep(
    together_id: UUID, person_ids: Iterable[UUID], *, reason: str, look_again_on: date, by: User, today: date
) -> int:
    """A second person keeps some of those proposed, for a reason of kept_reason. Raises RuleBroken."""
    waiting, chosen = _held_open(together_id), set(person_ids)
    kept = [each for each in waiting if each.participant_id in chosen]
    if not kept:
        raise RuleBroken("Tick at least one record to keep", "person")
    _refuse_same(kept, by)
    if look_again_on <= today:
        raise RuleBroken("The day to look again must be after today", "look_again_on")
    for each in kept:
        each.state, each.kept_reason, each.look_again_on = KEPT, reason, look_again_on
        each.decided_by_id, each.decided_on = by.id, today
    return len(kept)


def _refuse_same(erasures: Iterable[Erasure], by: User) -> None:
    if any(each.entered_by_id == by.id for each in erasures):
        raise RuleBroken("You proposed this. Somebody else must decide")


def erase_together(together_id: UUID, *, looked_at: str, by: User, today: date, now: datetime) -> int:
    """Erase what is still proposed, all of it or nothing; how many people. It cannot be undone.

    `looked_at` is the mark of the dry run that was seen. Raises RuleBroken for the one who proposed it, when
    something was written since, or when something stands in the way by now.
    """
    waiting = _held_open(together_id)
    _refuse_same(waiting, by)
    people = with_absorbed(still_proposed(together_id))
    lock(select(people.subquery().c.key))
    counts = count_rows(people)
    if seen(counts) != looked_at:
        raise RuleBroken(CHANGED)
    because = waiting[0].because
    settle_keep_until(Enrolment.participant_id.in_(still_proposed(together_id)))
    _refuse(in_the_way(still_proposed(together_id), because, today, decided=True))
    _record(waiting, counts, by=by, today=today, now=now)
    done = select(Erasure.participant_id).where(
        Erasure.together_id == together_id, Erasure.state == ERASED, Erasure.erased_at == now
    )
    if because == ASKED:
        _answer_requests([each.request_id for each in waiting], by, today)
    erase(select(with_absorbed(done).subquery().c.key), by_id=by.id, now=now)
    return len(waiting)


def _record(
    waiting: list[Erasure], counts: Mapping[UUID, dict[str, int]], *, by: User, today: date, now: datetime
) -> None:
    """Write the tombstones, and a line of the audit for each, in two statements."""
    number, link = audit.head()
    decided = {"decided_by_id": by.id, "decided_on": today, "erased_at": now}
    decided |= {"chain_number": number, "chain_link": link}
    rows: list[dict[str, Any]] = []
    for each in waiting:
        rows_of_theirs = counts.get(each.participant_id, {})
        facts = certificate_facts(each, each.participant.reference) | {
            "counts": rows_of_theirs,
            "decided_by": str(by.id),
            "decided_on": today.isoformat(),
            "erased_at": now.isoformat(),
            "chain_number": number,
            "chain_link": link,
        }
        rows.append({"key": each.id, "held": rows_of_theirs, "says": digest(facts)})
        fields = ",".join(sorted(rows_of_theirs))[:2000]
        whose = each.participant_id
        audit.note(audit.Entry("erased", "participant", whose, whose, fields, each.because))
    table = Base.metadata.tables["erasure"]
    changing = (
        update(table)
        .where(table.c.id == bindparam("key"))
        .values(state=ERASED, version=table.c.version + 1, **decided)
        .values(counts=bindparam("held"), certificate=bindparam("says"))
    )
    db.session.connection().execute(changing, rows)


def certificate_facts(erasure: Erasure, reference: str) -> dict[str, Any]:
    """What the certificate of an erasure says, in plain values."""
    return {
        "erasure": str(erasure.id),
        "reference": reference,
        "because": erasure.because,
        "basis": erasure.basis,
        "proposed_by": str(erasure.entered_by_id),
        "proposed_on": erasure.proposed_on.isoformat(),
        "decided_by": str(erasure.decided_by_id),
        "decided_on": erasure.decided_on.isoformat() if erasure.decided_on else None,
        "erased_at": erasure.erased_at.isoformat() if erasure.erased_at else None,
        "counts": erasure.counts,
        "chain_number": erasure.chain_number,
        "chain_link": erasure.chain_link,
    }


def _answer_requests(request_ids: Iterable[UUID | None], by: User, today: date) -> None:
    """Erasing answers the request for it."""
    asked = Base.metadata.tables["rights_request"]
    for key in request_ids:
        if key is not None:
            open_one = (asked.c.id == key) & asked.c.answered_on.is_(None)
            said = {"outcome": "erased", "answered_on": today, "version": asked.c.version + 1}
            db.session.execute(update(asked).where(open_one).values(said))
            audit.note(audit.Entry("changed", "rights_request", key, None, "outcome,answered_on", ASKED))


def every_erasure() -> Iterator[Erasure]:
    """All that was erased, a few hundred in hand at a time."""
    done = select(Erasure).where(Erasure.state == ERASED).options(joinedload(Erasure.participant))
    yield from db.session.scalars(done.order_by(Erasure.id).execution_options(yield_per=500))


def is_as_certified(erasure: Erasure) -> str | None:
    """What is wrong with a certificate, in words; None when it says what it said, and the audit agrees."""
    if digest(certificate_facts(erasure, erasure.participant.reference)) != erasure.certificate:
        return "What it says was changed"
    link = db.session.scalar(
        select(audit.AuditEvent.link).where(audit.AuditEvent.number == erasure.chain_number)
    )
    if (link.hex() if link else "") != erasure.chain_link:
        return "The audit does not hold the line it names"
    return None
