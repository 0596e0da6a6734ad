"""What two records share, in words and without the values."""

from typing import Any

from flask_babel import lazy_gettext as _

from caseworker.participants.sameness import Reason

SHARED: dict[Reason, Any] = {
    Reason.NI_NUMBER: _("same National Insurance number"),
    Reason.NAME: _("same name"),
    Reason.NAME_ALIKE: _("a name like it"),
    Reason.BIRTH: _("same date of birth"),
    Reason.BIRTH_ALIKE: _("a date of birth like it"),
    Reason.POSTCODE: _("same postcode"),
}
