"""The main menu: what each signed-in person is offered, by permission."""

from importlib.metadata import version
from typing import Any

from flask import Flask, g, request, url_for

from caseworker.accounts.current import signed_in
from caseworker.accounts.permissions import Permission, permissions_of, role_label
from caseworker.safeguarding.queries import count_unread
from caseworker.wellbeing.handed_routes import is_handed_over

VERSION = version("caseworker")

# (words, endpoint, permission), in the order of the menu.
MENU = (
    ("Concerns", "safeguarding.desk", Permission.CONCERN_LEAD),
    ("Home", "casefile.home", Permission.CASELOAD_READ),
    ("My week", "appointments.week", Permission.APPOINTMENT_RECORD),
    ("Caseload", "casefile.caseload", Permission.CASELOAD_READ),
    ("Visits", "visits.index", Permission.VISIT_RECORD),
    ("People", "office.people", Permission.PEOPLE_READ),
    ("Employers", "employers.index", Permission.EMPLOYER_RECORD),
    ("Classes", "courses.index", Permission.CLASS_READ),
    ("Programmes", "programmes.index", Permission.PROGRAMME_READ),
    ("Rules", "ruling.index", Permission.PROGRAMME_RULES),
    ("Take a message", "messages.take", Permission.MESSAGE_TAKE),
    ("Requests", "rights.desk", Permission.RIGHTS_ANSWER),
    ("Keeping and erasing", "retention.index", Permission.RETENTION_PROPOSE),
    ("Restricted records", "controllers.desk", Permission.LINK_RECORD),
    ("Lawful basis", "lawful.index", Permission.LAWFUL_READ),
    ("Who has access", "privacy.access", Permission.ACCESS_REVIEW),
    ("Privacy pack", "privacy_pack.pack", Permission.PRIVACY_READ),
)


def install(app: Flask) -> None:
    app.context_processor(menu)


# (words, endpoint), shown at the foot of every page.
FOOTER = (("Accessibility", "accounts.accessibility"), ("Privacy", "accounts.privacy"))

# What the layout and its script may call, by the name the layout knows it under.
ADDRESSES = {
    "concern_url": ("safeguarding.tell", Permission.CONCERN_RAISE),
    "search_url": ("search.find", Permission.PERSON_FIND),
    "office_search_url": ("office.find", Permission.PEOPLE_READ),
    "account_url": ("account.show", Permission.OWN_ACCOUNT),
    "sign_out_url": ("accounts.sign_out", Permission.OWN_ACCOUNT),
    "drafts_url": ("drafts.keep", Permission.OWN_ACCOUNT),
    "discard_draft_url": ("drafts.discard", Permission.OWN_ACCOUNT),
    "keep_alive_url": ("accounts.keep_alive", Permission.OWN_ACCOUNT),
}


def menu() -> dict[str, Any]:
    """What the layout shows around a page; little for one that nobody is signed in to."""
    around: dict[str, Any] = {
        "version": VERSION,
        "footer_links": [{"label": words, "href": url_for(endpoint)} for words, endpoint in FOOTER],
    }
    nameless = g.get("failed") or is_handed_over()
    user = signed_in() if request.endpoint and not nameless else None
    if user is None:
        return around
    held = permissions_of(user)
    for name, (endpoint, permission) in ADDRESSES.items():
        if permission in held:
            around[name] = url_for(endpoint)
    around.setdefault("search_url", around.pop("office_search_url", ""))
    if Permission.CONCERN_LEAD in held:
        around["concerns_unread"] = count_unread(user)
    around["user"] = user
    around["role_label"] = role_label(user)
    around["nav"] = [
        {"label": words, "href": url_for(endpoint), "current": _is_here(endpoint)}
        for words, endpoint, permission in MENU
        if permission in held
    ]
    return around


def _is_here(endpoint: str) -> str | bool:
    """`page` on the page itself, true anywhere else in its part of the house."""
    if request.endpoint == endpoint:
        return "page"
    if "casefile.home" in (endpoint, request.endpoint):
        return False
    return request.blueprint == endpoint.split(".")[0]
