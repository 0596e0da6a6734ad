"""What is asked of somebody who is here: safety, work, agreements, eligibility, equality, non-start."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _

from caseworker.core.fields import (
    ChoiceField,
    ChoicesField,
    DateField,
    FileField,
    NoteField,
    TextField,
    YesNoField,
)
from caseworker.core.forms import CaseForm
from caseworker.intake.questions import ANSWERED, DECLINED, NOT_ASKED, QUESTIONS, Question
from caseworker.intake.words import QUESTION
from caseworker.participants.safety import FLAGS

SAFE_TIMES_LENGTH = 200
NOT_ASKED_HERE = _("This programme does not ask that. Nothing was saved: open the page again")


class SafetyForm(CaseForm):
    """Ways they must never be reached, and when it is safe."""

    never = ChoicesField(
        _("Never"),
        options=[
            ("no_voicemail", _("Leave a message on their telephone")),
            ("no_texts", _("Send a text")),
            ("no_letters", _("Post a letter")),
            ("no_emails", _("Send an e-mail")),
        ],
        optional=True,
        noun=_("what must never be done"),
    )
    safe_times = TextField(
        _("Safe times to call"),
        optional=True,
        max_length=SAFE_TIMES_LENGTH,
        noun=_("the safe times"),
        hint=_("Like: Monday to Wednesday, 10 to 2. Leave empty if any time is safe"),
    )

    def __init__(self, *args: Any, obj: Any = None, **kwargs: Any) -> None:
        ticked = [flag for flag in FLAGS if obj is not None and getattr(obj, flag)]
        super().__init__(*args, obj=obj, data={"never": ticked}, **kwargs)


class StopForm(CaseForm):
    """Why nothing may reach them any more."""

    kind = ChoiceField(
        _("What happened"),
        options=[("died", _("They died")), ("do_not_contact", _("They asked us not to contact them"))],
        noun=_("what happened"),
    )


class StatusForm(CaseForm):
    """Work and benefits from a day on."""

    from_on = DateField(
        _("From which day"), past=True, noun=_("the day"), hint=_("The day it began, or today if unsure")
    )
    economic_status = ChoiceField(
        _("Work"), list="economic_status", component="radios", noun=_("how things stand")
    )
    required_to_look = YesNoField(
        _("Must look for work to get their benefit?"), optional=True, noun=_("whether they must look")
    )
    benefit = ChoiceField(
        _("Main benefit"), list="benefit", component="select", optional=True, noun=_("the main benefit")
    )


class AgreementForm(CaseForm):
    """One answer to one purpose."""

    purpose = ChoiceField(
        _("About"), list="agreement_purpose", component="radios", noun=_("what it is about")
    )
    agency = TextField(
        _("Which agency"),
        optional=True,
        max_length=120,
        noun=_("the agency"),
        hint=_("Only for sharing. Each agency is asked about by name"),
    )
    answer = ChoiceField(
        _("What they said"),
        options=[("given", _("Yes")), ("declined", _("No"))],
        inline=True,
        noun=_("what they said"),
    )
    given_on = DateField(_("On which day"), past=True, noun=_("the day"))
    notice_version = TextField(
        _("Version of the privacy notice they had"),
        max_length=20,
        noun=_("the version of the notice"),
        width=10,
    )
    how = ChoiceField(_("How"), list="agreed_how", optional=True, inline=True, noun=_("how they answered"))
    used_for = ChoicesField(
        _("What it may be used for"),
        list="picture_use",
        optional=True,
        noun=_("what it may be used for"),
        hint=_("Only for a photo or a story. A yes to one use is no yes to another"),
    )
    decided_by = ChoiceField(
        _("Who decided"), list="decided_by", component="radios", noun=_("who decided"), default="self"
    )
    decider = TextField(_("Name of who decided"), optional=True, max_length=120, noun=_("the name"))
    judged = NoteField(
        _("How it was judged"),
        optional=True,
        rows=3,
        max_length=2000,
        noun=_("how it was judged"),
        hint=_("Needed under 16, and when somebody else decides: what you asked, and what they understood"),
    )

    @property
    def opens(self) -> bool:
        """The part about who decided holds something, or something there is wrong."""
        other = self.decided_by.data not in (None, "self")
        return other or any(part.errors or part.data for part in (self.decider, self.judged))


class WithdrawForm(CaseForm):
    withdrawn_on = DateField(_("On which day"), past=True, noun=_("the day they took it back"))


class EligibilityForm(CaseForm):
    """One criterion: whether it is met, and what showed it."""

    answer = ChoiceField(
        _("Is it met?"),
        options=[("met", _("Met")), ("not_met", _("Not met")), ("not_known", _("Not known"))],
        noun=_("whether it is met"),
    )
    evidence = ChoiceField(
        _("What showed it"),
        options=[],
        optional=True,
        component="radios",
        noun=_("what showed it"),
    )
    seen_on = DateField(
        _("Day you saw it"),
        past=True,
        optional=True,
        noun=_("the day you saw it"),
        hint=_("Today if left empty"),
    )
    document = ChoiceField(
        _("Or a document already recorded"),
        options=[],
        optional=True,
        component="select",
        noun=_("a document"),
    )
    copy = FileField(
        _("A copy of it"), optional=True, noun=_("a copy"), hint=_("A photo or PDF, up to 10 MB")
    )


class NonStartForm(CaseForm):
    """They were referred and never began."""

    reason = ChoiceField(
        _("Why they did not start"),
        list="non_start_reason",
        component="radios",
        noun=_("why they did not start"),
    )
    closed_on = DateField(_("On which day"), past=True, noun=_("the day"))


class EqualityForm(CaseForm):
    """Every question with its three states: an answer, prefers not to say, not asked."""

    asked_on = DateField(_("Day you asked"), past=True, noun=_("the day you asked"))

    @property
    def said(self) -> dict[str, tuple[str, str | None]]:
        """(state, answer) by question; only after the form was found to be right."""
        found: dict[str, tuple[str, str | None]] = {}
        for question in QUESTIONS:
            picked = self[question.code].data if question.code in self else None
            if picked is not None:
                answered = picked not in (DECLINED, NOT_ASKED)
                found[question.code] = (ANSWERED, picked) if answered else (picked, None)
        return found

    def refuse_others(self, sent: Mapping[str, str]) -> None:
        """An answer to a question that is not asked here is refused, not dropped in silence."""
        if any(sent.get(each.code) for each in QUESTIONS if each.code not in self):
            self.refusals.append(str(NOT_ASKED_HERE))

    def only(self, questions: tuple[Question, ...]) -> None:
        """Leave out the questions that a programme does not ask."""
        asked = {question.code for question in questions}
        for question in QUESTIONS:
            if question.code not in asked:
                del self[question.code]


def _add_question(question: Question) -> None:
    options = [(NOT_ASKED, _("Not asked")), (DECLINED, _("Prefers not to say"))]
    options += [(each.code, each.label_en) for each in question.answers]
    label = QUESTION[question.code]
    field = ChoiceField(label, options=options, optional=True, component="select", noun=_("an answer"))
    setattr(EqualityForm, question.code, field)


for _question in QUESTIONS:
    _add_question(_question)
