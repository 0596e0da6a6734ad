"""Files of every make and trap: read right, or refused in words within two seconds."""

import time
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from caseworker.core.values import Invalid
from caseworker.imports.columns import COLUMNS, named
from caseworker.imports.grid import MOST_ROWS
from caseworker.imports.reading import read_sheet
from caseworker.imports.rules import Row, Sheet, read_rows, understand
from caseworker.imports.template_file import empty_separated, empty_workbook
from tests.imports.sheets import AMARA, HEADS, SEAN, saved, separated, workbook

TODAY = date(2026, 11, 20)


def sheet_of(content: bytes) -> Sheet:
    return understand(read_sheet("people", content))


def people(content: bytes) -> list[Row]:
    return read_rows(sheet_of(content), {"priya shah": [object()]}, TODAY)


def refused(content: bytes) -> str:
    began = time.monotonic()
    with pytest.raises(Invalid) as caught:
        sheet_of(content)
    assert time.monotonic() - began < 2
    return str(caught.value.message)


@pytest.mark.parametrize("by", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_of_every_make(by: str, encoding: str) -> None:
    content = separated(AMARA, SEAN, by=by).decode().encode(encoding)
    first, second = people(content)
    assert not first.faults and not second.faults
    assert second.values["given_name"], second.values["family_name"] == ("Seán", "O’Neill")
    assert (first.values["born_on"], first.line) == (date(1990, 5, 17), 2)


def test_a_workbook_with_dates_numbers_and_titles() -> None:
    rows = [
        ("Our people", None, None),
        (),
        ("SURNAME", "Forename", "Date of Birth", "Mobile", "Start Date", "Favourite colour"),
        ("Osei", "Amara", date(1990, 5, 17), 7700900123, date(2026, 11, 2), "red"),
        (None, None, None),
        ("Ng", "Bo", 33010, "07700 900 124", 46328, ""),
    ]
    book = Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    sheet = sheet_of(saved(book))
    assert sheet.not_read == ["Favourite colour"]
    first, second = read_rows(sheet, {}, TODAY)
    assert not first.faults and not second.faults
    assert (first.line, first.values["phone"], first.values["started_on"]) == (
        4,
        "07700900123",
        date(2026, 11, 2),
    )
    assert (second.line, second.values["born_on"], second.values["started_on"]) == (
        6, date(1990, 5, 17), date(2026, 11, 2),
    )  # fmt: skip


def test_a_workbook_that_counts_days_from_1904() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    assert book.active is not None
    book.active.append(HEADS)
    book.active.append(("Amara", "Osei", 33010 - 1462, date(2026, 11, 2), None))
    (row,) = people(saved(book))
    assert (row.values["born_on"], row.values["started_on"]) == (date(1990, 5, 17), date(2026, 11, 2))


def test_what_begins_like_a_formula_is_text_and_a_formula_is_a_bad_cell() -> None:
    (row,) = people(separated(('=HYPERLINK("x")', "@cmd", "17/05/1990", "02/11/2026", "")))
    assert (row.values["given_name"], row.values["family_name"]) == ('=HYPERLINK("x")', "@cmd")
    book = Workbook()
    assert book.active is not None
    book.active.append(HEADS)
    book.active.append(("=A1", "Osei", "#N/A", "02/11/2026", None))
    book.active["C2"].data_type = "e"
    (row,) = people(saved(book))
    assert [(fault.column, fault.found) for fault in row.faults] == [
        ("First name", "=A1"),
        ("Date of birth", "#N/A"),
    ]
    assert "paste it back as values" in row.faults[0].mend


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("Date of birth", "17/5/90", "year of 4 numbers"),
        ("Date of birth", "21/11/2026", "today or earlier"),
        ("Date of birth", "1/1/1890", "1 January 1900 or later"),
        ("Date of birth", "12 something 1990", "month"),
        ("Referred on", "21/11/2026", "today or earlier"),
        ("Start date", "31/2/2026", "There is no 31 February"),
        ("Postcode", "M1", "full UK postcode"),
        ("Phone", "7.7E+09", "telephone number"),
        ("E-mail", "a@b", "right form"),
        ("Referred by", "the moon", "one of the list, such as: Jobcentre Plus"),
        ("In work at the start", "99", "one of the list"),
        ("No voicemail", "maybe", "yes or no"),
        ("Keyworker", "Nobody", "goes by this name or e-mail"),
        ("First name", "x" * 101, "1 character too long"),
    ],
)
def test_a_bad_cell_is_said_with_what_would_mend_it(column: str, cell: str, said: str) -> None:
    good = {"First name": "Amara", "Last name": "Osei", "Start date": "2/11/2026"} | {column: cell}
    (row,) = people(separated(list(good.values()), heads=list(good)))
    assert [fault.column for fault in row.faults] == [column]
    assert said in row.faults[0].mend
    assert row.faults[0].found == cell[:60]


