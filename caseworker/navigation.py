"""The main menu: what each signed-in person is offered, by permission."""

from typing import Any

from flask import Flask, request, url_for

from caseworker.accounts.current import signed_in
from caseworker.accounts.permissions import Permission, permissions_of

# (words, endpoint, permission), in the order of the menu.
MENU = (
    ("Home", "casefile.home", Permission.CASELOAD_READ),
    ("Caseload", "casefile.caseload", Permission.CASELOAD_READ),
    ("Classes", "courses.index", Permission.CLASS_READ),
    ("Programmes", "programmes.index", Permission.PROGRAMME_READ),
)


def install(app: Flask) -> None:
    app.context_processor(menu)


def menu() -> dict[str, Any]:
    """`nav` and `user` for the layout; nothing for a page that nobody is signed in to."""
    user = signed_in() if request.endpoint else None
    if user is None:
        return {"nav": [], "user": None}
    held = permissions_of(user)
    nav = [
        {"label": words, "href": url_for(endpoint), "current": request.endpoint == endpoint}
        for words, endpoint, permission in MENU
        if permission in held
    ]
    return {"nav": nav, "user": user, "held": held}
