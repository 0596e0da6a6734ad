"""Home, caseload, what is due, the case page and its timeline."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseworker.accounts.current import current_user
from caseworker.accounts.models import Role
from caseworker.accounts.permissions import Permission, may, requires, roles_of
from caseworker.casefile import due, home, overview
from caseworker.casefile.caseload import read_caseload
from caseworker.casefile.entries import entry
from caseworker.casefile.filters import CaseFilter, page_asked
from caseworker.casefile.header import case_header
from caseworker.casefile.timeline import PAGE, PARTS, read_timeline
from caseworker.casefile.words import DUE, DUE_PLACE, STANDING, STATUS, days_ago
from caseworker.core import audit
from caseworker.core.clock import today
from caseworker.enrolments.queries import get_enrolment
from caseworker.enrolments.rules import Standing, standing

bp = Blueprint("casefile", __name__)
bp.add_app_template_global(case_header)

FIRST = 8
RECENT = 12


@bp.get("/", endpoint="home")
@requires(Permission.HOME_READ)
def start() -> ResponseReturnValue:
    user = current_user()
    if not (may(user, Permission.CASELOAD_READ) and home.has_casework(user)):
        return _own_start()
    audit.listed("home")
    people, quiet = home.count_own(user, today())
    return render_template(
        "casefile/home.html",
        people=people,
        quiet=quiet,
        counts=due.count_due(user, today()),
        first=due.first_due(user, today(), FIRST),
        drafts=home.waiting_drafts(user),
        own=_own_caseload(),
        today=today(),
        standing=Standing,
        standings=STANDING,
        dues=DUE,
        places=DUE_PLACE,
    )


def _own_start() -> ResponseReturnValue:
    """Where people without a caseload begin."""
    for permission, endpoint in (
        (Permission.PROGRAMME_READ, "programmes.index"),
        (Permission.CLASS_READ, "courses.index"),
    ):
        if may(current_user(), permission):
            return redirect(url_for(endpoint), 303)
    return render_template("casefile/nothing_yet.html")


def _own_caseload() -> dict[str, str]:
    """What narrows the caseload page to one's own people; it does so by itself for a keyworker."""
    return {"keyworker": str(current_user().id)} if Role.LEAD in roles_of(current_user()) else {}


@bp.get("/due")
@requires(Permission.CASELOAD_READ)
def due_list() -> ResponseReturnValue:
    user, asked = current_user(), request.args.get("show", "")
    wanted = next((each for each in due.SHOWN if each == asked), Standing.OVERDUE)
    kind = next((each for each in DUE if each == request.args.get("kind")), "")
    counts = due.count_due(user, today())
    total = counts.of(wanted, kind)
    number, last = page_asked(request.args, total, due.PAGE)
    audit.listed("due")
    return render_template(
        "casefile/due.html",
        lines=due.list_due(user, today(), wanted, kind, number),
        counts=counts,
        wanted=wanted,
        kind=kind,
        total=total,
        pages={"number": number, "last": last, "size": due.PAGE},
        shown=due.SHOWN,
        standings=STANDING,
        dues=DUE,
        places=DUE_PLACE,
    )


@bp.get("/caseload")
@requires(Permission.CASELOAD_READ)
def caseload() -> ResponseReturnValue:
    user = current_user()
    leads = Role.LEAD in roles_of(user)
    audit.listed("caseload")
    return render_template(
        "casefile/caseload.html",
        load=read_caseload(user, CaseFilter.read(request.args), today(), own=not leads),
        leads=leads,
        today=today(),
        statuses=STATUS,
        standings=STANDING,
        standing=standing,
        dues=DUE,
        days_ago=days_ago,
    )


@bp.get("/enrolments/<uuid:enrolment_id>")
@requires(Permission.CASE_READ)
def show(enrolment_id: UUID) -> ResponseReturnValue:
    user = current_user()
    enrolment = get_enrolment(user, enrolment_id)
    person = enrolment.participant
    every = overview.cases_of(user, person, today())
    recent = read_timeline(enrolment.id, limit=RECENT)
    return render_template(
        "casefile/show.html",
        enrolment=enrolment,
        header=case_header(enrolment, every),
        case=next(case for case in every if case.enrolment_id == enrolment.id),
        others=[case for case in every if case.enrolment_id != enrolment.id],
        entries=[entry(row, enrolment.id) for row in recent.rows],
        happened=recent.total,
        open_dues=overview.open_dues_of(enrolment.id),
        goals=overview.open_goals(enrolment.id),
        barriers=overview.open_barriers(enrolment.id),
        wellbeing=overview.latest_wellbeing(enrolment.id),
        progressions=overview.progressions_of(enrolment.id),
        agreements=overview.agreements_of(person.id),
        readers=overview.readers_of(person.id, today()),
        today=today(),
        statuses=STATUS,
        standings=STANDING,
        standing=standing,
        dues=DUE,
        days_ago=days_ago,
    )


@bp.get("/enrolments/<uuid:enrolment_id>/timeline")
@requires(Permission.CASE_READ)
def timeline(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "timeline")
    kinds = [kind for kind in PARTS if kind in request.args.getlist("kind")]
    asked = page_asked(request.args, None, PAGE)[0]
    found = read_timeline(enrolment.id, kinds, PAGE, asked)
    if not found.rows and asked > 1:
        return redirect(url_for(".timeline", enrolment_id=enrolment.id, kind=kinds), 303)
    last = max(1, -(-found.total // PAGE))
    return render_template(
        "casefile/timeline.html",
        enrolment=enrolment,
        entries=[entry(row, enrolment.id) for row in found.rows],
        total=found.total,
        chosen=kinds,
        pages={"number": asked, "last": last, "size": PAGE},
    )
