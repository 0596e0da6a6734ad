"""A programme's percentages, and the people behind each."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, permissions_of, requires
from caseworker.core.clock import today
from caseworker.outcomes.indicators import indicator
from caseworker.outcomes.overview import overview_of
from caseworker.outcomes.people import MOST, PARTS, people_behind
from caseworker.outcomes.queries import journeys_of, shares_of, sustained_rule
from caseworker.outcomes.subjects import Subject, of_organisation, of_programme
from caseworker.programmes.models import Programme
from caseworker.programmes.queries import get_organisation, get_programme

bp = Blueprint("outcomes", __name__)


@bp.get("/programmes/<code>/outcomes")
@requires(Permission.OUTCOMES_READ)
def show(code: str) -> ResponseReturnValue:
    programme = get_programme(current_user(), code)
    return _page(of_programme(programme, today()), programme)


@bp.get("/groups/<code>/outcomes")
@requires(Permission.OUTCOMES_READ)
def group(code: str) -> ResponseReturnValue:
    return _page(of_organisation(get_organisation(current_user(), code), today()), None)


def _page(subject: Subject, programme: Programme | None) -> ResponseReturnValue:
    held = permissions_of(current_user())
    return render_template(
        "outcomes/show.html",
        view=overview_of(subject, programme),
        subject=subject,
        may_trace=programme is not None and Permission.OUTCOMES_TRACE in held,
        may_report=Permission.REPORT_MAKE in held,
    )


@bp.get("/programmes/<code>/outcomes/<indicator_code>")
@requires(Permission.OUTCOMES_TRACE)
def people(code: str, indicator_code: str) -> ResponseReturnValue:
    """The starts behind one part of a percentage."""
    programme = get_programme(current_user(), code)
    asked = indicator(indicator_code)
    part = request.args.get("part", "counted")
    page = request.args.get("page", default=1, type=int)
    if asked is None or part not in PARTS or not 0 < page < 10**6:
        abort(404)
    subject = of_programme(programme, today())
    rule = sustained_rule(subject)
    shares = shares_of(journeys_of(subject, rule), rule.label if rule else "")
    return render_template(
        "outcomes/people.html",
        programme=programme,
        share=next(share for share in shares if share.code == asked.code),
        part=part,
        page=page,
        page_length=MOST,
        people=people_behind(current_user(), subject, asked.code, part, page),
        subject=subject,
    )
