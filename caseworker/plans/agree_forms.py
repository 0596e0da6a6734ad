"""Agreement with its signature and copy, review, and barriers left without a goal by choice."""

from uuid import UUID

from flask_babel import lazy_gettext as _
from wtforms import ValidationError

from caseworker.core.fields import ChoiceField, DateField, FileField, HiddenField, TextField
from caseworker.core.forms import CaseForm
from caseworker.core.values import Invalid
from caseworker.plans.agreeing import Agreement
from caseworker.plans.signature import MOST_LETTERS, Signature, drawn

# What is over the drawing's own limit is refused in its own words.
SENT = 20 * MOST_LETTERS
DRAWN, TYPED = "signature", "typed"


class AgreeForm(CaseForm):
    agreed_how = ChoiceField(_("How they agree"), list="agreed_how", noun=_("how they agree"))
    strokes = HiddenField(_("Signature, as it was drawn"), max_length=SENT, noun=_("the signature"))
    typed_name = TextField(
        _("Their name, typed by them"), optional=True, max_length=120, noun=_("their name, as they type it")
    )
    paper = FileField(
        _("Photo or scan of the signed paper"),
        optional=True,
        noun=_("a photo or scan"),
        hint=_("If it was signed on paper. A PDF or picture, up to 10 MB"),
    )
    agreed_on = DateField(_("On which day"), past=True, width=10, noun=_("the day they agreed"))
    copy_how = ChoiceField(
        _("Their copy"), list="copy_how", optional=True, component="select", noun=_("how they got their copy")
    )
    copy_given_on = DateField(
        _("Given on"), optional=True, past=True, width=10, noun=_("the day they got their copy")
    )

    signature: Signature | None = None

    def validate_agreed_how(self, field: ChoiceField) -> None:
        """The drawing counts only where they chose to draw; what is wrong with it is said at that choice."""
        if field.data != DRAWN:
            return
        if self.strokes.data is None:
            raise ValidationError(_("Draw the signature in the box, or choose another way to agree"))
        try:
            self.signature = drawn(self.strokes.data)
        except Invalid as refused:
            raise ValidationError(refused.message) from None

    def validate_typed_name(self, field: TextField) -> None:
        if self.agreed_how.data == TYPED:
            if field.data is None:
                raise ValidationError(_("Enter their name, as they type it, or choose another way to agree"))
            self.signature = Signature(name=field.data)

    def validate_copy_given_on(self, field: DateField) -> None:
        if field.data is not None and self.copy_how.data is None:
            raise ValidationError(_("Choose how they got their copy, or leave the day out"))

    def agreement(self, file_id: UUID | None) -> Agreement:
        """What was filled in; only after the form was found to be right."""
        return Agreement(
            how=self.agreed_how.data,
            agreed_on=self.agreed_on.data,
            signature=self.signature,
            file_id=file_id,
            copy_how=self.copy_how.data,
            copy_given_on=self.copy_given_on.data,
        )


class CopyForm(CaseForm):
    copy_how = ChoiceField(
        _("How they got it"), list="copy_how", component="radios", noun=_("how they got their copy")
    )
    copy_given_on = DateField(_("On which day"), past=True, width=10, noun=_("the day they got their copy"))


class ReviewForm(CaseForm):
    reviewed_on = DateField(
        _("When you looked at it together"), past=True, width=10, noun=_("the day of the review")
    )


class DeclineForm(CaseForm):
    """One button on the plan. The theme travels in the form: an address is kept in too many places."""

    theme = ChoiceField(list="barrier_theme", component="hidden", noun=_("the theme"))
