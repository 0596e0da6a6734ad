"""Where blocks land: no heading alone, no half page empty before a chart, nothing over the edge."""

from collections.abc import Callable
from io import BytesIO
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader
from reportlab.platypus import SimpleDocTemplate

from caseworker.core.charts import Chart
from caseworker.core.pdf import KeyFigure, Report
from caseworker.core.pdf.figures import ChartBlock
from caseworker.core.pdf.paginate import Page, PageBreak, paginate
from caseworker.core.pdf.paragraphs import Heading, TextBlock
from caseworker.core.pdf.styles import HEIGHT, WIDTH
from caseworker.core.pdf.tables import TableBlock
from tests.core.charts.samples import every_chart, funnel
from tests.core.pdf.reading import read
from tests.core.pdf.samples import full_report

CHARTS = every_chart()
ROW = ["CW-10000", "Sustained 26 weeks, permanent contract", "£23,400"]
WORDS = "Of 412 people referred, 148 entered work. "

STEPS: dict[str, Callable[[Report, int], None]] = {
    "heading": lambda report, n: report.heading(f"Heading {n}", 2 if n % 2 else 3),
    "paragraph": lambda report, n: report.paragraph(WORDS * (n + 1)),
    "chart": lambda report, n: report.chart(CHARTS[n % len(CHARTS)], note="" if n % 2 else "A note."),
    "table": lambda report, n: report.table(["Ref", "Outcome", "Value"], [ROW] * n),
    "bullets": lambda report, n: report.bullets([WORDS * 2] * (n % 6)),
    "callout": lambda report, n: report.callout("Note", WORDS * n),
}


def built(steps: list[tuple[str, int]]) -> list[Page]:
    report = Report(title="Pages")
    for name, n in steps:
        STEPS[name](report, n)
    return paginate(report.blocks, WIDTH, HEIGHT)


def used(page: Page) -> float:
    last = page[-1]
    return last.down + last.block.height(WIDTH)


@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 40)), max_size=25))
def test_any_order_of_blocks_is_laid_out_well(steps: list[tuple[str, int]]) -> None:
    pages = built([*steps, ("paragraph", 1)])
    for i, page in enumerate(pages):
        for placed, following in pairwise(page):
            assert placed.down + placed.block.height(WIDTH) <= following.down + 0.01
        assert used(page) <= HEIGHT + 0.1
        assert not page[-1].block.keep_with_next
        if i + 1 < len(pages):
            opening = [placed.block for placed in pages[i + 1]]
            first = next(block for block in opening if not block.keep_with_next)
            if isinstance(first, ChartBlock):
                allowed = first.least(WIDTH) + sum(
                    block.before + block.height(WIDTH) + block.after
                    for block in opening
                    if isinstance(block, Heading)
                )
                assert HEIGHT - used(page) <= allowed + 30


@pytest.mark.parametrize("lines", range(0, 44, 2))
def test_less_than_half_a_page_is_left_before_a_chart(lines: int) -> None:
    report = Report(title="Room")
    for _ in range(lines):
        report.paragraph("One line.")
    report.heading("Outcomes")
    report.chart(funnel())
    report.heading("Sensitivity")
    report.chart(CHARTS[2])
    pages = paginate(report.blocks, WIDTH, HEIGHT)
    assert all(used(page) > HEIGHT * 0.6 for page in pages[:-1])


def test_a_chart_becomes_a_little_lower_rather_than_leave_a_gap() -> None:
    report = Report(title="Room")
    report.chart(funnel())
    (block,) = report.blocks
    assert isinstance(block, ChartBlock)
    full = block.height(WIDTH)
    fitted = block.fitted(WIDTH, full - 20)
    assert fitted is not None
    assert full - 20.5 <= fitted.height(WIDTH) <= full - 19.9
    assert block.fitted(WIDTH, block.least(WIDTH) - 1) is None


def test_a_heading_goes_with_the_first_rows_of_its_table() -> None:
    for lines in range(25, 36):
        report = Report(title="Rows")
        for _ in range(lines):
            report.paragraph("One line.")
        report.heading("People")
        report.table(["Ref", "Outcome", "Value"], [ROW] * 60)
        pages = paginate(report.blocks, WIDTH, HEIGHT)
        page = next(page for page in pages if any(isinstance(placed.block, Heading) for placed in page))
        table = page[-1].block
        assert isinstance(table, TableBlock)
        assert len(table.rows) >= 2


def test_a_long_table_is_cut_between_rows_and_fills_its_pages() -> None:
    pages = built([("table", 40), ("table", 40), ("table", 40)])
    tables = [placed.block for page in pages for placed in page]
    assert sum(len(table.rows) for table in tables if isinstance(table, TableBlock)) == 120
    assert all(used(page) > HEIGHT * 0.85 for page in pages[:-1])


def test_no_line_of_a_paragraph_stands_alone() -> None:
    for lines in range(30, 34):
        report = Report(title="Lines")
        for _ in range(lines):
            report.paragraph("One line.")
        report.paragraph(WORDS * 12)
        pages = paginate(report.blocks, WIDTH, HEIGHT)
        parts = [placed.block for page in pages for placed in page][lines:]
        assert all(isinstance(part, TextBlock) and len(part.lines(WIDTH)) >= 2 for part in parts)


def test_a_page_break_breaks_once() -> None:
    report = Report(title="Breaks")
    report.page_break()
    report.paragraph("One")
    report.page_break()
    report.page_break()
    report.paragraph("Two")
    assert sum(isinstance(block, PageBreak) for block in report.blocks) == 3
    assert len(paginate(report.blocks, WIDTH, HEIGHT)) == 2


def test_the_cover_holds_everything_that_a_board_looks_for() -> None:
    first = read(full_report().save()).reader.pages[0].extract_text()
    for words in ("Social value report", "£4.50", "90% range", "Period", "Contents", "Page 1 of"):
        assert words in first


def test_many_key_figures_stay_on_the_page() -> None:
    report = Report(title="Figures")
    report.cover([KeyFigure("£12.4bn", "a label long enough to break over lines", "note " * 20)] * 9)
    document = read(report.save())
    assert len(document.root.every("LI")) == 9


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.title)
def test_a_chart_is_a_flowable_of_the_width_asked_for(chart: Chart) -> None:
    flowable = chart.flowable(400)
    assert flowable.wrap(500, 800) == (400, chart.scene.height * 400 / chart.scene.width)
    buffer = BytesIO()
    SimpleDocTemplate(buffer, pagesize=(500, 1400), invariant=1).build([flowable])
    text = PdfReader(buffer).pages[0].extract_text()
    drawn = [word for said in chart.scene.texts() for word in said.text.split()]
    assert "".join(sorted("".join(drawn))) == "".join(sorted("".join(text.split())))
