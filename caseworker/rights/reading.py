"""The sealed texts of a row as they are given: without what was taken out of them."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Column, LargeBinary

from caseworker.core.codes import label
from caseworker.core.sealing import unseal
from caseworker.rights.models import PassageMark

Marks = Mapping[tuple[str, UUID, str], list[PassageMark]]


class TextChanged(Exception):
    """A text was changed after its passages were marked: `table` and `key` say which."""

    def __init__(self, table: str, key: UUID) -> None:
        super().__init__(f"{table} {key}")
        self.table, self.key = table, key


def is_text(column: Column[Any]) -> bool:
    """A sealed text a reviewer reads through; the bytes of a file are not."""
    return (
        column.name.endswith("_sealed")
        and isinstance(column.type, LargeBinary)
        and column.info.get("personal") != "document"
    )


def text_of(table: str, key: UUID, column: str, sealed: bytes, marks: Marks) -> str:
    """A sealed text without what was taken out of it. Raises TextChanged where it is not what was marked."""
    text = unseal(sealed, table, key, column).decode()
    kept, at = [], 0
    for mark in marks.get((table, key, column), []):
        if mark.decision != "out":
            continue
        if mark.length != len(text):
            raise TextChanged(table, key)
        if mark.ends > at:
            kept += [text[at : max(mark.begins, at)], taken_out(mark)]
            at = mark.ends
    return "".join([*kept, text[at:]])


def taken_out(mark: PassageMark) -> str:
    return f"[taken out: {label('passage_reason', mark.reason or '').lower()}]"
