"""Making a report: a draft run is stored, then its file is built from that run."""

from io import BytesIO

from flask import Blueprint, redirect, send_file, url_for
from flask.typing import ResponseReturnValue

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core import audit
from caseworker.core.clock import today
from caseworker.core.forms import CaseForm, spend
from caseworker.outcomes.overview import overview_of
from caseworker.outcomes.subjects import of_programme
from caseworker.programmes.queries import get_programme

bp = Blueprint("reports", __name__)


@bp.post("/programmes/<code>/report")
@requires(Permission.REPORT_MAKE)
def programme(code: str) -> ResponseReturnValue:
    """Value the programme as it is now, store the draft run, and lead to its report."""
    from caseworker.impact.services import save_run, value_subject

    user = current_user()
    found = get_programme(user, code)
    if not CaseForm().validate_on_submit():
        return redirect(url_for("outcomes.show", code=code), 303)
    valued = value_subject(of_programme(found, today()))
    run = save_run(valued, programme_id=found.id, name=None, by=user.id)
    location = url_for("reports.file", code=code, reference=run.reference)
    spend(location, user.id)
    return redirect(location, 303)


@bp.get("/programmes/<code>/reports/<reference>.pdf")
@requires(Permission.REPORT_MAKE)
def file(code: str, reference: str) -> ResponseReturnValue:
    """The report of a stored run, as an attachment."""
    from caseworker.impact.queries import get_run
    from caseworker.impact.services import valued_again
    from caseworker.reports.programme import programme_report

    found = get_programme(current_user(), code)
    run = get_run(found, reference)
    valued = valued_again(run, of_programme(found, run.as_at_on, run.from_on, run.until_on, run.as_at_on))
    content = programme_report(overview_of(valued.subject, found), valued, run.reference)
    audit.listed("report")
    return send_file(
        BytesIO(content),
        "application/pdf",
        as_attachment=True,
        download_name=f"{found.code}-{run.as_at_on.isoformat()}-{run.reference}.pdf",
    )
