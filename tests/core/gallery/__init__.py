"""A small application that draws every component, to look at and to test without any feature."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from flask import Flask, flash, render_template, request
from flask_babel import Babel
from flask_wtf.csrf import CSRFProtect, generate_csrf
from jinja2 import ChoiceLoader, FileSystemLoader
from werkzeug.datastructures import MultiDict

from caseworker.core import assets, components, formatting, headers
from caseworker.core.conflicts import differing
from caseworker.core.forms import CaseForm
from caseworker.core.resources import resource_dir
from tests.core.gallery.forms import ReferralForm

HERE = Path(__file__).parent
TYPED = {
    "name": "",
    "born-day": "31",
    "born-month": "2",
    "born-year": "1990",
    "started_on": "next blursday",
    "note": "First line\n\n  third line, <b>kept</b> as it was",
    "pay": "12.345",
    "hours": "NaN",
    "barriers": "confidence",
    "satisfied": "7",
}
SAVED: Any = {"text": "Contact saved.", "undo": ("Undo", "/sink")}
NAV = ("Home", "My caseload", "Classes", "Programmes", "Social value", "Reports")


def create_gallery() -> Flask:
    app = Flask("gallery", template_folder=str(resource_dir("templates")), static_folder=None)
    app.config.update(
        SECRET_KEY="for looking at only", BABEL_DEFAULT_LOCALE="en_GB", SESSION_COOKIE_SAMESITE="Lax"
    )
    app.jinja_loader = ChoiceLoader(
        [FileSystemLoader(HERE / "templates"), FileSystemLoader(resource_dir("templates"))]
    )
    Babel(app)
    CSRFProtect(app)
    for part in (headers, assets, components):
        part.install(app)
    formatting.register(app)
    app.context_processor(frame)
    for name, view in VIEWS.items():
        app.add_url_rule(f"/{name}", endpoint=name or "home", view_func=view)
    app.add_url_rule("/error/<int:code>", view_func=error)
    app.add_url_rule("/form", view_func=keep, methods=["POST"], endpoint="form.send")
    app.add_url_rule("/drafts", view_func=keep, methods=["POST"])
    app.add_url_rule("/sink", view_func=keep, methods=["POST"], endpoint="sink")
    app.add_url_rule("/stay", view_func=keep, methods=["POST"], endpoint="stay")
    app.register_error_handler(404, lambda _: (render_template("errors/404.html"), 404))
    app.extensions["kept"] = []
    return app


def frame() -> dict[str, Any]:
    if request.path.startswith("/error"):
        return {}
    return {
        "nav": [
            {"label": name, "href": f"/{name.lower()}", "current": name == "My caseload"} for name in NAV
        ],
        "user": SimpleNamespace(name="Priya Shah", shortcuts_on=request.args.get("keys") != "off"),
        "role_label": "Key worker",
        "search_url": "/sink",
        "sign_out_url": "/sink",
        "drafts_url": "/drafts",
        "keep_alive_url": "/stay",
        "idle_minutes": float(request.args.get("idle", "30")),
        "discard_draft_url": "/sink",
        "version": "0.1.0",
        "footer_links": [
            {"label": "Accessibility", "href": "/accessibility"},
            {"label": "Privacy", "href": "/privacy"},
        ],
    }


def keep() -> tuple[str, int]:
    from flask import current_app

    current_app.extensions["kept"].append((request.path, request.form.to_dict(flat=False)))
    return "", 204


def form_page() -> str:
    draft = (
        SimpleNamespace(saved_at=datetime(2026, 11, 22, 10, 30, tzinfo=UTC))
        if "draft" in request.args
        else None
    )
    return render_template("gallery/form.html", form=ReferralForm(formdata=None), draft=draft)


def wrong_page() -> tuple[str, int]:
    form = ReferralForm(formdata=MultiDict(TYPED | {"csrf_token": generate_csrf()}))
    form.renew()
    super(CaseForm, form).validate()
    return render_template("gallery/form.html", form=form), 422


def list_page() -> str:
    flash(SAVED, "saved")
    flash("The clinic list was last checked 40 days ago.", "warn")
    return render_template("gallery/list.html")


def error(code: int) -> tuple[str, int]:
    typed = [("note", "She starts on Monday.\nBring the CSCS card."), ("channel", "phone")]
    if code == 409:
        sent = MultiDict([("note", "She starts on Monday."), ("heard", "gp")])
        form = ReferralForm(sent)
        saved = ReferralForm(formdata=None, data={"note": "She starts on Tuesday.", "heard": "self"})
        rows = [row for row in differing(form, saved, ()) if row.name in sent]
        return render_template("errors/409.html", form=form, rows=rows, typed=[("channel", "phone")]), 409
    return render_template(f"errors/{code}.html", typed=typed if "typed" in request.args else []), code


def drawn(template: str) -> Callable[[], str]:
    return lambda: render_template(f"gallery/{template}.html")


VIEWS: dict[str, Callable[[], Any]] = {
    "": drawn("parts"),
    "form": form_page,
    "wrong": wrong_page,
    "list": list_page,
    "case": drawn("case"),
    "class": drawn("class"),
}
