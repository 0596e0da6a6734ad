"""Files: how many, how big, and of what kind by their bytes."""

from collections.abc import Sequence
from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms.widgets import FileInput

from caseworker.core import values
from caseworker.core.fields.base import ValueField


class FileField(ValueField):
    """data: list of `values.Upload`, at most `most`; [] when optional and none was chosen.

    A browser never fills a file box again, so `raw` is always "".
    """

    component = "file"
    widget = FileInput()

    def __init__(self, *args: Any, most: int = 1, most_bytes: int = values.MOST_BYTES, **kwargs: Any) -> None:
        self.most = most
        self.most_bytes = most_bytes
        super().__init__(*args, **kwargs)
        self.attributes.setdefault("accept", ".pdf,.jpg,.jpeg,.png")
        if most > 1:
            self.attributes.setdefault("multiple", "multiple")

    @property
    def raw(self) -> str:
        return ""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        sent = [each for each in valuelist if isinstance(each, FileStorage) and each.filename]
        self.data = []
        if not sent:
            if not self.optional:
                raise self.refuse_blank()
            return
        if len(sent) > self.most:
            limit = "1 file" if self.most == 1 else f"{self.most} files"
            raise values.Invalid(f"Choose at most {limit}. You chose {len(sent)}")
        self.data = self.parse(sent)

    def parse(self, raw: Any) -> list[values.Upload]:
        # One byte past the limit is enough to know a file is too big.
        return [
            values.upload(each.filename, each.stream.read(self.most_bytes + 1), self.most_bytes)
            for each in raw
        ]

    def refuse_blank(self) -> values.Invalid:
        return values.Invalid(f"Choose {self.noun}")
