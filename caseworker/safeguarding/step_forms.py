"""What a safeguarding lead writes about a concern: one small form for each kind of step."""

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _

from caseworker.accounts.current import current_user
from caseworker.core.fields import ChoiceField, DateField, NoteField, TextField
from caseworker.core.forms import CaseForm
from caseworker.safeguarding.models import Concern
from caseworker.safeguarding.queries import name_of
from caseworker.safeguarding.raising import offered_to


class NoteStepForm(CaseForm):
    words = NoteField(_("What do you want to keep in mind?"), rows=5, noun=_("a note"))


class DecisionForm(CaseForm):
    words = NoteField(
        _("What was decided, and why?"),
        rows=6,
        noun=_("what was decided"),
        hint=_("Also a decision to do nothing"),
    )


class ActionForm(CaseForm):
    words = NoteField(_("What is to be done, and by whom?"), rows=3, noun=_("what is to be done"))
    due_on = DateField(
        _("By when?"), noun=_("by when it is to be done"), hint=_("For example tomorrow, or next fri")
    )


class TellForm(CaseForm):
    agency = TextField(_("Who was told?"), max_length=200, noun=_("who was told"))
    words = NoteField(_("What were they told?"), rows=4, optional=True)


class ReferForm(CaseForm):
    agency = TextField(
        _("Which agency?"),
        max_length=200,
        noun=_("the agency"),
        hint=_("For example the council’s adult safeguarding team, or the police"),
    )
    words = NoteField(
        _("What do you ask of them?"),
        rows=5,
        noun=_("what you ask of them"),
        hint=_("Printed on the referral"),
    )


class DoneForm(CaseForm):
    words = NoteField(
        _("What came of it?"), rows=3, optional=True, hint=_("Or why it is not needed any more")
    )


class CloseForm(CaseForm):
    outcome = ChoiceField(
        _("How did it end?"), list="concern_outcome", component="radios", noun=_("how it ended")
    )
    words = NoteField(_("Anything to add?"), rows=4, optional=True)


class ReopenForm(CaseForm):
    words = NoteField(_("Why is it opened again?"), rows=3, noun=_("why it is opened again"))


class ReaderForm(CaseForm):
    reader = ChoiceField(
        _("Who else may read it?"),
        options=(),
        component="select",
        coerce=UUID,
        noun=_("who else may read it"),
        hint=_("They read all of it, and change nothing"),
    )

    def __init__(self, *args: Any, record: Concern, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        self.reader.options = [
            each for each in offered_to(current_user()).colleagues if each[0] != str(record.about_user_id)
        ]


class AboutForm(CaseForm):
    about_reference = TextField(
        _("Reference of a participant"),
        optional=True,
        max_length=40,
        hint=_("Like CW-7K2M4QX, from their record. Leave it empty where they are not on record"),
        attributes={"autocomplete": "off", "spellcheck": "false"},
    )
    about_user_id = ChoiceField(
        _("A colleague it is about"),
        options=(),
        component="select",
        optional=True,
        coerce=UUID,
        hint=_("From then on they cannot see it, whatever their role is."),
    )
    category = ChoiceField(
        _("What kind of worry is it?"), list="concern_category", component="radios", optional=True
    )

    def __init__(self, *args: Any, record: Concern, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        colleagues = offered_to(current_user()).colleagues
        now_said = record.about_user_id
        if now_said is not None and str(now_said) not in dict(colleagues):
            colleagues = [*colleagues, (str(now_said), name_of(now_said))]
        self.about_user_id.options = colleagues
