"""What is drawn and said is what was given."""

from datetime import date

import pytest

from caseworker.core.charts import (
    Amount,
    Measure,
    Point,
    Series,
    Share,
    Stack,
    Swing,
    bars,
    money_bars,
    over_time,
    slope,
    stacked_money_bars,
    tornado,
    waterfall,
)
from caseworker.core.charts.palette import INK, TEAL
from caseworker.core.charts.scene import Circle, Group, Line, Rect, Scene
from tests.core.charts.samples import funnel


def rects(scene: Scene, fill: str | None = None) -> list[Rect]:
    return [item for item in scene.items if isinstance(item, Rect) and fill in (None, item.fill)]


def said(scene: Scene) -> list[str]:
    return [text.text for text in scene.texts()]


def test_a_share_is_said_with_its_n_and_its_whole() -> None:
    chart = bars("In work", [Share("In work", 470, 1000, 0.439, 0.501)])
    assert "47% (n=470 of 1,000)" in said(chart.scene)
    assert chart.table.head == ("Outcome", "Share", "People (n)", "Out of (N)", "95% interval")
    assert chart.table.rows == (("In work", "47%", "470", "1,000", "44% to 50%"),)
    assert "In work 47% (n=470 of 1,000), 95% interval 44% to 50%" in chart.description


def test_bars_are_as_long_as_their_shares() -> None:
    widths = [rect.width for rect in rects(funnel().scene, TEAL)]
    assert [width / widths[0] for width in widths] == pytest.approx([1, 356 / 412, 241 / 412, 148 / 412])


def test_a_whisker_spans_its_interval() -> None:
    scene = bars("One", [Share("One", 50, 100, 0.25, 0.75)]).scene
    bar = rects(scene, TEAL)[0]
    flat = [
        item for item in scene.items
        if isinstance(item, Line) and item.colour == INK and item.points[0][1] == item.points[1][1]
    ]  # fmt: skip
    (left, _y), (right, _same) = flat[0].points
    assert (left - bar.x) / bar.width == pytest.approx(0.5)
    assert (right - bar.x) / bar.width == pytest.approx(1.5)


def test_a_count_that_may_not_be_shown_is_nowhere() -> None:
    chart = bars("Small", [Share("Small", None, 1000, 0.1, 0.2)])
    assert "not shown" in said(chart.scene)
    assert chart.table.rows == (("Small", "not shown", "not shown", "1,000", "–"),)
    assert rects(chart.scene, TEAL) == []


def test_no_rows_say_so_in_every_layout() -> None:
    chart = bars("None", [])
    assert all("no figures" in " ".join(said(scene)) for scene in (chart.scene, chart.narrow, chart.compact))


def test_a_slope_goes_down_the_page_when_the_score_falls() -> None:
    chart = slope("Wellbeing", [Measure("Anxious", 5.1, 3.6, 178, 3.2, lower_is_better=True)])
    group = chart.scene.items[0]
    assert isinstance(group, Group)
    start, latest = [item for item in group.items if isinstance(item, Circle)]
    assert latest.y > start.y
    assert latest.x > start.x
    assert chart.table.rows == (("Anxious (lower is better)", "5.1", "3.6", "−1.5", "3.2", "178"),)


def test_the_change_is_that_of_the_printed_scores() -> None:
    chart = slope("Wellbeing", [Measure("Worthwhile", 6.04, 7.16, 9)])
    assert chart.table.rows[0][1:4] == ("6.0", "7.2", "+1.2")


def test_a_waterfall_steps_from_level_to_level() -> None:
    changes = [Amount("Deadweight", -40_000), Amount("Added", 10_000)]
    chart = waterfall("Net", Amount("Gross", 100_000), changes, Amount("Net", 70_000))
    gross, less, more, net = [rect for rect in rects(chart.scene) if rect.fill != "#ffffff"]
    assert less.y == pytest.approx(gross.y)
    assert less.y + less.height == pytest.approx(more.y + more.height)
    assert net.y == pytest.approx(more.y)
    assert net.height / gross.height == pytest.approx(0.7)
    assert [row[1:] for row in chart.table.rows] == [
        ("£1,000", "£1,000"), ("−£400", "£600"), ("+£100", "£700"), ("£700", "£700")
    ]  # fmt: skip


def test_a_waterfall_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="come to 60000 pence, not to the net 70000 pence"):
        waterfall("Net", Amount("Gross", 100_000), [Amount("Less", -40_000)], Amount("Net", 70_000))
    rounded = waterfall("Net", Amount("Gross", 100_000), [Amount("Less", -40_000)], Amount("Net", 60_001))
    assert rounded.table.rows[-1] == ("Net", "£600", "£600")


def test_a_tornado_puts_the_widest_swing_first() -> None:
    chart = tornado(
        "Sensitivity", 4.5, [Swing("Rate", 4.6, 4.3), Swing("Duration", 3.1, 6.2, "1 to 5 years")]
    )
    assert chart.table.rows == (
        ("Duration", "1 to 5 years", "£3.10", "£6.20"), ("Rate", "–", "£4.60", "£4.30")
    )  # fmt: skip
    assert "Result £4.50" in said(chart.scene)


def test_a_loss_lies_left_of_nought() -> None:
    scene = money_bars("Sums", [Amount("Won", 90_000), Amount("Lost", -30_000)]).scene
    won, lost = rects(scene)
    assert lost.x + lost.width == pytest.approx(won.x)
    assert won.width / lost.width == pytest.approx(3)
    assert lost.hatch is not None
    assert "−£300" in said(scene)


def test_stacked_parts_lie_end_to_end_and_the_total_is_said() -> None:
    stack = Stack("People", (Amount("Social", 60_000), Amount("Fiscal", 30_000), Amount("Social", -20_000)))
    chart = stacked_money_bars("By kind", [stack], what="Stakeholder")
    social, fiscal, lost = [rect for rect in rects(chart.scene) if rect.height > 14]
    assert fiscal.x == pytest.approx(social.x + social.width)
    assert lost.x + lost.width == pytest.approx(social.x)
    assert chart.table.rows == (("People", "£400", "£300", "£700"),)
    assert "£700" in said(chart.scene)


def test_more_kinds_than_can_be_told_apart_are_refused() -> None:
    stack = Stack("People", tuple(Amount(f"Kind {i}", 100) for i in range(7)))
    with pytest.raises(ValueError, match="At most 6 kinds"):
        stacked_money_bars("By kind", [stack])


def test_a_missing_value_leaves_a_gap_in_the_line() -> None:
    points = [Point(date(2025, month, 1), None if month == 3 else month * 1.0) for month in range(1, 6)]
    chart = over_time("In work", [Series("In work", tuple(points))])
    runs = [item for item in chart.scene.items if isinstance(item, Line) and item.colour == TEAL]
    assert [len(run.points) for run in runs] == [2, 2]
    assert ("1 Mar 2025", "–") in chart.table.rows
    assert "In work from 1 on 1 Jan 2025 to 5 on 1 May 2025" in chart.description
