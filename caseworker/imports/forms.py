"""Choosing a sheet, and saying what becomes of its wrong rows."""

from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _

from caseworker.core import values
from caseworker.core.fields import ChoiceField, FileField
from caseworker.core.forms import CaseForm
from caseworker.imports.grid import MOST_BYTES
from caseworker.imports.placing import Place, Plan
from caseworker.imports.reading import read_sheet
from caseworker.imports.rules import Sheet, understand
from caseworker.imports.services import Leaving

ALL, SKIP, SKIP_DOUBTFUL = "all", "skip", "skip_doubtful"


class SheetField(FileField):
    """data: [(name, Sheet)] of the one sheet chosen; its columns are understood, its cells not yet read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, most_bytes=MOST_BYTES, **kwargs)
        self.attributes["accept"] = ".xlsx,.csv,.tsv,.txt"

    def parse(self, raw: Any) -> list[Any]:
        read = []
        for each in raw:
            name = values.file_name(each.filename)
            read.append((name, understand(read_sheet(name, each.stream.read(self.most_bytes + 1)))))
        return read


class SheetForm(CaseForm):
    programme = ChoiceField(_("Programme"), noun=_("the programme they are on"), options=[])
    sheet = SheetField(_("Sheet"), noun=_("the sheet"), hint=_("XLSX or CSV, up to 5,000 people and 10 MB"))

    def offer(self, programmes: list[tuple[UUID, str]]) -> None:
        """Somebody with one programme is not asked for it."""
        self.programme.options = [(str(key), name, "") for key, name in programmes]
        self.only = str(programmes[0][0]) if len(programmes) == 1 else ""
        if self.only:
            del self.programme

    @property
    def programme_key(self) -> str:
        return self.only or str(self.programme.data)

    @property
    def chosen(self) -> tuple[str, Sheet]:
        name, sheet = self.sheet.data[0]
        return name, sheet


class ConfirmForm(CaseForm):
    how = ChoiceField(_("What should happen?"), noun=_("what should happen"), options=[])

    def offer(self, plan: Plan) -> None:
        """Only what this sheet leaves to choose."""
        wrong, doubtful = plan.count(Place.WRONG), len(plan.doubtful)
        making = len(plan.to_make)
        options = [(ALL, _("All or nothing: bring in every row, or none while one is wrong"), "")]
        if wrong:
            said = _("Leave out the wrong rows and bring in the other %(count)s", count=making)
            options.append((SKIP, said, ""))
        if doubtful:
            said = _("Leave out the doubtful rows too and bring in %(count)s", count=making - doubtful)
            options.append((SKIP_DOUBTFUL, said, ""))
        self.how.options = options

    @property
    def leaving(self) -> Leaving:
        return Leaving(wrong=self.how.data in (SKIP, SKIP_DOUBTFUL), doubtful=self.how.data == SKIP_DOUBTFUL)
