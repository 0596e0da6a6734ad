"""Texts of a record read through before it is given: passages about somebody else kept in or taken out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Table, or_

from caseworker.accounts.models import User
from caseworker.core.codes import code
from caseworker.core.db import Base, db
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.sealing import unseal
from caseworker.participants import belonging
from caseworker.rights import giving
from caseworker.rights.giving import Subject
from caseworker.rights.models import PassageMark, RightsRequest
from caseworker.rights.reading import is_text

PAGE = 20
PHRASE = 500
# Words that often speak of another person. A hint, never a decision.
OTHERS = re.compile(
    r"\b(mother|mum|mam|father|dad|parents?|brother|sister|son|daughter|child|children|husband|wife|partner|"
    r"ex|boyfriend|girlfriend|friend|neighbour|uncle|aunt|cousin|nan|gran|grandmother|grandfather|flatmate|"
    r"housemate|landlord|carer|manager|colleague|he|she|him|his|her|hers)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]*[.!?\n]+|[^.!?\n]+")


@dataclass(frozen=True)
class Passage:
    """A sentence of a text: characters from `begins` up to `ends`, and what was decided of it."""

    begins: int
    ends: int
    words: str
    mark: PassageMark | None


@dataclass(frozen=True)
class Text:
    """One text of one row, with the passages marked in it."""

    table: Table
    column: Column[bytes]
    key: UUID
    words: str
    marks: tuple[PassageMark, ...]

    @property
    def speaks_of_others(self) -> bool:
        return OTHERS.search(self.words) is not None

    @property
    def out_of_date(self) -> bool:
        """It was changed after it was marked."""
        return any(mark.length != len(self.words) for mark in self.marks)

    def passages(self) -> list[Passage]:
        found = []
        for match in _SENTENCE.finditer(self.words):
            words = match[0].strip()
            if words:
                begins = match.start() + match[0].index(words)
                mark = next((m for m in self.marks if m.begins <= begins < m.ends), None)
                found.append(Passage(begins, begins + len(words), words, mark))
        return found


def tables_with_text() -> list[Table]:
    return [table for table in giving.tables_given() if any(is_text(column) for column in table.columns)]


def count_texts(subject: Subject) -> dict[str, int]:
    """How many rows with a text there are, by table; only tables that have any."""
    return giving.count_by_table(
        {table: _has_text(table) for table in tables_with_text()}, subject.participant_ids
    )


def page_of_texts(table_name: str, subject: Subject, page: int) -> list[Text]:
    """A page of the rows of one table that have a text. Raises NotVisible for a table that has none."""
    table = next((each for each in tables_with_text() if each.name == table_name), None)
    if table is None:
        raise NotVisible
    rows = db.session.execute(
        belonging.rows_of(table, subject.participant_ids)
        .where(_has_text(table))
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    ).mappings()
    return [text for row in rows for text in _texts(table, dict(row), subject)]


def find_text(table_name: str, key: UUID, field: str, subject: Subject) -> Text:
    """Raises NotVisible unless it is a text of a row of this person that a pack would give."""
    for table in tables_with_text():
        if table.name == table_name:
            row = db.session.execute(
                belonging.rows_of(table, subject.participant_ids).where(table.c.id == key)
            ).mappings().one_or_none()  # fmt: skip
            for text in _texts(table, dict(row), subject) if row else ():
                if text.column.name == field:
                    return text
    raise NotVisible


def _has_text(table: Table) -> ColumnElement[bool]:
    return or_(*(column.is_not(None) for column in table.columns if is_text(column)))


def _texts(table: Table, row: dict[str, object], subject: Subject) -> Iterator[Text]:
    key = row["id"]
    if key in subject.moved:
        return
    for column in table.columns:
        sealed = row[column.name]
        if is_text(column) and isinstance(sealed, bytes | memoryview) and isinstance(key, UUID):
            words = unseal(bytes(sealed), table.name, key, column.name).decode()
            marks = subject.marks.get((table.name, key, column.name), [])
            yield Text(table, column, key, words, tuple(marks))


def mark_passages(
    request: RightsRequest,
    text: Text,
    spans: Iterable[tuple[int, int]],
    decision: str,
    reason: str,
    *,
    by: User,
    now: datetime,
) -> list[PassageMark]:
    """Keep passages in or take them out. What was marked on the same characters before gives way.

    Raises RuleBroken (passages, reason).
    """
    chosen = sorted(set(spans))
    if not chosen:
        raise RuleBroken("Tick what you decided about, or type the words", "passages")
    if code("passage_reason", reason).extras["of"] != decision:
        raise RuleBroken("This reason belongs to the other answer", "reason")
    made = []
    for begins, ends in chosen:
        if not 0 <= begins < ends <= len(text.words):
            raise RuleBroken("This is not a passage of the text", "passages")
        for mark in text.marks:
            if mark.begins < ends and begins < mark.ends:
                _give_way(mark, by, now)
        made.append(
            PassageMark(
                request_id=request.id, record_kind=text.table.name, record_id=text.key,
                field=text.column.name, begins=begins, ends=ends, length=len(text.words),
                decision=decision, reason=reason, entered_by_id=by.id,
            )
        )  # fmt: skip
    db.session.add_all(made)
    db.session.flush()
    return made


def spans_of(text: Text, phrase: str) -> list[tuple[int, int]]:
    """Every place of some words in a text, whatever their case. Raises RuleBroken (phrase) for none."""
    found = [match.span() for match in re.finditer(re.escape(phrase.strip()), text.words, re.IGNORECASE)]
    if not phrase.strip() or not found:
        raise RuleBroken("These words are not in the text", "phrase")
    return found


def unmark_text(text: Text, *, by: User, now: datetime) -> None:
    """All of a text is given again."""
    for mark in text.marks:
        _give_way(mark, by, now)


def _give_way(mark: PassageMark, by: User, now: datetime) -> None:
    mark.voided_at, mark.voided_by_id, mark.void_reason = now, by.id, "decided again"


def label_of(table_name: str) -> str:
    return Base.metadata.tables[table_name].comment or table_name
