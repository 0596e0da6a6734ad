"""A document on one page, and the day its original was seen."""

from flask_babel import lazy_gettext as _

from caseworker.core.codes import codes
from caseworker.core.fields import ChoiceField, DateField, FileField, NoteField
from caseworker.core.forms import CaseForm
from caseworker.documents.rules import Paper, is_about_health

PHONE_CAMERA = {"accept": "image/*,application/pdf", "capture": "environment"}


class DocumentForm(CaseForm):
    kind = ChoiceField(
        _("What it is"), list="document_kind", component="select", noun=_("what document it is")
    )
    seen_on = DateField(
        _("Original seen on"),
        past=True,
        optional=True,
        noun=_("the day you saw the original"),
        hint=_("Seeing it is usually enough: keep a copy only where a funder asks for one"),
        width=10,
    )
    expires_on = DateField(
        _("Last day it holds"), optional=True, noun=_("its last day"), hint=_("Empty: no last day"), width=10
    )
    issued_on = DateField(_("Date on it"), past=True, optional=True, noun=_("the date on it"), width=10)
    copy = FileField(
        _("Copy"),
        optional=True,
        noun=_("a photo or a file"),
        hint=_("A photo or PDF, up to 10 MB"),
        attributes=PHONE_CAMERA,
    )
    note = NoteField(_("Note"), optional=True, rows=3)

    def leave_out_health(self) -> None:
        """For an office: no papers about health, and no notes."""
        del self.note
        offered = [
            (row.code, row.label_en) for row in codes("document_kind") if not is_about_health(row.code)
        ]
        self.kind.options = offered

    @property
    def paper(self) -> Paper:
        return Paper(
            kind=self.kind.data,
            seen_on=self.seen_on.data,
            issued_on=self.issued_on.data,
            expires_on=self.expires_on.data,
            note=self.note.data if "note" in self else None,
            copied=bool(self.copy.data),
        )


class OriginalForm(CaseForm):
    seen_on = DateField(_("Original seen on"), past=True, noun=_("the day you saw the original"), width=10)


class CopyForm(CaseForm):
    copy = FileField(
        _("Copy"),
        noun=_("a photo or a file"),
        hint=_("A photo or PDF, up to 10 MB"),
        attributes=PHONE_CAMERA,
    )
