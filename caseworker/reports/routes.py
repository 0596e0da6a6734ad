"""Making a report: a draft run is stored, then its file is built from that run."""

from io import BytesIO

from flask import Blueprint, redirect, send_file, url_for
from flask.typing import ResponseReturnValue

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core import audit
from caseworker.core.clock import today
from caseworker.core.forms import CaseForm, spend
from caseworker.impact.models import ValuationRun
from caseworker.outcomes.subjects import Subject, of_organisation, of_programme
from caseworker.programmes.models import Programme
from caseworker.programmes.queries import get_organisation, get_programme

bp = Blueprint("reports", __name__)


@bp.post("/programmes/<code>/report")
@requires(Permission.REPORT_MAKE)
def programme(code: str) -> ResponseReturnValue:
    """Value the programme as it is now, store the draft run, and lead to its report."""
    found = get_programme(current_user(), code)
    return _make(of_programme(found, today()), found, "programme")


@bp.post("/groups/<code>/report")
@requires(Permission.REPORT_MAKE)
def group(code: str) -> ResponseReturnValue:
    """The same of an organisation and all below it."""
    found = get_organisation(current_user(), code)
    return _make(of_organisation(found, today()), None, "group")


def _make(subject: Subject, about: Programme | None, kind: str) -> ResponseReturnValue:
    from caseworker.impact.services import save_run
    from caseworker.impact.valued import value_subject
    from caseworker.outcomes.queries import outcomes_of

    user = current_user()
    if not CaseForm().validate_on_submit():
        page = "outcomes.show" if kind == "programme" else "outcomes.group"
        return redirect(url_for(page, code=subject.code), 303)
    run = save_run(
        value_subject(subject),
        outcomes_of(subject),
        programme_id=about.id if about else None,
        name=None,
        by=user.id,
    )
    location = url_for(f"reports.{kind}_file", code=subject.code, reference=run.reference)
    spend(location, user.id)
    return redirect(location, 303)


@bp.get("/programmes/<code>/reports/<reference>.pdf")
@requires(Permission.REPORT_MAKE)
def programme_file(code: str, reference: str) -> ResponseReturnValue:
    """The report of a stored run, as an attachment."""
    from caseworker.impact.queries import run_of_programme

    found = get_programme(current_user(), code)
    run = run_of_programme(found, reference)
    subject = of_programme(found, run.as_at_on, run.from_on, run.until_on, run.as_at_on)
    return _file(run, subject, found)


@bp.get("/groups/<code>/reports/<reference>.pdf")
@requires(Permission.REPORT_MAKE)
def group_file(code: str, reference: str) -> ResponseReturnValue:
    """The same of an organisation and all below it."""
    from caseworker.impact.queries import run_of_organisation

    found = get_organisation(current_user(), code)
    run = run_of_organisation(found, reference)
    subject = of_organisation(found, run.as_at_on, run.from_on, run.until_on, run.as_at_on)
    return _file(run, subject, None)


def _file(run: ValuationRun, subject: Subject, about: Programme | None) -> ResponseReturnValue:
    from caseworker.impact.services import outcomes_again, valued_again
    from caseworker.outcomes.overview import overview_of
    from caseworker.reports.programme import programme_report

    view = overview_of(subject, about, outcomes_again(run))
    content = programme_report(view, valued_again(run, subject), run.reference)
    audit.listed("report")
    return send_file(
        BytesIO(content),
        "application/pdf",
        as_attachment=True,
        download_name=f"{subject.code}-{run.as_at_on.isoformat()}-{run.reference}.pdf",
    )
