"""What is written about accounts: signing in and out, passwords, roles, sessions."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from caseworker.accounts import passwords, second_step, throttle
from caseworker.accounts.models import Role, RoleGrant, User
from caseworker.accounts.rules import password_refusal
from caseworker.accounts.sessions import begin_session, end_session, end_sessions_of
from caseworker.accounts.throttle import Counter
from caseworker.core import audit
from caseworker.core.audit import Entry
from caseworker.core.db import aside, at_once, db
from caseworker.core.errors import RuleBroken


@dataclass(frozen=True)
class Place:
    """Where a role is held: on a programme, below an organisation, or (both None) everywhere."""

    role: Role
    programme_id: UUID | None = None
    organisation_id: UUID | None = None


def check_sign_in(email: str, password: str, counters: Sequence[Counter]) -> User | None:
    """The user whose password this is. Counts the try; holds no transaction while the hash is made.

    Raises TooManyTries without looking at the password.
    """
    found: dict[str, tuple[UUID, str] | None] = {}
    tries = _count(counters, lambda: found.update(kept=_kept_hash(email)))
    kept = found["kept"]
    checked = passwords.check_password(kept[1] if kept else None, password)
    if not kept or not checked.right:
        refused(kept[0] if kept else None, "password" if kept else "unknown")
        return None
    throttle.take_back(tries)
    if checked.new_hash:
        db.session.execute(update(User).where(User.id == kept[0]).values(password_hash=checked.new_hash))
    return db.session.get_one(User, kept[0])


def check_code(user: User, code: str, counters: Sequence[Counter]) -> bool:
    """Whether the code of the second step is right, and not used before. Counts the try."""
    tries = _count(counters)
    if not second_step.accept(user, code):
        refused(user.id, "second step")
        return False
    throttle.take_back(tries)
    return True


def check_own_password(user: User, password: str) -> bool:
    """Somebody at a screen left open must not guess a colleague's password either."""
    user_id, kept = user.id, user.password_hash
    tries = _count([Counter(f"own password {user_id}", throttle.FREE_PER_ACCOUNT)])
    if not passwords.check_password(kept, password).right:
        refused(user_id, "own password")
        return False
    throttle.take_back(tries)
    return True


def _count(counters: Sequence[Counter], also: Callable[[], None] = lambda: None) -> list[UUID]:
    """Counted and committed before anything is looked at, so that tries in parallel count too."""
    counted: list[UUID] = []

    def count() -> None:
        counted[:] = throttle.count_try(counters)
        also()

    at_once(count)
    return counted


def _kept_hash(email: str) -> tuple[UUID, str] | None:
    row = db.session.execute(
        select(User.id, User.password_hash).where(User.email == email.lower(), User.active)
    ).one_or_none()
    return (row[0], row[1]) if row else None


def refused(user_id: UUID | None, why: str) -> None:
    """Keep that a sign-in was refused, whatever becomes of the request."""
    aside(lambda: audit.note(Entry("sign-in refused", "user", user_id, why=why)))


def second_step_is_on(user: User) -> None:
    audit.note(Entry("second step on", "user", user.id))


def sign_in(user: User, instead_of: str | None) -> str:
    """Begin a fresh session, ending the one this browser had; returns the new token."""
    if instead_of:
        end_session(instead_of)
    audit.act_as(user.id)
    audit.note(Entry("signed in", "user", user.id))
    return begin_session(user)


def sign_out(user: User, token: str) -> None:
    end_session(token)
    audit.note(Entry("signed out", "user", user.id))


def sign_out_everywhere(user: User) -> None:
    end_sessions_of(user.id)
    audit.note(Entry("ended sessions", "user", user.id))


def set_password(user: User, password: str, field: str | None = None) -> None:
    """Raises RuleBroken for a password that is short or easy to guess. Ends every session of the user."""
    refusal = password_refusal(password, user.email, user.name)
    if refusal:
        raise RuleBroken(refusal, field)
    user.password_hash = passwords.hash_password(password)
    sign_out_everywhere(user)


def add_user(email: str, name: str, password: str, places: Iterable[Place], today: date) -> User:
    """A new user with the roles given, from today. Raises RuleBroken when the address is taken."""
    address = email.lower()
    if db.session.scalar(select(User.id).where(User.email == address)) is not None:
        raise RuleBroken(f"There is already a user with the address {address}", "email")
    user = User(email=address, name=name, password_hash=passwords.hash_password(password))
    db.session.add(user)
    db.session.flush()
    for place in places:
        give_role(user, place, today)
    return user


def give_role(user: User, place: Place, today: date) -> RoleGrant:
    grant = RoleGrant(
        user_id=user.id,
        role=place.role,
        programme_id=place.programme_id,
        organisation_id=place.organisation_id,
        from_on=today,
    )
    db.session.add(grant)
    return grant


def end_role(grant: RoleGrant, *, by: User, now: datetime, today: date) -> None:
    """From this moment the role opens nothing: its last day is yesterday, or it is void if it began today.

    Raises RuleBroken for one's own: nobody shuts themselves out by mistake.
    """
    if grant.user_id == by.id:
        raise RuleBroken("You cannot end a role of your own. Ask another administrator")
    if grant.from_on < today:
        grant.until_on = today - timedelta(days=1)
    else:
        grant.voided_at, grant.voided_by_id, grant.void_reason = now, by.id, "ended"


def give_role_back(grant: RoleGrant, until_on: date | None) -> None:
    """Undo of ending it: it lasts as long as it would have."""
    grant.until_on = until_on
    grant.voided_at = grant.voided_by_id = grant.void_reason = None
