"""Charts on a real page under the product's own content policy."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, render_template
from jinja2 import ChoiceLoader, FileSystemLoader
from playwright.sync_api import BrowserContext, Page

from tests.core.charts.samples import every_chart
from tests.core.gallery import create_gallery
from tests.support.browser import PHONE, house_check
from tests.support.client import PageClient, read
from tests.support.live import served
from tests.support.page import words

HERE = Path(__file__).parent
WIDE, NARROW = ".cw-chart__svg--wide", ".cw-chart__svg--narrow"


@pytest.fixture(scope="module")
def app() -> Flask:
    app = create_gallery()
    app.test_client_class = PageClient
    assert app.jinja_loader is not None
    app.jinja_loader = ChoiceLoader([FileSystemLoader(HERE / "templates"), app.jinja_loader])
    app.add_url_rule("/charts", view_func=lambda: render_template("charts.html", charts=every_chart()))
    return app


@pytest.fixture
def page(browser_context: BrowserContext, app: Flask) -> Iterator[Page]:
    with served(app) as address:
        page = browser_context.new_page()
        page.goto(f"{address}/charts")
        yield page


def test_every_chart_has_its_figures_as_a_table(app: Flask) -> None:
    page = read(app.test_client().get("/charts"))
    for chart in every_chart():
        if chart.table.rows:
            assert page.rows(chart.title) == [list(chart.table.head), *map(list, chart.table.rows)]
    scopes = {cell["scope"] for cell in page.soup.select(".cw-chart th")}
    assert scopes == {"col", "row"}
    assert "no figures to draw" in " ".join(words(svg) for svg in page.soup.select(f"figure {WIDE}"))


def test_the_page_passes_the_house_checks_in_a_browser(page: Page) -> None:
    faults: list[str] = []
    house_check(page, faults)
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    house_check(page, faults)
    assert faults == []


def test_the_room_decides_which_drawing_shows(page: Page) -> None:
    assert page.locator(WIDE).first.is_visible()
    assert not page.locator(NARROW).first.is_visible()
    page.set_viewport_size(PHONE)
    assert page.locator(NARROW).first.is_visible()
    assert not page.locator(WIDE).first.is_visible()


def test_no_word_is_smaller_than_eleven_pixels_on_a_phone(page: Page) -> None:
    page.set_viewport_size(PHONE)
    sizes = page.locator(f"{NARROW} text").evaluate_all(
        "all => all.map(t => parseFloat(getComputedStyle(t).fontSize) * t.ownerSVGElement.getScreenCTM().a)"
    )
    assert len(sizes) > 100
    assert min(sizes) >= 11
