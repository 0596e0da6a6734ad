"""Small builders: each makes one thing with plain defaults, adds it to the session and flushes.

Use them inside `with given() as session:` or with `db_session`. Every default can be named over.
"""

import itertools
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from sqlalchemy import insert

from caseworker.accounts.models import Role, RoleGrant, User
from caseworker.core.codes import codes
from caseworker.core.db import Base, db
from caseworker.core.ids import new_id, reference_for
from caseworker.enrolments.models import Enrolment
from caseworker.lawful.models import CollectedField
from caseworker.participants import services as participants
from caseworker.participants.models import Participant, Scope
from caseworker.programmes.models import Organisation, Programme

Row = TypeVar("Row", bound=Base)

# Before any day a test is likely to stand on.
LONG_AGO = date(2020, 1, 1)
LONG_AGO_AT = datetime(2020, 1, 1, tzinfo=UTC)
NO_PASSWORD = "$argon2id$no-password-opens-this"
_number = itertools.count(1)


def kept(row: Row) -> Row:
    db.session.add(row)
    db.session.flush()
    return row


def an_organisation(**changes: Any) -> Organisation:
    number = next(_number)
    return kept(
        Organisation(**{"code": f"organisation-{number}", "name": f"Organisation {number}"} | changes)
    )


def a_programme(
    organisation: Organisation | None = None, fields: Iterable[str] | None = None, **changes: Any
) -> Programme:
    """A programme that may ask for every sensitive field, or for those named."""
    number = next(_number)
    values = {
        "organisation_id": (organisation or an_organisation()).id,
        "code": f"programme-{number}",
        "name": f"Programme {number}",
        "starts_on": LONG_AGO,
    }
    programme = kept(Programme(**values | changes))
    may_collect(programme, [each.code for each in codes("sensitive_field")] if fields is None else fields)
    return programme


def may_collect(programme: Programme, fields: Iterable[str]) -> None:
    """Switch sensitive fields on, without a line in the audit for each."""
    known = {"version": 1, "entered_at": LONG_AGO_AT, "from_on": LONG_AGO, "why": "Made up for a test"}
    rows = [{"id": new_id(), "programme_id": programme.id, "field": each, **known} for each in fields]
    if rows:
        db.session.execute(insert(CollectedField), rows)


def a_user(
    role: Role | None = None,
    programme: Programme | None = None,
    organisation: Organisation | None = None,
    **changes: Any,
) -> User:
    """Somebody who works here, with one role at most: on a programme, below an organisation or everywhere."""
    number = next(_number)
    values = {"email": f"user{number}@example.org", "name": f"User {number}", "password_hash": NO_PASSWORD}
    user = kept(User(**values | changes))
    if role is not None:
        grant_role(user, role, programme, organisation)
    return user


def grant_role(
    user: User, role: Role, programme: Programme | None = None, organisation: Organisation | None = None
) -> RoleGrant:
    grant = RoleGrant(
        user_id=user.id,
        role=role,
        programme_id=programme.id if programme else None,
        organisation_id=organisation.id if organisation else None,
        from_on=LONG_AGO,
    )
    kept(grant)
    db.session.refresh(user, ["grants"])
    return grant


def a_participant(organisation: Organisation | None = None, **changes: Any) -> Participant:
    number = next(_number)
    values = {
        "organisation_id": changes.pop("organisation_id", None) or (organisation or an_organisation()).id,
        "reference": reference_for(number),
        "given_name": "Sam",
        "family_name": f"Person{number}",
        "born_on": date(1990, 5, 17),
    }
    participant = kept(Participant(**values | changes))
    participants.index_names(participant)
    return participant


def an_enrolment(
    programme: Programme | None = None,
    participant: Participant | None = None,
    keyworker: User | None = None,
    **changes: Any,
) -> Enrolment:
    """A started enrolment. The leads of its programme and its keyworker may see the person."""
    programme = programme or a_programme()
    participant = participant or a_participant(organisation_id=programme.organisation_id)
    values = {
        "participant_id": participant.id,
        "programme_id": programme.id,
        "keyworker_id": keyworker.id if keyworker else None,
        "referral_source": "jobcentre",
        "referred_on": date(2026, 1, 5),
        "started_on": date(2026, 1, 12),
        "status_at_start": "11",
        "age_at_start": 35,
    }
    enrolment = kept(Enrolment(**values | changes))
    opened: dict[str, Any] = {
        "scope": Scope.CASE,
        "because_id": enrolment.id,
        "from_on": enrolment.referred_on,
    }
    participants.open_access(participant.id, why="enrolment", programme_id=programme.id, **opened)
    if keyworker is not None:
        participants.open_access(participant.id, why="keyworker", user_id=keyworker.id, **opened)
    db.session.flush()
    return enrolment
