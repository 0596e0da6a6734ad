"""Taking a request down, and each step of answering it."""

from typing import Any

from flask_babel import lazy_gettext as _

from caseworker.core.codes import codes, label
from caseworker.core.fields import (
    ChoiceField,
    ChoicesField,
    DateField,
    NoteField,
    TextField,
    YesNoField,
)
from caseworker.core.forms import CaseForm
from caseworker.rights.passages import PHRASE, Text
from caseworker.rights.rules import RESTRICTION

WORDS = 4000
PURPOSES = [(each.code, each.label_en) for each in codes("processing_purpose")]


class RequestForm(CaseForm):
    kind = ChoiceField(_("What they ask for"), list="rights_kind", noun=_("what they ask for"))
    received_on = DateField(
        _("When they asked"),
        past=True,
        width=10,
        noun=_("the day they asked"),
        hint=_("The first day anybody here heard or read it. The month is counted from it"),
    )
    how = ChoiceField(_("How they asked"), list="request_channel", noun=_("how they asked"))
    known = YesNoField(
        _("Are we sure who asks?"),
        hint=_("Yes when you know them. No when somebody has to prove who they are, or whom they act for"),
        noun=_("whether we are sure who asks"),
    )
    asked_by = ChoiceField(_("Who asks"), list="request_asker", noun=_("who asks"))
    asker = TextField(_("Their name"), optional=True, max_length=200, hint=_("Where it is not the person"))
    words = NoteField(_("What they said, in their words"), optional=True, rows=4, max_length=WORDS)


class DeskRequestForm(RequestForm):
    """From the desk the person is named by their reference."""

    reference = TextField(_("Reference of the person"), max_length=20, width=10, hint=_("Like CW-0A1B2C3"))


class DayForm(CaseForm):
    """A step that is only a day."""

    on = DateField(_("Day"), past=True, width=10, noun=_("the day"))


class ExtendForm(CaseForm):
    reason = ChoiceField(_("Why"), list="extension_reason", noun=_("why more time is needed"))


class AnswerForm(CaseForm):
    outcome = ChoiceField(_("What was answered"), options=[], component="radios", noun=_("what was answered"))
    words = NoteField(
        _("What they were told, and why"),
        optional=True,
        rows=5,
        max_length=WORDS,
        hint=_("Needed where anything is refused"),
    )
    on = DateField(_("When they were told"), past=True, width=10, noun=_("the day they were told"))

    def offer(self, kind: str) -> None:
        """The answers that fit what was asked."""
        self.outcome.options = [
            (each.code, each.label_en)
            for each in codes("rights_outcome")
            if kind in each.extras["kinds"].split()
        ]


def asked_of(form: RequestForm) -> dict[str, Any]:
    """The form's answers as `services.Asked` takes them."""
    return {
        "kind": form.kind.data,
        "received_on": form.received_on.data,
        "how": form.how.data,
        "asked_by": form.asked_by.data,
        "asker": form.asker.data,
        "words": form.words.data,
        "sure": form.received_on.data if form.known.data else None,
    }


class PackForm(CaseForm):
    """One button: the texts were read through."""


class PassageForm(CaseForm):
    passages = ChoicesField(_("Which passages"), options=[], optional=True, noun=_("the passages"))
    phrase = TextField(
        _("Or some words of it"),
        optional=True,
        max_length=PHRASE,
        hint=_("Typed as they stand, a name say: every place of them is meant"),
    )
    decision = ChoiceField(_("What to do"), list="passage_decision", noun=_("what to do"))
    reason = ChoiceField(_("Why"), options=[], component="select", noun=_("why"))

    def offer(self, text: Text) -> None:
        self.passages.options = [
            (f"{passage.begins}-{passage.ends}", passage.words) for passage in text.passages()
        ]
        self.reason.options = [
            (each.code, f"{label('passage_decision', each.extras['of'])}: {each.label_en.lower()}")
            for each in codes("passage_reason")
        ]

    @property
    def spans(self) -> list[tuple[int, int]]:
        """(first character, the one after the last) of each passage ticked."""
        ticked = [picked.split("-") for picked in self.passages.data or []]
        return [(int(begins), int(ends)) for begins, ends in ticked]


class WantedForm(CaseForm):
    wanted = NoteField(_("What it should say"), rows=5, max_length=WORDS, noun=_("what it should say"))


class StatementForm(CaseForm):
    words = NoteField(_("In their words"), rows=5, max_length=WORDS, noun=_("their words"))


class LimitForm(CaseForm):
    reason = ChoiceField(_("Why"), options=[], component="radios", noun=_("why"))
    purpose = ChoiceField(
        _("For which purpose"),
        options=[("", _("Every purpose")), *PURPOSES],
        component="select",
        optional=True,
        noun=_("the purpose"),
    )
    from_on = DateField(_("From"), past=True, width=10, noun=_("the day"))

    def offer(self, kind: str) -> None:
        """The reasons that fit; a restriction is of the whole record."""
        self.reason.options = [
            (each.code, each.label_en) for each in codes("limit_reason") if each.extras["kind"] == kind
        ]
        if kind == RESTRICTION:
            self.purpose.options = [("", _("The whole record"))]
