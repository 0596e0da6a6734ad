"""How a route answers: a page, a form with what is wrong with it, or `saved`."""

from typing import Any
from uuid import UUID

from flask import current_app, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from wtforms import Field, HiddenField

from caseworker.core.drafts import drop_draft, find_draft, typed_in
from caseworker.core.forms import CaseForm, spend


def public_url() -> str:
    """The address people type, from the settings: what a request says of itself may be forged."""
    url: str = current_app.extensions["caseworker.settings"].public_url
    return url


def signed_in_id() -> UUID | None:
    """Who is signed in, as `accounts` found it for this request."""
    user_id: UUID | None = g.get("user_id")
    return user_id


def render_form(template: str, form: CaseForm, **context: Any) -> ResponseReturnValue:
    """The form's page: 422 with everything typed when something is wrong, else with the draft put back."""
    draft = None
    user_id = signed_in_id()
    if request.method == "GET" and user_id:
        draft = find_draft(user_id, request.path)
        if draft is not None and not _put_back(form, typed_in(draft)):
            draft = None
    status = 422 if form.problems else 200
    return render_template(template, form=form, draft=draft, **context), status


def _put_back(form: CaseForm, typed: MultiDict[str, str]) -> bool:
    """Fill the fields a person sees with what they typed; False when none of it belongs to this form."""
    visible = [field for field in form if not _is_hidden(field)]
    if not any(_is_typed(field, typed) for field in visible):
        return False
    for field in visible:
        field.process(typed)
    return True


def _is_hidden(field: Field) -> bool:
    return isinstance(field, HiddenField) or getattr(field, "component", "") in ("hidden", "file")


def _is_typed(field: Field, typed: MultiDict[str, str]) -> bool:
    """A date of birth is typed into several boxes: name-day, name-month, name-year."""
    return any(name == field.name or name.startswith(f"{field.name}-") for name in typed)


def saved(message: str, location: str, undo: tuple[str, str] | None = None) -> ResponseReturnValue:
    """303 to `location`, in one transaction with the work: the token is spent and the draft dropped.

    `undo` is (words, address to post to). The message names no person: it travels in a cookie.
    """
    user_id = signed_in_id()
    spend(location, user_id)
    if user_id:
        drop_draft(user_id, request.path)
    banner: Any = {"text": message, "undo": undo} if undo else message
    flash(banner, "saved")
    return redirect(location, 303)
