"""The CSV and the workbook: typed cells, and no text that a spreadsheet would run."""

import csv
import json
from io import BytesIO, StringIO
from string import ascii_uppercase
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from sqlalchemy.orm import Session

from caseworker.core.cells import plain_cell
from caseworker.core.values.numbers import decimal_
from caseworker.impact.tables import CSV_COLUMNS, as_csv, as_json, as_xlsx
from caseworker.impact.valued import Valued, value_subject
from caseworker.outcomes.subjects import of_programme
from tests.outcomes.situations import REPORT, a_job, a_place, a_start, put_in, scores

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DANGEROUS = "=cmd()|' /C calc'!A0"


@pytest.fixture
def valued(db_session: Session) -> Valued:
    place = a_place(name=DANGEROUS)
    put_in(place, 1000)
    for _ in range(30):
        start = a_start(place, benefit_at_start="none")
        a_job(start, hours=21)
        scores(start, 4, 6)
    return value_subject(of_programme(place.programme, REPORT))


def test_csv_has_the_columns_of_the_map_and_the_value(valued: Valued) -> None:
    rows = list(csv.DictReader(StringIO(as_csv(valued).decode())))
    assert tuple(rows[0]) == CSV_COLUMNS
    assert CSV_COLUMNS[-2:] == ("impact", "present_value")
    pay = next(row for row in rows if row["outcome"] == "Pay after tax, no benefits at the start")
    assert (pay["quantity"], pay["deadweight_pct"], pay["duration_years"]) == ("18.0", "40.0", "1")
    whole = {row["outcome"]: row for row in json.loads(as_json(valued))["lines"]}
    for row in rows:
        assert decimal_(row["present_value"], -(10**12), 10**12, 2) is not None
        if row["outcome"] in whole:
            assert float(row["present_value"]) == whole[row["outcome"]]["present_value"]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1", "＋1", "－1", "＠x"])
def test_text_that_could_be_a_formula_is_marked_in_csv(text: str) -> None:
    assert plain_cell(text) == "'" + text
    assert plain_cell("plain") == "plain"
    assert plain_cell(-1.5) == -1.5


def cells(content: bytes, sheet: int) -> dict[str, tuple[str, Any]]:
    """(type, content) of each cell that is filled, by its place such as B2; type is s or n."""
    with ZipFile(BytesIO(content)) as book:
        strings = [
            "".join(part.text or "" for part in item.iter(f"{SHEET}t"))
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        tree = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{sheet}.xml"))
    found = {}
    for cell in tree.iter(f"{SHEET}c"):
        value, kind = cell.findtext(f"{SHEET}v") or "", cell.get("t", "n")
        found[cell.get("r", "")] = (kind, strings[int(value)] if kind == "s" else value)
    return found


def test_the_workbook_holds_typed_cells_and_no_formula(valued: Valued) -> None:
    content = as_xlsx(valued)
    with ZipFile(BytesIO(content)) as book:
        for name in book.namelist():
            assert b"<f>" not in book.read(name)
            assert b'state="hidden"' not in book.read(name)
            assert "external" not in name.lower()
            assert "comment" not in name.lower()
    lines, about = cells(content, 1), cells(content, 2)
    letters = dict(zip(CSV_COLUMNS, ascii_uppercase, strict=False))
    for column, letter in letters.items():
        assert lines[f"{letter}1"] == ("s", column)
    for column in ("quantity", "proxy_value", "deadweight_pct", "duration_years", "present_value"):
        assert lines[f"{letters[column]}2"][0] == "n", column
    assert lines[f"{letters['stakeholder']}2"] == ("s", "People on the programme")
    assert about["B1"] == ("s", DANGEROUS)
    facts = {about[f"A{row}"][1]: about[f"B{row}"] for row in range(1, 11)}
    kind, total = facts["Present value, £"]
    assert kind == "n"
    assert float(total) == json.loads(as_json(valued))["total_present_value"]
