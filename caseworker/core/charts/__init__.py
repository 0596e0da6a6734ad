"""Charts: one drawing, shown as SVG on a page and by reportlab in a PDF, with its figures as a table."""

from caseworker.core.charts.bars import Share, bars
from caseworker.core.charts.chart import Chart, ChartTable
from caseworker.core.charts.first_latest import Answer, first_and_latest
from caseworker.core.charts.money_bars import Amount, Stack, money_bars, stacked_money_bars
from caseworker.core.charts.over_time import Point, Series, over_time
from caseworker.core.charts.slope import Measure, slope
from caseworker.core.charts.tornado import Swing, tornado
from caseworker.core.charts.waterfall import waterfall

__all__ = [
    "Amount",
    "Answer",
    "Chart",
    "ChartTable",
    "Measure",
    "Point",
    "Series",
    "Share",
    "Stack",
    "Swing",
    "bars",
    "first_and_latest",
    "money_bars",
    "over_time",
    "slope",
    "stacked_money_bars",
    "tornado",
    "waterfall",
]
