"""For whoever watches the server: is it up, and can it do its work?"""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from caseworker.core.db import db
from caseworker.core.installation import Installation
from caseworker.core.migrate import is_current

bp = Blueprint("health", __name__, url_prefix="/health")


@bp.get("/live")
def live() -> ResponseReturnValue:
    """The process answers."""
    return jsonify(status="live")


@bp.get("/ready")
def ready() -> ResponseReturnValue:
    """The database answers and its tables are this version's; else 503."""
    if not is_current():
        return jsonify(status="the database is not at this version: run caseworker migrate"), 503
    db.session.scalar(select(Installation.number))
    return jsonify(status="ready")


live.public = ready.public = True  # type: ignore[attr-defined]