def test_days_out_of_order_and_no_day_at_all() -> None:
    heads = ("First name", "Last name", "DOB", "Referred on", "Start date")
    out, none, born = people(
        separated(
            ("A", "B", "", "3/11/2026", "2/11/2026"),
            ("C", "D", "", "", ""),
            ("E", "F", "5/11/2026", "3/11/2026", ""),
            heads=heads,
        )
    )
    assert [each.faults[0].column for each in (out, none, born)] == [
        "Start date",
        "Start date",
        "Date of birth",
    ]


def bomb() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 200_000_000)
    assert len(made.getvalue()) < 400_000
    return made.getvalue()


def with_part(name: str, body: bytes) -> bytes:
    made = BytesIO(workbook(AMARA))
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr(name, body)
    return made.getvalue()


def merged() -> bytes:
    book = Workbook()
    assert book.active is not None
    for row in (HEADS, AMARA, SEAN):
        book.active.append(row)
    book.active.merge_cells("E2:E3")
    return saved(book)


def locked() -> bytes:
    made = bytearray(workbook(AMARA))
    made[6] |= 1
    place = made.index(b"PK\x01\x02")
    while place >= 0:
        made[place + 8] |= 1
        place = made.find(b"PK\x01\x02", place + 4)
    return bytes(made)


def far_away() -> bytes:
    book = Workbook()
    assert book.active is not None
    book.active["XFD1048576"] = "here"
    return saved(book)


HOSTILE: list[tuple[str, Callable[[], bytes], str]] = [
    ("nothing", lambda: b"", "is empty"),
    ("spaces", lambda: b"  \r\n ", "is empty"),
    ("only heads", lambda: separated(), "no people below"),
    ("no heads", lambda: separated(AMARA, heads=("a", "b", "c", "d", "e")), "No column is called First name"),
    ("no days", lambda: separated(("A", "B"), heads=("First name", "Surname")), "Start date or Referred on"),
    (
        "twice",
        lambda: separated(("A", "B", "C", "D"), heads=("First name", "Surname", "Last name", "Start")),
        "Two",
    ),
    ("pdf", lambda: b"%PDF-1.7", "not a sheet"),
    ("old excel", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Excel"),
    ("a picture", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 90, "not a sheet"),
    ("zeroes", lambda: b"a\0b,c\0d\n", "not a sheet that can be read"),
    ("open quote", lambda: separated(AMARA) + b'"Kim,Lee\n' * 3, "never closed"),
    ("undefined letters", lambda: b"First name,Surname\n\x81\x8d,\x90\n", "letters of this file"),
    ("too big", lambda: b"a" * (10 * 1024 * 1024 + 1), "bigger than 10 MB"),
    ("too long", lambda: separated(*([AMARA] * (MOST_ROWS + 1))), "more than 5,000 rows"),
    ("cut short", lambda: workbook(AMARA)[:2000], "damaged"),
    ("zip", lambda: with_part("xl/vbaProject.bin", b"x"), "macros"),
    ("bomb", bomb, "far bigger inside"),
    ("parts", lambda: b"PK\x03\x04" + b"\0" * 50, "damaged"),
    ("entities", lambda: with_part("xl/x.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>'), "damaged"),
    ("locked", locked, "password"),
    ("merged", merged, "Rows 2 to 3 have cells that are merged"),
    ("far away", far_away, "is empty"),
]


@pytest.mark.parametrize(("make", "said"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_a_hostile_file_is_refused_in_words(make: Callable[[], bytes], said: str) -> None:
    assert said in refused(make())


def test_every_cut_of_a_workbook_is_read_or_refused() -> None:
    whole = workbook(AMARA, SEAN)
    for cut in range(0, len(whole), 97):
        with pytest.raises(Invalid):
            sheet_of(whole[:cut])
    for place in range(0, len(whole), 53):
        broken = bytearray(whole)
        broken[place] ^= 0xFF
        try:
            sheet_of(bytes(broken))
        except Invalid:
            continue


def test_the_empty_sheets_hold_every_column_and_are_understood() -> None:
    for content in (empty_workbook().getvalue(), empty_separated().getvalue()):
        (line,) = read_sheet("empty", content).lines
        assert list(named(line.cells).values()) == [column.name for column in COLUMNS]


def test_no_name_means_two_columns() -> None:
    names = [name for column in COLUMNS for name in (column.name, column.label, *column.also)]
    assert len(named(names)) == len(names)
    for column in COLUMNS:
        assert set(named([column.label, *column.also]).values()) == {column.name}
