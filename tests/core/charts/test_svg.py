"""The SVG obeys a strict content policy and tells its figures to those who do not see it."""

from xml.etree import ElementTree

import pytest

from caseworker.core.charts import Chart, Share, bars
from tests.core.charts.samples import every_chart, funnel
from tests.core.hostile_text import HOSTILE_TEXT

CHARTS = every_chart()
SVG = "{http://www.w3.org/2000/svg}"
SHAPES = {
    f"{SVG}{name}" for name in ("svg", "title", "desc", "rect", "path", "polyline", "circle", "text", "g")
}
FORBIDDEN = ("style", "href", "onload", "onclick")


def parsed(chart: Chart, narrow: bool = False) -> ElementTree.Element:
    return ElementTree.fromstring(str(chart.svg(narrow=narrow)))


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.title)
def test_only_plain_shapes_and_attributes(chart: Chart) -> None:
    for narrow in (False, True):
        for element in parsed(chart, narrow).iter():
            assert element.tag in SHAPES
            assert not any(name in FORBIDDEN or name.startswith("on") for name in element.attrib)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.title)
def test_it_is_an_image_with_a_name_and_a_description(chart: Chart) -> None:
    svg = parsed(chart)
    assert svg.attrib["role"] == "img"
    named = {element.attrib["id"]: element.text for element in svg.iter() if "id" in element.attrib}
    assert [named[key] for key in svg.attrib["aria-labelledby"].split()] == [chart.title, chart.description]


def test_ids_are_unique_on_a_page_of_all_charts() -> None:
    ids = [
        element.attrib["id"]
        for chart in CHARTS
        for narrow in (False, True)
        for element in parsed(chart, narrow).iter()
        if "id" in element.attrib
    ]
    assert len(ids) == len(set(ids)) == 4 * len(CHARTS)


def test_the_same_chart_twice_takes_keys_of_its_own() -> None:
    chart = funnel()
    assert str(chart.svg("first")) != str(chart.svg("second"))
    assert 'id="first-wide-title"' in chart.svg("first")


def test_the_same_figures_give_the_same_bytes() -> None:
    assert [str(chart.svg()) for chart in every_chart()] == [str(chart.svg()) for chart in CHARTS]


@pytest.mark.parametrize("text", HOSTILE_TEXT, ids=range(len(HOSTILE_TEXT)))
def test_hostile_words_stay_words(text: str) -> None:
    svg = parsed(bars(text, [Share(text, 1, 2)], about=text))
    assert {element.tag for element in svg.iter()} <= SHAPES
    assert "script" not in {element.tag.removeprefix(SVG) for element in svg.iter()}


def test_markup_in_a_label_is_shown_as_it_was_typed() -> None:
    svg = parsed(bars("A & B", [Share("<b>x</b>", 1, 2)]))
    assert "<b>x</b>" in [element.text for element in svg.iter(f"{SVG}text")]
    title = svg.find(f"{SVG}title")
    assert title is not None
    assert title.text == "A & B"
