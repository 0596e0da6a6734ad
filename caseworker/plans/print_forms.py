"""Which goals are printed although they are tied to safety, health or justice."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _

from caseworker.core.fields import ChoicesField
from caseworker.core.forms import CaseForm


class PrintForm(CaseForm):
    ticked = ChoicesField(_("Print these too"), options=(), optional=True, noun=_("the goals"))

    def offer(self, held: Iterable[Any]) -> None:
        """Goals that are left out unless ticked, those ticked before already so."""
        held = list(held)
        self.ticked.options = [(str(goal.id), goal.words) for goal in held]
        if not self.is_submitted():
            self.ticked.data = [str(goal.id) for goal in held if goal.printed]
