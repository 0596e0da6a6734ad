"""Every chart in every layout: nothing leaves the drawing, no word covers another, all can be read."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker.core.charts import Amount, Chart, Share, Swing, bars, money_bars, tornado, waterfall
from caseworker.core.charts.money_bars import LOOKS
from caseworker.core.charts.palette import INK, PAPER, QUIET, TEAL, contrast
from caseworker.core.charts.scene import Scene, Text
from tests.core.charts.samples import every_chart

CHARTS = every_chart()
SMALLEST = 11
LABELS = st.text(st.characters(codec="utf-8"), max_size=80)
PENCE = st.integers(-(10**12), 10**12)


def layouts(chart: Chart) -> list[Scene]:
    return [chart.scene, chart.narrow, chart.compact]


def covers(one: Text, other: Text) -> bool:
    left, right = one.span()
    other_left, other_right = other.span()
    apart = left >= other_right - 0.5 or other_left >= right - 0.5
    return not apart and abs(one.y - other.y) < min(one.size, other.size) * 0.75


def check_words(scene: Scene) -> None:
    texts = [text for text in scene.texts() if text.text.strip()]
    for text in texts:
        left, right = text.span()
        assert left >= -0.5, text
        assert right <= scene.width + 0.5, text
        assert text.size * 0.7 <= text.y <= scene.height, text
        assert text.size >= SMALLEST, text
    for one, other in combinations(texts, 2):
        assert not covers(one, other), (one, other)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.title)
@pytest.mark.parametrize("layout", [0, 1, 2], ids=["wide", "narrow", "compact"])
def test_words_stay_inside_and_apart(chart: Chart, layout: int) -> None:
    check_words(layouts(chart)[layout])


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.title)
def test_the_narrow_drawing_fits_a_phone_and_the_compact_one_is_no_higher(chart: Chart) -> None:
    assert chart.narrow.width <= 328
    assert chart.compact.height <= chart.scene.height


@given(st.lists(st.tuples(LABELS, st.integers(0, 10**6), st.integers(0, 10**6)), max_size=12))
def test_any_shares_can_be_drawn(rows: list[tuple[str, int, int]]) -> None:
    chart = bars("Any", [Share(label, min(n, total), total, 0.1, 0.9) for label, n, total in rows])
    for scene in layouts(chart):
        check_words(scene)


@given(st.lists(st.tuples(LABELS, PENCE), max_size=10))
def test_any_sums_can_be_drawn(rows: list[tuple[str, int]]) -> None:
    amounts = [Amount(label, pence) for label, pence in rows]
    net = Amount("Net", 500 + sum(one.pence for one in amounts))
    for chart in (money_bars("Any", amounts), waterfall("Any", Amount("Gross", 500), amounts, net)):
        for scene in layouts(chart):
            check_words(scene)


@given(
    st.floats(-1000, 1000),
    st.lists(st.tuples(LABELS, st.floats(-1000, 1000), st.floats(-1000, 1000)), min_size=1, max_size=8),
)
def test_any_swings_can_be_drawn(base: float, rows: list[tuple[str, float, float]]) -> None:
    chart = tornado("Any", base, [Swing(*row) for row in rows])
    for scene in layouts(chart):
        check_words(scene)


def test_words_have_contrast_on_paper() -> None:
    for colour in (INK, QUIET, TEAL):
        assert contrast(colour, PAPER) >= 4.5


def test_kinds_differ_in_grey() -> None:
    for one, other in combinations(LOOKS, 2):
        hatched_apart = (one.hatch is None) != (other.hatch is None) or one.slope != other.slope
        assert contrast(one.fill, other.fill) >= 1.6 or hatched_apart, (one, other)
    for look in LOOKS:
        assert look.hatch is None or contrast(look.fill, look.hatch) >= 3, look
        assert look.stroke or contrast(look.fill, PAPER) >= 1.6, look
