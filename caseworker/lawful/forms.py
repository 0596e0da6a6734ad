"""Writing down a lawful basis, switching a field on, and a notice."""

from uuid import UUID

from flask_babel import lazy_gettext as _

from caseworker.core.fields import (
    ChoiceField,
    DateField,
    NoteField,
    TextField,
    WholeNumberField,
)
from caseworker.core.forms import CaseForm

SOURCE_LENGTH = 300


class BasisForm(CaseForm):
    """One purpose and what it rests on. The options' own law stands in the page beside it."""

    purpose = ChoiceField(_("Purpose"), list="processing_purpose", component="select", noun=_("the purpose"))
    article_6 = ChoiceField(
        _("Basis (Article 6)"), list="article_6_basis", component="select", noun=_("the basis")
    )
    article_9 = ChoiceField(
        _("Condition for special kinds of data (Article 9)"),
        list="article_9_condition",
        component="select",
        optional=True,
        noun=_("the condition"),
        hint=_("Health, ethnic group, religion, sexual orientation: a second reason is needed"),
    )
    offence_condition = ChoiceField(
        _("Condition for criminal offences (Article 10)"),
        list="offence_condition",
        component="select",
        optional=True,
        noun=_("the condition for offences"),
        hint=_("Only where convictions are asked about"),
    )
    keep_from = ChoiceField(
        _("Kept from"), list="keep_from", component="radios", noun=_("the day it is kept from")
    )
    keep_months = WholeNumberField(
        _("For how many months"), low=0, high=1200, noun=_("the months"), hint=_("72 is six years")
    )
    source = TextField(
        _("Who decided it, and where it is written"),
        max_length=SOURCE_LENGTH,
        noun=_("who decided it and where it is written"),
    )
    from_on = DateField(_("Holds from"), noun=_("the first day"))


class SwitchForm(CaseForm):
    """A sensitive field is asked for from a day on."""

    why = TextField(
        _("Why it is needed, and who decided"), max_length=SOURCE_LENGTH, noun=_("why it is needed")
    )
    from_on = DateField(_("Asked from"), noun=_("the first day"))


class NoticeForm(CaseForm):
    """One edition of the words people are given."""

    organisation_id = ChoiceField(
        _("Organisation"), options=[], coerce=UUID, component="select", noun=_("the organisation")
    )
    version_name = TextField(_("Version"), max_length=20, width=10, noun=_("the version"))
    language = ChoiceField(_("Language"), list="language", component="select", noun=_("the language"))
    easy_read = ChoiceField(
        _("Form"),
        options=[("no", _("Standard")), ("yes", _("Easy read"))],
        inline=True,
        noun=_("the form"),
    )
    words = NoteField(_("The words"), rows=16, max_length=20000, noun=_("the words of the notice"))
    from_on = DateField(_("Given from"), noun=_("the first day"))
