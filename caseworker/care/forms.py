"""What somebody needs in one page of taps, their emergency card, and a message about a learner."""

from typing import Any

from flask_babel import lazy_gettext as _

from caseworker.care.models import CommunicationNeeds, EmergencyCard
from caseworker.care.rules import ENGLISH, NONE, NeedsSaid
from caseworker.core.fields import ChoiceField, ChoicesField, NoteField, PhoneField, TextField
from caseworker.core.forms import CaseForm

PRINTS = (
    ("large_print", _("Large print")),
    ("easy_read", _("Easy read: short words and pictures")),
    ("reads_with_help", _("Somebody helps them read")),
)


class NeedsForm(CaseForm):
    language = ChoiceField(
        _("Language they are at home in"), list="language", component="select", noun=_("the language")
    )
    interpreter = ChoiceField(
        _("Interpreter"), list="interpreter", component="radios", noun=_("whether they need an interpreter")
    )
    prints = ChoicesField(_("On paper and screen"), options=PRINTS, optional=True, noun=_("what they need"))
    helps = NoteField(
        _("What else helps"),
        optional=True,
        rows=2,
        max_length=1000,
        noun=_("what else helps"),
        hint=_("What helps, never why. Tutors read it"),
    )

    @property
    def said(self) -> NeedsSaid:
        """What was filled in; only after the form was found to be right."""
        ticked = set(self.prints.data)
        flags = {name: name in ticked for name, _words in PRINTS}
        return NeedsSaid(self.language.data, self.interpreter.data, helps=self.helps.data, **flags)


class CardForm(CaseForm):
    who = TextField(_("Whom to ring"), max_length=120, noun=_("whom to ring"), hint=_("Like: my sister Ann"))
    phone = PhoneField(_("Their telephone"), noun=_("their telephone"))
    what_to_do = NoteField(
        _("What to do, in their words"), optional=True, rows=3, max_length=1000, noun=_("what to do")
    )
    shown = ChoiceField(
        _("May course and event staff open it?"),
        options=[("yes", _("Yes, they agree")), ("no", _("No, only those who work on their case"))],
        noun=_("whether course and event staff may open it"),
    )


class MessageForm(CaseForm):
    kind = ChoiceField(
        _("What it is about"), list="learner_message_kind", inline=True, noun=_("what it is about")
    )
    words = NoteField(_("Message"), rows=3, max_length=2000, noun=_("the message"))


def needs_values(needs: CommunicationNeeds | None) -> dict[str, Any]:
    """Answers as their form shows them; the first time, that they need nothing is one tap away."""
    if needs is None:
        return {"language": ENGLISH, "interpreter": NONE, "prints": []}
    return {
        "language": needs.language,
        "interpreter": needs.interpreter,
        "prints": [name for name, _words in PRINTS if getattr(needs, name)],
        "helps": needs.helps,
    }


def card_values(card: EmergencyCard | None) -> dict[str, Any]:
    if card is None:
        return {}
    return {
        "who": card.who,
        "phone": card.phone,
        "what_to_do": card.what_to_do,
        "shown": "yes" if card.shown_to_staff else "no",
    }
