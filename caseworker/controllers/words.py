"""What controllers may agree to share, in words."""

from typing import Any

from flask_babel import lazy_gettext as _

COVERS: dict[str, Any] = {"duplicate_warning": _("That somebody may be known there already")}
