"""People past their keep-until day, and the colleagues who propose and decide."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from caseworker.accounts.models import Role, User
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.lawful.models import LawfulBasis
from caseworker.participants.models import Participant
from caseworker.programmes.models import Programme
from tests.support.builders import LONG_AGO, a_programme, a_user, an_enrolment, kept
from tests.support.client import PageClient, read

LEFT_ON = date(2021, 3, 31)


def a_basis(programme: Programme, purpose: str = "support", months: int = 24, **changes: Any) -> LawfulBasis:
    values = {"article_6": "public_task", "keep_from": "exit", "source": "our schedule", "from_on": LONG_AGO}
    return kept(
        LawfulBasis(programme_id=programme.id, purpose=purpose, keep_months=months, **values | changes)
    )


@dataclass(frozen=True)
class Desk:
    """A programme whose records are kept for two years, and those who answer for them."""

    programme: Programme
    keyworker: User
    administrator: User
    officer: User
    other_officer: User


def a_desk() -> Desk:
    programme = a_programme(name="Step Forward")
    a_basis(programme)
    return Desk(
        programme,
        a_user(Role.KEYWORKER, programme, name="Priya Shah"),
        a_user(Role.ADMINISTRATOR, name="Alex Admin"),
        a_user(Role.DATA_PROTECTION, name="Dana Officer"),
        a_user(Role.DATA_PROTECTION, name="Olu Officer"),
    )


def gone(desk: Desk, left_on: date | None = LEFT_ON, **about: Any) -> Participant:
    """Somebody who left long ago, or is still there with `left_on` None."""
    enrolment = an_enrolment(
        desk.programme, keyworker=desk.keyworker, referred_on=date(2020, 1, 6), started_on=date(2020, 1, 13)
    )
    enrolment.exited_on, enrolment.exit_reason = left_on, "into_work" if left_on else None
    for name, value in about.items():
        setattr(enrolment.participant, name, value)
    db.session.flush()
    return enrolment.participant


def case_of(person: Participant) -> UUID:
    found = db.session.query(Enrolment.id).filter_by(participant_id=person.id).first()
    assert found is not None
    return UUID(str(found[0]))


def propose(client: PageClient, desk: Desk, *people: Participant, by: User | None = None) -> str:
    """Proposed from the list, by the administrator unless said otherwise; the address of the proposal."""
    client.sign_in(by or desk.administrator)
    names = "&".join(f"person={each.id}" for each in people)
    response = client.send(f"/retention/propose?{names}")
    assert response.status_code == 303, read(response, 422).text[:900]
    return str(response.headers["Location"])


def erase(client: PageClient, desk: Desk, proposal: str) -> None:
    client.sign_in(desk.officer)
    response = client.send(proposal, holding="sure", sure="yes")
    assert response.headers["Location"] == proposal
