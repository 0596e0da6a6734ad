"""What can be done with several people of a caseload at once."""

from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _

from caseworker.accounts.models import User
from caseworker.accounts.permissions import Permission, may

# (words, endpoint the chosen `enrolment` values are posted to): offered to whoever may open the page.
ACTIONS = (
    (_("Hand over"), "handover.new"),
    (_("Add to a course"), "handover.add_to_course"),
    (_("Message list"), "handover.message_list"),
)


def bulk_actions(user: User) -> list[tuple[Any, str]]:
    """Those of ACTIONS that exist here and that this user may do."""
    known = current_app.view_functions
    return [
        (words, endpoint)
        for words, endpoint in ACTIONS
        if endpoint in known and may(user, _asked_by(known[endpoint]))
    ]


def _asked_by(view: Any) -> Permission:
    permission: Permission = view.permission
    return permission
