"""The whole permission map on one screen. Every view names one permission or is public.

This answers "may this role do this?". "May this person see this row?" is asked by `visible_…` reads.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar

from flask import request

from caseworker.accounts.current import current_user
from caseworker.accounts.models import Role, User
from caseworker.core.clock import today
from caseworker.core.errors import NotAllowed, NotVisible

View = TypeVar("View", bound=Callable[..., Any])


class Permission(StrEnum):
    OWN_ACCOUNT = "account:own"
    HOME_READ = "home:read"
    CASELOAD_READ = "caseload:read"
    PERSON_FIND = "person:find"
    CASE_READ = "case:read"
    CONTACT_RECORD = "contact:record"
    BARRIER_RECORD = "barrier:record"
    PLAN_RECORD = "plan:record"
    WELLBEING_RECORD = "wellbeing:record"
    PROGRESSION_RECORD = "progression:record"
    CLASS_READ = "class:read"
    REGISTER_MARK = "register:mark"
    LEARNER_READ = "learner:read"
    COMPLETION_RECORD = "completion:record"
    PROGRAMME_READ = "programme:read"
    PROGRAMME_RULES = "programme:rules"
    OUTCOMES_READ = "outcomes:read"
    OUTCOMES_TRACE = "outcomes:trace"
    VALUE_READ = "value:read"
    VALUE_TRACE = "value:trace"
    REPORT_MAKE = "report:make"
    APPOINTMENT_RECORD = "appointment:record"
    PEOPLE_READ = "people:read"
    BOOKING_MAKE = "booking:make"
    EVIDENCE_CHASE = "evidence:chase"
    INTAKE_RECORD = "intake:record"
    CASELOAD_IMPORT = "caseload:import"
    PERSON_MERGE = "person:merge"
    PERSON_ASK = "person:ask"
    CASE_HAND_OVER = "case:hand_over"
    CASE_LEND = "case:lend"
    CASE_EXIT = "case:exit"
    SUPPORT_RECORD = "support:record"
    SUPPORT_APPROVE = "support:approve"
    EMPLOYER_RECORD = "employer:record"
    MESSAGE_TAKE = "message:take"
    COURSE_PLACE = "course:place"
    CONCERN_RAISE = "concern:raise"
    CONCERN_LEAD = "concern:lead"
    RISK_READ = "risk:read"
    RISK_RECORD = "risk:record"
    APART_RECORD = "apart:record"
    VISIT_RECORD = "visit:record"
    CARE_RECORD = "care:record"
    CARD_OPEN = "card:open"
    LEARNER_MESSAGE = "learner_message:write"
    DOCUMENT_RECORD = "document:record"
    REFERRAL_RECORD = "referral:record"
    RESTRICTED_SET = "restricted:set"
    LINK_RECORD = "link:record"
    LAWFUL_READ = "lawful:read"
    LAWFUL_WRITE = "lawful:write"
    RIGHTS_RECORD = "rights:record"
    RIGHTS_ANSWER = "rights:answer"
    ENTRY_MOVE = "entry:move"
    RETENTION_PROPOSE = "retention:propose"
    RETENTION_DECIDE = "retention:decide"
    PRIVACY_READ = "privacy:read"
    ACCESS_REVIEW = "access:review"


P = Permission
_EVERYONE = {P.OWN_ACCOUNT, P.HOME_READ, P.CONCERN_RAISE}
_CASEWORK = {
    P.CASELOAD_READ,
    P.PERSON_FIND,
    P.CASE_READ,
    P.CONTACT_RECORD,
    P.BARRIER_RECORD,
    P.PLAN_RECORD,
    P.WELLBEING_RECORD,
    P.PROGRESSION_RECORD,
    P.INTAKE_RECORD,
    P.PERSON_ASK,
    P.CASE_EXIT,
    P.CASE_LEND,
    P.SUPPORT_RECORD,
    P.EMPLOYER_RECORD,
    P.MESSAGE_TAKE,
    P.COURSE_PLACE,
    P.RISK_READ,
    P.RISK_RECORD,
    P.VISIT_RECORD,
    P.CARE_RECORD,
    P.CARD_OPEN,
    P.LEARNER_MESSAGE,
    P.DOCUMENT_RECORD,
    P.REFERRAL_RECORD,
    P.RIGHTS_RECORD,
    P.ENTRY_MOVE,
}
_TEACHING = {
    P.CLASS_READ,
    P.REGISTER_MARK,
    P.LEARNER_READ,
    P.COMPLETION_RECORD,
    P.CARD_OPEN,
    P.LEARNER_MESSAGE,
}
_FIGURES = {P.PROGRAMME_READ, P.OUTCOMES_READ, P.VALUE_READ, P.REPORT_MAKE}
_APPOINTMENTS = {P.APPOINTMENT_RECORD}
_OFFICE = {
    P.PEOPLE_READ,
    P.BOOKING_MAKE,
    P.EVIDENCE_CHASE,
    P.INTAKE_RECORD,
    P.CASELOAD_IMPORT,
    P.EMPLOYER_RECORD,
    P.MESSAGE_TAKE,
    P.DOCUMENT_RECORD,
    P.RIGHTS_RECORD,
    P.VISIT_RECORD,
}
_OVERSIGHT = {
    P.CASELOAD_IMPORT,
    P.PERSON_MERGE,
    P.CASE_HAND_OVER,
    P.SUPPORT_APPROVE,
    P.PROGRAMME_RULES,
    P.APART_RECORD,
    P.RESTRICTED_SET,
    P.LAWFUL_READ,
}
_DATA_PROTECTION = {
    P.LAWFUL_READ,
    P.LAWFUL_WRITE,
    P.RIGHTS_RECORD,
    P.RIGHTS_ANSWER,
    P.LINK_RECORD,
    P.RESTRICTED_SET,
    P.RETENTION_PROPOSE,
    P.RETENTION_DECIDE,
    P.PRIVACY_READ,
    P.ACCESS_REVIEW,
}
_CONFIGURATION = {
    P.PROGRAMME_RULES,
    P.LAWFUL_READ,
    P.PRIVACY_READ,
    P.ACCESS_REVIEW,
    P.RETENTION_PROPOSE,
}
_TRACING = {P.OUTCOMES_TRACE, P.VALUE_TRACE}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.KEYWORKER: frozenset(_EVERYONE | _CASEWORK | _APPOINTMENTS),
    Role.TUTOR: frozenset(_EVERYONE | _TEACHING),
    Role.LEAD: frozenset(_EVERYONE | _CASEWORK | _APPOINTMENTS | _OVERSIGHT | _FIGURES | _TRACING),
    Role.PROGRAMME_ADMINISTRATOR: frozenset(_EVERYONE | _OFFICE),
    Role.SAFEGUARDING_LEAD: frozenset(_EVERYONE | {P.CONCERN_LEAD}),
    Role.VERIFIER: frozenset(_EVERYONE | {P.PROGRAMME_READ, P.VALUE_READ}),
    Role.GROUP_LEAD: frozenset(_EVERYONE | _FIGURES),
    Role.ADMINISTRATOR: frozenset(_EVERYONE | _CONFIGURATION),
    Role.DATA_PROTECTION: frozenset(_EVERYONE | _DATA_PROTECTION),
}


def roles_of(user: User) -> set[Role]:
    """The roles a user holds today, wherever they hold them."""
    day = today()
    return {
        Role(grant.role)
        for grant in user.grants
        if grant.voided_at is None
        and grant.from_on <= day
        and (grant.until_on is None or day <= grant.until_on)
    }


ROLE_LABELS: dict[Role, str] = {
    Role.LEAD: "Programme lead",
    Role.GROUP_LEAD: "Group lead",
    Role.KEYWORKER: "Keyworker",
    Role.TUTOR: "Tutor",
    Role.SAFEGUARDING_LEAD: "Safeguarding lead",
    Role.PROGRAMME_ADMINISTRATOR: "Programme administrator",
    Role.VERIFIER: "Verifier",
    Role.DATA_PROTECTION: "Data protection officer",
    Role.ADMINISTRATOR: "Administrator",
}


def role_label(user: User) -> str:
    """The widest of a user's roles in words, as the page's header says it."""
    held = roles_of(user)
    return next((words for role, words in ROLE_LABELS.items() if role in held), "No role yet")


def permissions_of(user: User) -> frozenset[Permission]:
    """What a user's roles open; somebody without a role yet still has an account of their own."""
    return frozenset({P.OWN_ACCOUNT}).union(*(ROLE_PERMISSIONS[role] for role in roles_of(user)))


def may(user: User, permission: Permission) -> bool:
    return permission in permissions_of(user)


def requires(permission: Permission) -> Callable[[View], View]:
    """Open a view only to those whose roles hold the permission.

    A page that names a record answers 404, as if it were missing; another answers 403.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not may(current_user(), permission):
                raise NotVisible if request.view_args else NotAllowed
            return view(*args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard


def public(view: View) -> View:
    """Mark a view that needs nobody signed in."""
    view.public = True  # type: ignore[attr-defined]
    return view
