"""Work that adds up, in days, in earnings or in weeks of enough hours, within a window of days. Pure.

Of jobs at the same time hours and pay add up, and a day counts once. A usual week is spread evenly over
its seven days. What is not known adds nothing, and leaves a result unknown instead of a no.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from math import ceil

from caseworker.progressions.jobs import DAY, Job, Journey, Outcome, Piece, Terms, pieces
from caseworker.progressions.living_wage import living_wage_pence
from caseworker.progressions.sustained_weeks import Settings, least_evidence

# How far ahead one looks for when a job that goes on would have been enough.
HOPED = timedelta(days=5 * 365)
DAYS_PAID = {"week": 7, "fortnight": 14, "four_weeks": 28, "year": 365}

Stretch = tuple[int, int, Fraction]
Amount = Callable[[Terms], Fraction | None]


def cumulative_days(journey: Journey, settings: Settings) -> Outcome | None:
    """In work on `days` days, together, within any `window_days` in a row (at any time, if not said).

    True from the day after the last of them. It matures when the window from the first job has passed.
    """
    days = int(settings["days"])
    return _added_up(journey, settings, Fraction(days), days, lambda _terms: Fraction(1), once=True)


def earnings_equivalent(journey: Journey, settings: Settings) -> Outcome | None:
    """Earned as much as `hours` a week for `weeks` at the National Living Wage of the first day in work,
    within any `window_days` in a row (at any time, if not said).

    A year of pay is 365 days; pay by the hour needs the hours. Before there was that wage it is unknown.
    """
    jobs, weeks = journey.counted, int(settings["weeks"])
    if not jobs:
        return None
    wage = living_wage_pence(jobs[0].started_on)
    if wage is None:
        matures_on = jobs[0].started_on + timedelta(weeks=weeks)
        return Outcome(None, matures_on, matures_on, None, None)
    need = Fraction(str(settings["hours"])) * weeks * wage
    return _added_up(journey, settings, need, weeks * 7, daily_pay)


def daily_pay(terms: Terms) -> Fraction | None:
    """Pence a day of the calendar; None where pay, or the hours it is for, are not known."""
    if terms.pay_pence is None or terms.pay_period is None:
        return None
    if terms.pay_period == "hour":
        return None if terms.weekly_minutes is None else Fraction(terms.pay_pence * terms.weekly_minutes, 420)
    if terms.pay_period == "month":
        return Fraction(terms.pay_pence * 12, 365)
    return Fraction(terms.pay_pence, DAYS_PAID[terms.pay_period])


def hours_in_weeks(journey: Journey, settings: Settings) -> Outcome | None:
    """At least `hours` in each of `weeks` weeks, among any `of_weeks` weeks in a row.

    A week is seven days from any day on or after the first in work. True from the day after the last of
    them. It matures `of_weeks` after the first job began.
    """
    jobs, rank = journey.counted, least_evidence(settings)
    if not jobs:
        return None
    matures_on = jobs[0].started_on + timedelta(weeks=int(settings["of_weeks"]))
    need = Fraction(ceil(Fraction(str(settings["hours"])) * 60 * 7))
    kept = _enough_weeks(_rates(pieces(jobs, rank), _weekly_minutes), need, settings)
    if kept is not None:
        return _achieved(jobs, rank, date.fromordinal(kept), matures_on)
    hoped = pieces(jobs, 0, _hoped_until(jobs, timedelta(weeks=int(settings["of_weeks"]))))
    best = _enough_weeks(_rates(hoped, lambda terms: _or(_weekly_minutes(terms), need)), need, settings)
    return Outcome(None, matures_on, _unknown_on(jobs, _weekly_minutes, rank, best, matures_on), None, None)


def _enough_weeks(stretches: Sequence[Stretch], need: Fraction, settings: Settings) -> int | None:
    """The last day of the first run of weeks with enough hours in enough of them. `need` is in minutes
    times seven: the total of seven days of a usual week."""
    wanted, among = int(settings["weeks"]), int(settings["of_weeks"])
    if not stretches:
        return None
    first, last = stretches[0][0], stretches[-1][1]
    daily = [0] * (last - first + 7)
    for begin, end, rate in stretches:
        daily[begin - first : end - first + 1] = [int(rate)] * (end - begin + 1)
    enough = [sum(daily[day : day + 7]) >= need for day in range(last - first + 1)]
    found: list[int] = []
    for weekday in range(min(7, len(enough))):
        good = [week for week, yes in enumerate(enough[weekday::7]) if yes]
        ends = [
            good[at + wanted - 1]
            for at in range(len(good) - wanted + 1)
            if good[at + wanted - 1] - good[at] < among
        ]
        found += [first + weekday + ends[0] * 7 + 6] if ends else []
    return min(found, default=None)


def _weekly_minutes(terms: Terms) -> Fraction | None:
    return None if terms.weekly_minutes is None else Fraction(terms.weekly_minutes)


def _or(known: Fraction | None, otherwise: Fraction) -> Fraction:
    return otherwise if known is None else known


def _added_up(
    journey: Journey, settings: Settings, need: Fraction, least_days: int, amount: Amount, once: bool = False
) -> Outcome | None:
    jobs, rank = journey.counted, least_evidence(settings)
    if not jobs:
        return None
    window = int(settings["window_days"]) if settings.get("window_days") else None
    matures_on = jobs[0].started_on + timedelta(days=window or least_days)
    kept = reached(_rates(pieces(jobs, rank), amount, once), need, window)
    if kept is not None:
        return _achieved(jobs, rank, date.fromordinal(kept), matures_on)
    hoped = pieces(jobs, 0, _hoped_until(jobs, HOPED))
    best = reached(_rates(hoped, amount, once), need, window)
    return Outcome(None, matures_on, _unknown_on(jobs, amount, rank, best, matures_on), None, None)


def reached(stretches: Sequence[Stretch], need: Fraction, window: int | None) -> int | None:
    """The first day (as an ordinal) by which the days of the window before it add up to `need`."""
    turns = {at for first, last, _rate in stretches for at in (first, last + 1)}
    if window is not None:
        turns |= {at + window for at in turns}
    total, ordered = Fraction(0), sorted(turns)
    for at, until in pairwise(ordered):
        slope = _rate_on(stretches, at)
        if window is not None:
            slope -= _rate_on(stretches, at - window)
        if slope > 0 and total + slope * (until - at) >= need:
            return at + ceil((need - total) / slope) - 1
        total += slope * (until - at)
    return None


def _rate_on(stretches: Sequence[Stretch], day: int) -> Fraction:
    return sum((rate for first, last, rate in stretches if first <= day <= last), Fraction(0))


def _rates(found: Iterable[Piece], amount: Amount, once: bool = False) -> list[Stretch]:
    """What each day adds, stretch by stretch, in the order of days; unknown amounts add nothing."""
    parts: list[Stretch] = []
    for piece in found:
        starts = [piece.first_on, *(t.from_on for t in piece.job.terms if t.from_on > piece.first_on)]
        starts = [day for day in starts if day <= piece.last_on]
        for first, following in zip(starts, [*starts[1:], piece.last_on + DAY], strict=True):
            rate = amount(piece.job.terms_on(first)) or Fraction(0)
            parts.append((first.toordinal(), (following - DAY).toordinal(), rate))
    turns = sorted({at for first, last, _rate in parts for at in (first, last + 1)})
    together = [(at, until - 1, _rate_on(parts, at)) for at, until in pairwise(turns)]
    return [(first, last, min(rate, Fraction(1)) if once else rate) for first, last, rate in together if rate]


def _achieved(jobs: Sequence[Job], rank: int, last_on: date, matures_on: date) -> Outcome:
    """The week may end on a day off: then it is the job they were in last."""
    begun = [each for each in pieces(jobs, rank) if each.first_on <= last_on]
    job = max(begun, key=lambda each: min(each.last_on, last_on)).job
    return Outcome(last_on + DAY, matures_on, None, job.best_evidence, job.id)


def _hoped_until(jobs: Sequence[Job], ahead: timedelta) -> date:
    return max(job.known_until for job in jobs) + ahead


def _unknown_on(
    jobs: Sequence[Job], amount: Amount, rank: int, best: int | None, matures_on: date
) -> date | None:
    """When to ask: the day it would have been true at best, or when it matures. None where all is known."""
    if best is not None:
        return date.fromordinal(best) + DAY
    open_ended = any(not job.ended or job.best_evidence < rank for job in jobs)
    silent = any(amount(terms) is None for job in jobs for terms in job.terms or (Terms(job.started_on),))
    return matures_on if open_ended or silent else None
