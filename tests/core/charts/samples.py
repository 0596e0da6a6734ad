"""Charts that are hard to draw: nothing, one row, twelve, long names, huge sums, losses."""

from datetime import date

from caseworker.core.charts import (
    Amount,
    Chart,
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

LONG = "Somebody referred by a partner organisation with an extraordinarily long name, back after two years"
UNBROKEN = "Supercalifragilisticexpialidociousandmorewithoutasinglespaceinit"


def funnel() -> Chart:
    steps = (("Referred", 412), ("Engaged", 356), ("Completed training", 241), ("Entered work", 148))
    return bars("Funnel", [Share(name, n, 412, n / 412 - 0.05, min(1, n / 412 + 0.05)) for name, n in steps])


def shares() -> list[Chart]:
    hard = [
        Share(LONG, 470, 1000, 0.439, 0.501),
        Share(UNBROKEN, 1, 1000, 0, 0.006),
        Share("Nobody", 0, 1000, 0, 0.004),
        Share("None asked", 0, 0),
        Share("Small number", None, 1000),
        Share("Almost all", 999, 1000, 0.99, 1),
        Share("All", 1_000_000, 1_000_000),
    ]
    hard += [Share(f"Row {i}", i * 90, 1000, i * 0.09 - 0.03, i * 0.09 + 0.03) for i in range(1, 6)]
    one = bars("One row", [Share("In work more than a year after leaving", 470, 1000, 0.439, 0.501)])
    return [funnel(), one, bars("Twelve rows", hard), bars("No rows", [])]


def scores() -> list[Chart]:
    four = [
        Measure("Life satisfaction", 5.9, 7.1, 180, 7.5),
        Measure("Worthwhile", 6.3, 7.4, 180, 7.7),
        Measure("Happy yesterday", 6.0, 6.9, 180, 7.4),
        Measure("Anxious yesterday", 5.1, 3.6, 178, 3.2, lower_is_better=True),
    ]
    odd = [
        Measure(f"{LONG} {i}", 7.5, 7.5 - i * 0.01, 1, 7.5 if i % 2 else None) for i in range(5)
    ]  # fmt: skip
    ends = {"start_words": "Before joining the programme", "latest_words": "Six months after leaving"}
    return [
        slope("Wellbeing", four),
        slope("One measure", four[:1]),
        slope("Odd measures", [*odd, Measure("Nobody twice", None, None, 0, 7.7)], **ends),
        slope("Nobody", [Measure("Life satisfaction", None, None, 0)]),
        slope("Beyond", [Measure("Change", -12.5, 105.2, 3)]),
    ]


def sums() -> list[Chart]:
    gross = Amount("Gross value", 124_000_000)
    less = [
        Amount("Deadweight", -31_000_000),
        Amount("Attribution", -18_500_000),
        Amount("Drop-off", -9_600_000),
    ]
    down = [Amount("Deadweight", -70_000), Amount("Discounting", 5_000), Amount("Displacement", -60_000)]
    many = [Amount(f"{LONG} {i}", -5_000_000_000) for i in range(10)]
    people = [
        Amount("Participants and their families", 62_000_000), Amount("DWP", 31_000_000),
        Amount("Council", 95_000), Amount("Employers", 0), Amount("Displaced workers", -4_500_000),
        Amount(UNBROKEN, 9_999_999_999),
    ]  # fmt: skip
    kinds = ("Social", "Fiscal", "Economic", "Environmental", "Health", "Other")
    return [
        waterfall("From gross to net", gross, less, Amount("Net value", 64_900_000)),
        waterfall("Below nought", Amount("Gross", 50_000), down, Amount("Net", -75_000)),
        waterfall("Many steps", Amount("Gross", 1_240_000_000_000), many, Amount("Net", 1_190_000_000_000)),
        waterfall("Nothing", Amount("Gross", 0), [], Amount("Net", 0)),
        money_bars("By stakeholder", people, what="Stakeholder"),
        money_bars("All lost", [Amount("Lost", -100), Amount("Lost more", -120_000_000)]),
        stacked_money_bars(
            "By kind",
            [
                Stack("People", (Amount("Social", 52_000_000), Amount("Economic", 10_000_000))),
                Stack("State", (Amount("Fiscal", 31_000_000), Amount("Economic", -6_000_000))),
                Stack(LONG, tuple(Amount(kind, 3_000_000) for kind in kinds)),
                Stack("Nobody", ()),
            ],
        ),
    ]


def swings() -> list[Chart]:
    wide = [
        Swing("Duration of effect", 3.1, 6.2, "1 to 5 years"), Swing("Deadweight", 5.4, 3.6, "10% to 40%"),
        Swing("Value of wellbeing (WELLBY)", 3.8, 5.2), Swing("Discount rate", 4.6, 4.3),
    ]  # fmt: skip
    odd = [
        Swing(LONG, -1.5, -0.2),
        Swing("Both up", 0.4, 1.2),
        Swing("No effect", 0.2, 0.2),
        Swing("One", 0.2, 0.9),
    ]
    huge = [Swing(f"Assumption {i}", 1e6 - i * 1e5, 2e7 + i * 1e5) for i in range(12)]
    return [tornado("Sensitivity", 4.5, wide), tornado("Same side", 0.2, odd), tornado("Huge", 5e6, huge)]


def times() -> list[Chart]:
    year = [date(2025, month, 1) for month in range(1, 13)]
    lines = [Series("In work", tuple(Point(on, on.month**2 * 1.5) for on in year))]
    lines.append(
        Series("Target", tuple(Point(on, on.month * 15.0 if on.month != 6 else None) for on in year))
    )
    decade = tuple(
        Point(date(2016 + i, 4, 1), value) for i, value in enumerate((-1.5, 2, 0.4, -3, 1.2, 8, 9))
    )
    many = [Series(f"{LONG} {i}", tuple(Point(on, i * 7.0) for on in year)) for i in range(4)]
    return [
        over_time("People in work", lines),
        over_time("One point", [Series("In work", (Point(date(2025, 3, 1), 12),))]),
        over_time("Rise and fall", [Series("Change", decade)]),
        over_time("Four lines", many),
        over_time(
            "A week", [Series("Visits", tuple(Point(date(2025, 3, day), day * 1e6) for day in range(3, 10)))]
        ),
        over_time(
            "Only gaps", [Series("In work", (Point(date(2025, 3, 1), None), Point(date(2025, 4, 1), None)))]
        ),
    ]


def every_chart() -> list[Chart]:
    return [*shares(), *scores(), *sums(), *swings(), *times()]
