"""What the privacy pack calls things: kinds of personal data, and the columns of its tables."""

from typing import Any

from flask_babel import lazy_gettext as _

# What `info["personal"]` of a column says.
CLASSES: dict[str, Any] = {
    "name": _("Names"),
    "birth": _("Date of birth"),
    "contact": _("Ways to reach them"),
    "place": _("Where they live"),
    "number": _("National Insurance and other numbers"),
    "employment": _("Work history and status"),
    "benefits": _("Benefits"),
    "pay": _("Pay"),
    "barrier": _("What stands in the way (may be health or offences)"),
    "wellbeing": _("Wellbeing answers (health)"),
    "equality": _("Equality answers (special categories)"),
    "safety": _("Safety and risk"),
    "support": _("What helps them (may be health)"),
    "document": _("Documents"),
    "opinion": _("Opinions"),
    "note": _("Notes and free text"),
    "free text": _("Notes and free text"),
}
NOT_DECIDED = _("Not decided yet")
