"""Hostile text in every cell of a sheet: kept as typed, or said to be wrong; and two imports at once."""

import csv
import threading
from io import StringIO
from typing import Any

import pytest
from flask import Flask

from caseworker.core import clock, values
from caseworker.core.db import db, transaction
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import Enrolment
from caseworker.imports.grid import Grid
from caseworker.imports.models import CaseloadImport
from caseworker.imports.reading import read_sheet
from caseworker.imports.rules import Row, read_rows, understand
from caseworker.imports.services import Leaving, bring_in, keep_sheet
from caseworker.participants.models import Participant
from tests.casefile.situations import NOW, TODAY, a_team
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.core.verdicts import verdict
from tests.imports.choosing import chosen
from tests.imports.sheets import AMARA, separated
from tests.support.client import PageClient
from tests.support.databases import Database
from tests.support.stored import rows
from tests.support.throwing import shows_all

HEADS = (
    "First name", "Last name", "Known as", "DOB", "Postcode", "Phone", "E-mail", "Referred by", "Referred on",
    "Start date", "Keyworker", "In work at the start", "No voicemail", "Safe times",
)  # fmt: skip


def sheet(rows: list[list[str]]) -> bytes:
    made = StringIO(newline="")
    csv.writer(made).writerows([list(HEADS), *rows])
    return made.getvalue().encode("utf-8", "surrogatepass")


def sendable(text: str) -> bool:
    """What a file of UTF-8 can hold, and a spreadsheet would write on one line."""
    return not any("\ud800" <= letter <= "\udfff" or letter in "\x00\r" for letter in text)


def read_one(cells: list[str]) -> Row:
    grid: Grid = read_sheet("hostile", sheet([cells]))
    (row,) = read_rows(understand(grid), {}, TODAY)
    return row


@pytest.mark.parametrize("place", range(len(HEADS)))
def test_every_cell_takes_anything(place: int) -> None:
    good = ["Amara", "Osei", *[""] * 7, "2/11/2026", *[""] * 4]
    asked = 0
    for typed in filter(sendable, HOSTILE_TEXT):
        cells = [*good[:place], typed, *good[place + 1 :]]
        row = read_one(cells)
        asked += 1
        if HEADS[place] in {"First name", "Last name"} and len(typed) < 1_500:
            name = "given_name" if place == 0 else "family_name"
            expected = verdict(values.text, typed.strip(), 100)
            assert row.values.get(name) == expected, ascii(typed)[:80]
            assert bool(row.faults) == (expected is None)
        elif row.faults:
            assert {fault.column for fault in row.faults} <= {*HEADS, "Date of birth", "Safe times to call"}
    assert asked > 200


def test_a_page_of_hostile_rows_is_a_page(app: Flask, client: PageClient, given: Given) -> None:
    with clock.at(NOW):
        with given():
            team = a_team()
        client.sign_in(team.lead)
        typed = [text for text in HOSTILE_TEXT if sendable(text) and len(text) < 2_000]
        many = [
            [text, text, text, "", *[text] * 4, "", "2/11/2026", text, *[text] * 3] for text in typed[::4]
        ]
        many += [[text, f"n{number}", *[""] * 7, "2/11/2026", *[""] * 4] for number, text in enumerate(typed)]
        path = chosen(client, sheet(many))
        shows_all(client, path)
        kept = rows(app, CaseloadImport)[0]
        with app.app_context(), transaction():
            found = db.session.get_one(CaseloadImport, kept.id)
            made = bring_in(found, Leaving(wrong=True), by=db.session.merge(team.lead), today=TODAY).made
        assert made > 150
        stored = {each.family_name: each.given_name for each in rows(app, Participant)}
        for number, text in enumerate(typed):
            expected = verdict(values.text, text.strip()[:1_500], 100)
            if expected is not None and f"n{number}" in stored:
                assert stored[f"n{number}"] == expected
        shows_all(client, path)
        shows_all(client, "/caseload")


@pytest.mark.both_databases
def test_two_people_bring_in_one_sheet_at_once(app: Flask, database: Database, given: Given) -> None:
    with given():
        team = a_team()
        one = understand(read_sheet("one", separated(AMARA)))
        kept = [keep_sheet(team.programme, "one.csv", one, by=team.lead, now=NOW).id for _ in range(2)]
    ready, ended = threading.Barrier(2), []

    def work(key: Any) -> None:
        ready.wait()
        with clock.at(NOW), app.app_context():
            try:
                with transaction():
                    mine = db.session.get_one(CaseloadImport, key)
                    bring_in(mine, Leaving(), by=db.session.merge(team.lead), today=TODAY)
                ended.append("made")
            except RuleBroken as broken:
                ended.append(broken.message)

    threads = [threading.Thread(target=work, args=(key,)) for key in kept]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(ended) == ["There is nobody in this sheet to bring in", "made"]
    assert len(rows(app, Participant)) == len(rows(app, Enrolment)) == 1
