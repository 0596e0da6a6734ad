"""What the pages of intake call things."""

from typing import Any

from flask_babel import lazy_gettext as _

from caseworker.participants.matching import Match
from caseworker.participants.sameness import Reason

SHARED: dict[Reason, Any] = {
    Reason.NI_NUMBER: _("same National Insurance number"),
    Reason.NAME: _("same name"),
    Reason.NAME_ALIKE: _("a name like it"),
    Reason.BIRTH: _("same date of birth"),
    Reason.BIRTH_ALIKE: _("a date of birth like it"),
    Reason.POSTCODE: _("same postcode"),
}


def shared_words(match: Match) -> str:
    """What a person and the description share: "same name, same date of birth"."""
    return ", ".join(str(SHARED[reason]) for reason in match.comparison.shared)
