"""The same bytes for the same content, and no text that can break a build."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker.core.fonts import printable
from caseworker.core.pdf import KeyFigure, Link, Report, Strong
from tests.core.charts.samples import every_chart
from tests.core.hostile_text import HOSTILE_TEXT
from tests.core.pdf.reading import read
from tests.core.pdf.samples import full_report


def squeezed(text: str) -> str:
    """Without spaces: lines are broken where the page ends, not where the writer broke them."""
    return "".join(printable(text).split())


def test_two_builds_give_the_same_bytes() -> None:
    report = full_report()
    assert report.save() == full_report().save()
    assert report.save() == report.save()


def test_the_instant_of_making_is_in_the_properties_and_nowhere_else() -> None:
    at = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
    one, same = (Report(title="A", made_at=at).save() for _ in range(2))
    assert one == same
    metadata = read(one).reader.metadata
    assert metadata is not None
    assert metadata.creation_date == at


def test_an_empty_report_is_one_page() -> None:
    assert len(read(Report(title="Nothing").save()).reader.pages) == 1


def test_two_reports_at_once_do_not_mix() -> None:
    one, other = Report(title="One"), Report(title="Other")
    one.paragraph("first Ω")
    other.paragraph("second Ж")
    one.save()
    assert read(other.save()).root.text == "second Ж"
    assert read(one.save()).root.text == "first Ω"


def test_hostile_text_is_printed_as_text_everywhere() -> None:
    report = Report(title="Hostile")
    texts = [text[:300] for text in HOSTILE_TEXT]
    for text in texts:
        report.heading(text, 3)
        report.callout(text, text)
        report.bullets([["x", Strong(text), Link(text, text)]])
    report.table(["A", "B"], [[text, text] for text in texts])
    document = read(report.save())
    said = [squeezed(text) for text in texts]
    assert [squeezed(row.kids[1].text) for row in document.root.every("TBody")[0].kids] == said
    assert [squeezed(node.text) for node in document.root.every("H3")] == [text for text in said if text]
    assert [squeezed(node.text) for node in document.root.every("LBody")] == [
        f"x{text}{text}" for text in said
    ]
    assert document.loose == []


@pytest.mark.parametrize("text", HOSTILE_TEXT[::13], ids=range(0, len(HOSTILE_TEXT), 13))
def test_hostile_text_on_the_cover_and_in_the_properties(text: str) -> None:
    text = text[:3000]
    report = Report(title=text, subtitle=text, author=text, footer=text)
    report.cover([KeyFigure(text, text, text)], lead=text, details=[(text, text)])
    report.heading(text)
    report.table([text, "B"], [[text, text]], caption=text)
    report.sources([text])
    report.bullets(["end"])
    document = read(report.save())
    ends = [squeezed(node.text) for node in document.root.every("LBody")]
    assert ends[-2:] == [squeezed(text), "end"] or not squeezed(text)
    assert document.loose == []
    metadata = document.reader.metadata
    assert metadata is not None
    assert squeezed(metadata.author or "") == squeezed(text)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=300), min_size=1, max_size=8))
def test_any_text_comes_out_as_it_went_in(texts: list[str]) -> None:
    report = Report(title="Any")
    for text in texts:
        report.paragraph(text)
    report.table(["One", "Two"], [[text, "x"] for text in texts])
    root = read(report.save()).root
    said = [squeezed(text) for text in texts]
    assert [squeezed(node.text) for node in root.every("P")] == [text for text in said if text]
    assert [squeezed(row.kids[0].text) for row in root.every("TBody")[0].kids] == said


LETTERS = "😀 شكرا שלום 👩‍👩‍👧 <b>&amp;</b> "


@pytest.mark.parametrize("cell", ["word " * 1_000, "W" * 5_000, LETTERS * 160, "a\n" * 800])
def test_five_thousand_characters_in_any_place(cell: str) -> None:
    report = Report(title="Long")
    report.heading(cell)
    report.paragraph(cell)
    report.table(["A", "B", "C"], [["x", cell, "y"], ["1", "2", "3"]], caption=cell[:200])
    report.callout(cell, cell, tone="warning")
    report.definitions([(cell, "short"), ("short", cell)])
    document = read(report.save())
    table = document.root.every("Table")[0]
    assert squeezed(table.every("TBody")[0].kids[0].kids[1].text) == squeezed(cell)
    assert [kid.text for kid in table.every("TBody")[0].kids[1].kids] == ["1", "2", "3"]
    assert squeezed(document.root.every("H2")[0].text) == squeezed(cell)
    items = document.root.every("LI")
    assert [squeezed(kid.text) for kid in items[0].kids] == [squeezed(cell), "short"]
    assert [squeezed(kid.text) for kid in items[1].kids] == ["short", squeezed(cell)]


def test_every_chart_prints_with_its_table() -> None:
    report = Report(title="Charts")
    for chart in every_chart():
        report.chart(chart, table=True)
    document = read(report.save())
    assert [node.alt for node in document.root.every("Figure")] == [
        f"{chart.title}. {chart.description}" for chart in every_chart()
    ]
    assert document.loose == []


def test_a_table_of_nothing_says_so_across_its_columns() -> None:
    report = Report(title="None")
    report.table(["A", "B"], [], empty="Nobody yet")
    cell = read(report.save()).root.every("TD")[0]
    assert (cell.text, cell.attributes["/ColSpan"]) == ("Nobody yet", 2)


@pytest.mark.parametrize(
    "wrong", [{"rows": [["a"]]}, {"rows": [], "align": ["left"]}, {"rows": [], "share": [1, 2, 3]}]
)
def test_a_row_of_another_length_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="2 columns"):
        Report(title="Wrong").table(["A", "B"], **wrong)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "//evil.example", "", "http://[::"]
)
def test_an_address_that_is_not_for_the_web_prints_as_plain_words(address: str) -> None:
    report = Report(title="Links")
    report.paragraph(Link("press", address))
    document = read(report.save())
    assert document.root.text == "press"
    assert document.root.every("Link") == []
