"""What somebody is answered who asks for a record that was erased: those who could see it are told."""

from typing import Any
from uuid import UUID

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import and_, exists, false, or_, select

from caseworker.accounts.current import signed_in
from caseworker.accounts.models import Role, User
from caseworker.accounts.permissions import Permission, may
from caseworker.core import audit
from caseworker.core.clock import today
from caseworker.core.db import aside, begin, db
from caseworker.core.error_pages import kept_out
from caseworker.core.errors import NotVisible
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import Participant, ParticipantAccess, Scope
from caseworker.participants.queries import lasting, open_to
from caseworker.programmes.queries import CASEWORK, programmes_of
from caseworker.retention.deciding_routes import bp
from caseworker.retention.erasing import ERASED
from caseworker.retention.guarding import hold_on_to_people
from caseworker.retention.reviewing import is_in_hand_of

__all__ = ["bp", "hold_on_to_people"]


@bp.app_errorhandler(NotVisible)
def erased_or_missing(_error: NotVisible) -> ResponseReturnValue:
    """410 and the day for those who could see the record; for anybody else it is missing, as ever."""
    keys = [value for value in (request.view_args or {}).values() if isinstance(value, UUID)]
    if g.get("user_id") and keys:
        begin("read")
        user = signed_in()
        found = erased_person(user, keys[0]) if user is not None else None
        if found is not None:
            aside(lambda: audit.note(audit.Entry("looked", "tombstone", found.id, found.id)))
            return render_template("retention/gone.html", erased_at=found.voided_at), 410
    return kept_out(404)


def erased_person(user: User, key: UUID) -> Participant | None:
    """The tombstone behind a key of a case or a person, when this user could see the record."""
    case = exists().where(Enrolment.id == key, Enrolment.participant_id == Participant.id)
    could = [is_in_hand_of(user) if may(user, Permission.RETENTION_PROPOSE) else false()]
    for permission, scope, roles in (
        (Permission.CASE_READ, Scope.CASE, CASEWORK),
        (Permission.PEOPLE_READ, Scope.PEOPLE, frozenset({Role.PROGRAMME_ADMINISTRATOR})),
    ):
        if may(user, permission):
            theirs = Enrolment.programme_id.in_(programmes_of(user, roles))
            on_theirs = exists().where(Enrolment.participant_id == Participant.id, theirs)
            named = exists().where(ParticipantAccess.participant_id == Participant.id, _names(user, scope))
            seen = Participant.id.in_(open_to(user, scope))
            could.append(and_(on_theirs, seen, or_(~Participant.restricted, named)))
    asked = select(Participant).where(Participant.void_reason == ERASED, or_(Participant.id == key, case))
    return db.session.scalar(asked.where(or_(*could)))


def _names(user: User, scope: Scope) -> Any:
    row = ParticipantAccess
    return and_(row.user_id == user.id, row.scope == scope, lasting(today()))
