"""Unsaved typing, kept while somebody types and thrown away when they say so."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from caseworker.accounts.browser import own_path
from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core.drafts import drop_draft, keep_draft, says_nothing

bp = Blueprint("drafts", __name__, url_prefix="/drafts")


@bp.post("")
@requires(Permission.OWN_ACCOUNT)
def keep() -> ResponseReturnValue:
    """Fields of a form, and its path as `draft_path`: 204 kept, 413 too much of it, 400 no page of ours."""
    user_id, path = current_user().id, own_path(request.form.get("draft_path"))
    if path is None:
        return "", 400
    if says_nothing(request.form):
        drop_draft(user_id, path)
        return "", 204
    return ("", 204) if keep_draft(user_id, path, request.form) else ("", 413)


@bp.post("/discard")
@requires(Permission.OWN_ACCOUNT)
def discard() -> ResponseReturnValue:
    path = own_path(request.form.get("draft_path"))
    if path is not None:
        drop_draft(current_user().id, path)
    return redirect(path or "/", 303)
