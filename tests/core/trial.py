"""A small feature for trying the core: organisations, made and changed through a form like any other."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from uuid import UUID

from flask import Blueprint, Flask, Response, send_file
from flask.typing import ResponseReturnValue
from jinja2 import ChoiceLoader, DictLoader
from sqlalchemy import select

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, public, requires
from caseworker.app import create_app
from caseworker.config import Settings
from caseworker.core.audit import looked
from caseworker.core.db import aside, db, refused_as
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.fields import HiddenField, NoteField, TextField
from caseworker.core.forms import CaseForm
from caseworker.core.pages import render_form, saved
from caseworker.programmes.models import Organisation
from tests.support.client import PageClient
from tests.support.databases import Database

bp = Blueprint("trial", __name__, url_prefix="/trial")

PAGE = """{% extends "layout.html" %}{% from "components/form.html" import case_form %}
{% block heading %}An organisation{% endblock %}
{% block content %}{% call case_form(form) %}{{ render_field(form.code) }}{{ render_field(form.name) }}
{% endcall %}{% endblock %}"""


class OrganisationForm(CaseForm):
    code = TextField("Code", max_length=40)
    name = NoteField("Name", max_length=20_000)
    carried = HiddenField()


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.OWN_ACCOUNT)
def new() -> ResponseReturnValue:
    form = OrganisationForm()
    if form.validate_on_submit():
        made = Organisation(code=form.code.data, name=form.name.data, entered_by_id=current_user().id)
        db.session.add(made)
        db.session.flush()
        if form.name.data == "refused after writing":
            form.reject(RuleBroken("Refused after writing", "name"))
        else:
            return saved("Organisation saved", f"/trial/{made.id}")
    return render_form("trial.html", form)


@bp.route("/<uuid:key>", methods=["GET", "POST"])
@requires(Permission.OWN_ACCOUNT)
def edit(key: UUID) -> ResponseReturnValue:
    found = db.session.get(Organisation, key)
    if found is None:
        raise NotVisible
    form = OrganisationForm(obj=found, record=found)
    if form.validate_on_submit():
        found.code, found.name = form.code.data, form.name.data
        return saved("Organisation saved", f"/trial/{found.id}")
    return render_form("trial.html", form)


@bp.route("/looked/<uuid:key>", methods=["GET", "POST"])
@requires(Permission.OWN_ACCOUNT)
def edit_looked_at(key: UUID) -> ResponseReturnValue:
    looked(key, "organisation")
    return edit(key)


@bp.get("/file")
@public
def file() -> Response:
    return send_file(BytesIO(b"%PDF-1.4"), "application/pdf", as_attachment=True, download_name="a.pdf")


@bp.get("/write-on-get")
@public
def write_on_get() -> ResponseReturnValue:
    db.session.add(Organisation(code="from-a-get", name="x"))
    db.session.flush()
    return "written"


@bp.get("/look/<uuid:key>")
@requires(Permission.OWN_ACCOUNT)
def look(key: UUID) -> ResponseReturnValue:
    looked(key, "organisation")
    looked(key, "organisation")
    return Response("looked", mimetype="text/plain")


@bp.post("/fail/<int:code>")
@requires(Permission.OWN_ACCOUNT)
def fail(code: int) -> ResponseReturnValue:
    """Write, leave word aside, and answer with this status (500: by a fault)."""
    db.session.add(Organisation(code=f"with-{code}", name="x"))
    aside(lambda: db.session.add(Organisation(code=f"aside-{code}", name="x")))
    db.session.flush()
    if code == 500:
        raise RuntimeError("a fault with a value in it: 07700 900123")
    return Response("said", code, mimetype="text/plain")


@bp.post("/twice/<code>")
@requires(Permission.OWN_ACCOUNT)
def twice(code: str) -> ResponseReturnValue:
    """Two rows, of which the database refuses the second; the first stands."""
    db.session.add(Organisation(code=code, name="first"))
    db.session.flush()
    try:
        with refused_as(uq_organisation_code=RuleBroken("That code is taken")):
            db.session.add(Organisation(code=code, name="second"))
    except RuleBroken:
        return Response("one of two", mimetype="text/plain")
    return Response("both", mimetype="text/plain")


def codes_in(app: Flask) -> set[str]:
    with app.app_context():
        return set(db.session.scalars(select(Organisation.code)))


@contextmanager
def trial_of(settings: Settings) -> Iterator[Flask]:
    """An application with the trial's pages, and error pages as in real use."""
    app = create_app(settings)
    loader = app.jinja_env.loader
    assert loader is not None
    app.jinja_env.loader = ChoiceLoader([loader, DictLoader({"trial.html": PAGE})])
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    app.test_client_class = PageClient
    app.register_blueprint(bp)
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


@contextmanager
def trial_app(database: Database) -> Iterator[Flask]:
    """The trial on a test's database, which is put back afterwards."""
    with trial_of(database.settings) as app:
        yield app
    database.dirty = True
