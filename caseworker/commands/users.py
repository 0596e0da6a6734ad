"""`caseworker user`: people who sign in."""

from collections.abc import Iterable
from uuid import UUID

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select

from caseworker.accounts import second_step, services
from caseworker.accounts.models import Role, RoleGrant, User
from caseworker.accounts.passwords import new_password
from caseworker.accounts.services import Place
from caseworker.config import Settings
from caseworker.core import values
from caseworker.core.clock import today
from caseworker.core.db import begin, db, transaction
from caseworker.core.errors import RuleBroken
from caseworker.core.setup import refuse_unready
from caseworker.programmes.models import Organisation, Programme

ROLES = ", ".join(role.value for role in Role)


@click.group()
def user() -> None:
    """Add people who sign in, and help them back in."""


@user.command()
@click.argument("email")
@click.option("--name", required=True, help="Their name, as colleagues see it.")
@click.option(
    "--role",
    "roles",
    multiple=True,
    metavar="ROLE[:PROGRAMME|@ORGANISATION]",
    help=f"May be repeated. Roles: {ROLES}. Without a place, everywhere.",
)
@with_appcontext
def add(email: str, name: str, roles: tuple[str, ...]) -> None:
    """Add a user with a random password, which is shown once."""
    _ready()
    try:
        address, known_as = values.email(email), values.text(name, 120)
    except values.Invalid as refused:
        raise click.UsageError(str(refused)) from None
    password = new_password()
    with transaction():
        places = [_place(typed) for typed in roles]
        try:
            services.add_user(address, known_as, password, places, today())
        except RuleBroken as broken:
            raise click.ClickException(broken.message) from None
    click.echo(f"{address.lower()} may sign in with this password, shown only now: {password}")


@user.command()
@click.argument("email")
@with_appcontext
def password(email: str) -> None:
    """Give a user a new random password, shown once, and sign them out everywhere."""
    _ready()
    fresh = new_password()
    with transaction():
        found = _found(email)
        services.set_password(found, fresh)
    click.echo(f"{found.email} may sign in with this password, shown only now: {fresh}")


@user.command("reset-second-step")
@click.argument("email")
@with_appcontext
def reset_second_step(email: str) -> None:
    """Take a user's second step off (a lost telephone), and sign them out everywhere."""
    _ready()
    with transaction():
        found = _found(email)
        second_step.take_off(found)
        services.sign_out_everywhere(found)
    click.echo(f"{found.email} signs in with the password alone until they set the second step up again")


@user.command("end-sessions")
@click.argument("email")
@with_appcontext
def end_sessions(email: str) -> None:
    """Sign a user out of every browser."""
    _ready()
    with transaction():
        found = _found(email)
        services.sign_out_everywhere(found)
    click.echo(f"{found.email} is signed out everywhere")


@user.command("switch-off")
@click.argument("email")
@with_appcontext
def switch_off(email: str) -> None:
    """Let somebody who has left sign in no more; what they entered stays theirs."""
    _ready()
    with transaction():
        found = _found(email)
        found.active = False
        services.sign_out_everywhere(found)
    click.echo(f"{found.email} may not sign in any more, and is signed out everywhere")


@user.command("switch-on")
@click.argument("email")
@with_appcontext
def switch_on(email: str) -> None:
    """Let somebody sign in again."""
    _ready()
    with transaction():
        found = _found(email)
        found.active = True
    click.echo(f"{found.email} may sign in again, with the password they had")


@user.command("list")
@with_appcontext
def list_users() -> None:
    """List the users with their roles."""
    _ready()
    begin("read")
    for found in db.session.scalars(select(User).order_by(User.email)):
        roles = ", ".join(_in_words(grant) for grant in found.grants if grant.holds_on(today()))
        marks = ["" if found.active else "may not sign in", "second step" if second_step.is_on(found) else ""]
        notes = "; ".join(mark for mark in marks if mark)
        click.echo(f"{found.email}  {found.name}  {roles or 'no role'}" + (f"  ({notes})" if notes else ""))


def _ready() -> None:
    settings: Settings = current_app.extensions["caseworker.settings"]
    refuse_unready(settings.database_url, settings.keyring())


def _found(email: str) -> User:
    found = db.session.scalar(select(User).where(User.email == email.lower()))
    if found is None:
        raise click.ClickException(f"There is no user with the address {email}")
    return found


def _place(typed: str) -> Place:
    """`keyworker`, `lead:programme-code` or `group_lead@organisation-code`."""
    name, organisation, code = typed.partition("@")
    if not organisation:
        name, _, code = typed.partition(":")
    if name not in {role.value for role in Role}:
        raise click.UsageError(f"{name} is not a role. Roles: {ROLES}")
    if not code:
        if organisation or ":" in typed:
            raise click.UsageError(
                f"{typed} does not say where: give a code, or the role alone for everywhere"
            )
        return Place(Role(name))
    if organisation:
        return Place(Role(name), organisation_id=_key_of(Organisation, code, "organisation"))
    return Place(Role(name), programme_id=_key_of(Programme, code, "programme"))


def _key_of(model: type[Programme] | type[Organisation], code: str, noun: str) -> UUID:
    key = db.session.scalar(select(model.id).where(model.code == code, model.voided_at.is_(None)))
    if key is None:
        known: Iterable[str] = db.session.scalars(
            select(model.code).where(model.voided_at.is_(None)).order_by(model.code)
        )
        raise click.UsageError(f"There is no {noun} {code}. There are: {', '.join(known) or 'none yet'}")
    return key


def _in_words(grant: RoleGrant) -> str:
    if grant.programme_id:
        return f"{grant.role}:{db.session.get_one(Programme, grant.programme_id).code}"
    if grant.organisation_id:
        return f"{grant.role}@{db.session.get_one(Organisation, grant.organisation_id).code}"
    return str(grant.role)
