"""The programmes and groups somebody may read the figures of."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from caseworker.accounts.current import current_user
from caseworker.accounts.models import Role
from caseworker.accounts.permissions import Permission, permissions_of, requires
from caseworker.core.db import db
from caseworker.programmes.queries import programmes_of, visible_organisations, visible_programmes

bp = Blueprint("programmes", __name__)


@bp.get("/programmes")
@requires(Permission.PROGRAMME_READ)
def index() -> ResponseReturnValue:
    user = current_user()
    return render_template(
        "programmes/index.html",
        programmes=list(db.session.scalars(visible_programmes(user))),
        groups=list(db.session.scalars(visible_organisations(user))),
        led=set(db.session.scalars(programmes_of(user, {Role.LEAD}))),
        may_outcomes=Permission.OUTCOMES_READ in permissions_of(user),
    )
