"""Whole years of activity, counted from a subject's first day: 0, 1, 2 ..."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, case, literal

from caseworker.core.calendar import add_years
from caseworker.impact.facts import Column
from caseworker.outcomes.subjects import Subject


def year_ends(subject: Subject) -> list[date]:
    """The first day after each activity year that has ended by the date of the figures."""
    ends: list[date] = []
    end = add_years(subject.from_on, 1)
    while end <= subject.as_at:
        ends.append(end)
        end = add_years(subject.from_on, len(ends) + 1)
    return ends


def activity_year_of(subject: Subject, day: date) -> int:
    """0 for anything in the first year or earlier."""
    return sum(1 for end in year_ends(subject) if day >= end)


def activity_year(
    subject: Subject, on_date: Column, claim: Column, shifts: dict[str, int]
) -> ColumnElement[int]:
    """The same in SQL: the year in which the outcome began, `shifts[claim]` days before `on_date`."""
    ends = year_ends(subject)
    if not ends:
        return literal(0)
    branches = []
    for shift in sorted(set(shifts.values())):
        named = claim.in_([each for each, days in shifts.items() if days == shift])
        years = case(
            *((on_date < end + timedelta(days=shift), k) for k, end in enumerate(ends)), else_=len(ends)
        )
        branches.append((named, years))
    return case(*branches, else_=0)
