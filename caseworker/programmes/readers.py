"""Statements built once for all readers alike: building an expression costs more than running it.

What somebody may read depends on who they are and on the roles they hold. A `Kind` says which roles these
are, on what sort of place; who and where exactly are parameters, filled in when a statement runs.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import BindParameter, Executable, bindparam

from caseworker.accounts.models import Role, RoleGrant, User
from caseworker.core.clock import today
from caseworker.core.types import Key

EVERYWHERE, ORGANISATION, PROGRAMME = "everywhere", "organisation", "programme"
Statement = TypeVar("Statement", bound=Executable)
# Kinds of reader, times pages, times what one can narrow a page to; the least used are built again.
KEPT = 256


@dataclass(frozen=True)
class Kind:
    """Every reader who holds these roles, on such places, on a day."""

    held: frozenset[tuple[Role, str]]
    day: date

    @property
    def id(self) -> BindParameter[UUID]:
        return bindparam("reader_id", type_=Key())

    def holds(self, role: Role, place: str) -> bool:
        return (role, place) in self.held

    def places(self, role: Role, place: str) -> BindParameter[Any]:
        """The keys of the programmes or organisations on which the role is held."""
        return bindparam(_name(role, place), type_=Key(), expanding=True)


Reader = User | Kind


def kind_of(user: User) -> Kind:
    day = today()
    return Kind(frozenset((grant.role, _place(grant)) for grant in _living(user, day)), day)


def built(build: Callable[..., Statement], user: User, *shape: Any) -> Statement:
    """The statement `build(kind, *shape)` makes for readers like this user; `shape` is hashable."""
    statement: Statement = _built(build, kind_of(user), *shape)
    return statement


@lru_cache(maxsize=KEPT)
def _built(build: Callable[..., Any], kind: Kind, *shape: Any) -> Any:
    return build(kind, *shape)


def as_reader(user: User, **values: Any) -> dict[str, Any]:
    """The parameters of a built statement: who reads, where, and what else it names."""
    found: dict[str, Any] = {"reader_id": user.id}
    for grant in _living(user, today()):
        place = _place(grant)
        if place != EVERYWHERE:
            key = grant.programme_id if place == PROGRAMME else grant.organisation_id
            found.setdefault(_name(grant.role, place), []).append(key)
    return found | values


def on_programmes(user: User, programmes: Mapping[Role, Sequence[UUID]]) -> tuple[Kind, dict[str, Any]]:
    """A reader whose places are looked up already, and the parameters to run with: asked of each row of a
    large table, a tree of organisations would be climbed again each time."""
    held = frozenset((role, PROGRAMME) for role in programmes)
    values = {_name(role, PROGRAMME): list(keys) for role, keys in programmes.items()}
    return Kind(held, today()), {"reader_id": user.id} | values


def _living(user: User, day: date) -> list[RoleGrant]:
    return [grant for grant in user.grants if grant.holds_on(day)]


def _place(grant: RoleGrant) -> str:
    if grant.programme_id is not None:
        return PROGRAMME
    return EVERYWHERE if grant.organisation_id is None else ORGANISATION


def _name(role: Role, place: str) -> str:
    return f"{role}_{place}s"
