"""What a programme was worth, and each pound traced to the records behind it."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, may, permissions_of, requires
from caseworker.core.clock import today
from caseworker.outcomes.published import published_of
from caseworker.outcomes.subjects import Subject, of_organisation, of_programme
from caseworker.programmes.models import Programme
from caseworker.programmes.queries import get_organisation, get_programme

bp = Blueprint("impact", __name__)
MOST_PAGES = 10**6


@bp.get("/programmes/<code>/value")
@requires(Permission.VALUE_READ)
def show(code: str) -> ResponseReturnValue:
    programme = get_programme(current_user(), code)
    return _page(of_programme(programme, today()), programme)


@bp.get("/groups/<code>/value")
@requires(Permission.VALUE_READ)
def group(code: str) -> ResponseReturnValue:
    return _page(of_organisation(get_organisation(current_user(), code), today()), None)


def _page(subject: Subject, programme: Programme | None) -> ResponseReturnValue:
    from caseworker.impact import charts, words
    from caseworker.impact.statement import statement_of
    from caseworker.impact.valued import value_subject
    from caseworker.valuation.rounding import pence

    valued = value_subject(subject)
    return render_template(
        "impact/show.html",
        subject=subject,
        programme=programme,
        valued=valued,
        result=valued.result,
        statement=statement_of(valued),
        waterfall=charts.waterfall_chart(valued.result),
        by_stakeholder=charts.stakeholder_chart(valued.result),
        agencies=charts.agency_chart(valued.result),
        tornado=charts.tornado_chart(valued),
        break_even=charts.break_even_of(valued),
        figure_words=charts.figure_words,
        words=words,
        pence=pence,
        published=published_of(subject, programme),
        may_report=Permission.REPORT_MAKE in permissions_of(current_user()),
        may_outcomes=Permission.OUTCOMES_READ in permissions_of(current_user()),
    )


@bp.get("/programmes/<code>/value/<line_code>")
@requires(Permission.VALUE_READ)
def line(code: str, line_code: str) -> ResponseReturnValue:
    programme = get_programme(current_user(), code)
    return _line(of_programme(programme, today()), line_code)


@bp.get("/groups/<code>/value/<line_code>")
@requires(Permission.VALUE_READ)
def group_line(code: str, line_code: str) -> ResponseReturnValue:
    organisation = get_organisation(current_user(), code)
    return _line(of_organisation(organisation, today()), line_code)


def _line(subject: Subject, line_code: str) -> ResponseReturnValue:
    """One line of the map: its formula with numbers, its source, its assumptions, its people."""
    from caseworker.impact import charts, words
    from caseworker.impact.people import MOST, people_of_line
    from caseworker.impact.valued import Choices, value_subject
    from caseworker.valuation.rounding import pence

    page = request.args.get("page", default=1, type=int)
    valued = value_subject(subject, Choices(draws=0, sensitivity=False))
    found = next((each for each in valued.result.lines if each.code == line_code), None)
    if found is None or not 0 < page < MOST_PAGES:
        abort(404)
    people = None
    if may(current_user(), Permission.VALUE_TRACE):
        people = people_of_line(current_user(), subject, valued.outcome_map, line_code, page)
    return render_template(
        "impact/line.html",
        subject=subject,
        line=found,
        proxy=valued.bank.proxy(found.proxy) if found.proxy else None,
        unit=words.unit(valued.outcome_map.line(line_code).source.count, found.quantity),
        counted=valued.of_line(line_code),
        figure_words=charts.figure_words,
        words=words,
        pence=pence,
        people=people,
        page=page,
        page_length=MOST,
    )
