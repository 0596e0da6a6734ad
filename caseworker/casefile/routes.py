"""Home, caseload, what is due, the case page and its timeline."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from caseworker.accounts.current import current_user
from caseworker.accounts.models import Role
from caseworker.accounts.permissions import Permission, may, requires, roles_of
from caseworker.casefile import due, home, unfinished
from caseworker.casefile.bulk import bulk_actions
from caseworker.casefile.case_page import case_page
from caseworker.casefile.caseload import read_caseload
from caseworker.casefile.entries import entry
from caseworker.casefile.filters import DUE_KINDS, MINE, CaseFilter, page_asked, page_within, pages_of
from caseworker.casefile.header import case_header
from caseworker.casefile.saved_filters import as_address, kept_lists
from caseworker.casefile.timeline import PAGE, PARTS, read_timeline
from caseworker.casefile.words import DUE, DUE_PLACE, KINDS, STANDING, STATUS, UNFINISHED, VIEW, days_ago
from caseworker.contacts.message_queries import count_unread
from caseworker.contacts.queries import minutes_of
from caseworker.core import audit
from caseworker.core.clock import today
from caseworker.enrolments.queries import get_enrolment
from caseworker.enrolments.rules import Standing, standing
from caseworker.handover.history import count_handed_to_me
from caseworker.visits.queries import out_now

bp = Blueprint("casefile", __name__)
bp.add_app_template_global(case_header)

FIRST = 8
_ANY_KEY = UUID(int=0)


@bp.get("/", endpoint="home")
@requires(Permission.HOME_READ)
def start() -> ResponseReturnValue:
    user = current_user()
    if not (may(user, Permission.CASELOAD_READ) and home.has_anything(user)):
        return _own_start()
    audit.listed("home")
    people, quiet = home.count_own(user, today())
    unassigned, asked_for = home.count_led(user) if may(user, Permission.CASE_HAND_OVER) else (0, 0)
    return render_template(
        "casefile/home.html",
        people=people,
        quiet=quiet,
        counts=due.count_due(user, today()),
        first=due.first_due(user, today(), FIRST),
        drafts=home.waiting_drafts(user),
        messages=count_unread(user),
        handed=count_handed_to_me(user),
        asked_for=asked_for,
        unassigned=unassigned,
        unfinished=unfinished.count_unfinished(user),
        out=out_now(user),
        kinds=UNFINISHED,
        own=_own_caseload(),
        today=today(),
        now=due.VIEWS["now"],
        standing=Standing,
        standings=STANDING,
        dues=DUE,
        places=DUE_PLACE,
    )


def _own_start() -> ResponseReturnValue:
    """Where people without a caseload begin."""
    for permission, endpoint in (
        (Permission.PROGRAMME_READ, "programmes.index"),
        (Permission.PEOPLE_READ, "office.people"),
        (Permission.CLASS_READ, "courses.index"),
        (Permission.CONCERN_LEAD, "safeguarding.desk"),
        (Permission.RIGHTS_ANSWER, "rights.desk"),
        (Permission.PROGRAMME_RULES, "ruling.index"),
    ):
        if may(current_user(), permission):
            return redirect(url_for(endpoint), 303)
    return redirect(url_for("account.show"), 303)


def _own_caseload() -> dict[str, str]:
    """What narrows the caseload page to one's own people; it does so by itself for a keyworker."""
    return {"mine": MINE} if Role.LEAD in roles_of(current_user()) else {}


@bp.get("/due")
@requires(Permission.CASELOAD_READ)
def due_list() -> ResponseReturnValue:
    user, asked = current_user(), request.args.get("show", "")
    view = asked if asked in due.VIEWS else "overdue"
    wanted = due.VIEWS[view]
    kind = next((each for each in DUE if each == request.args.get("kind")), "")
    counts = due.count_due(user, today())
    total = counts.of(wanted, kind)
    number = page_within(request.args, due.PAGE, total)
    audit.listed("due")
    return render_template(
        "casefile/due.html",
        lines=due.list_due(user, today(), wanted, kind, number),
        today=today(),
        counts=counts,
        view=view,
        wanted=wanted,
        kind=kind,
        total=total,
        pages=pages_of(
            number,
            due.PAGE,
            total,
            lambda page: url_for(".due_list", show=view, kind=kind or None, page=page),
        ),
        views=due.VIEWS,
        view_words=VIEW,
        dues=DUE,
        places=DUE_PLACE,
    )


@bp.get("/unfinished")
@requires(Permission.CASELOAD_READ)
def unfinished_list() -> ResponseReturnValue:
    user, asked = current_user(), request.args.get("show", "")
    kind = asked if asked in unfinished.KINDS else unfinished.PLAN
    counts = unfinished.count_unfinished(user)
    number = page_within(request.args, unfinished.PAGE, counts[kind])
    audit.listed("unfinished")
    return render_template(
        "casefile/unfinished.html",
        lines=unfinished.list_unfinished(user, kind, number),
        counts=counts,
        kind=kind,
        kinds=UNFINISHED,
        pages=pages_of(
            number,
            unfinished.PAGE,
            counts[kind],
            lambda page: url_for(".unfinished_list", show=kind, page=page),
        ),
    )


@bp.get("/caseload")
@requires(Permission.CASELOAD_READ)
def caseload() -> ResponseReturnValue:
    user, wanted = current_user(), CaseFilter.read(request.args)
    leads = Role.LEAD in roles_of(user)
    audit.listed("caseload")
    load = read_caseload(user, wanted, today(), own=not leads)
    return render_template(
        "casefile/caseload.html",
        load=load,
        pages=pages_of(
            load.page,
            load.size,
            load.matching,
            lambda page: url_for(".caseload", **wanted.address(page=page)),
        ),
        leads=leads,
        lists=[(kept, kept.filters) for kept in kept_lists(user)],
        here=as_address(wanted),
        actions=bulk_actions(user),
        case_prefix=url_for(".show", enrolment_id=_ANY_KEY).removesuffix(str(_ANY_KEY)),
        today=today(),
        statuses=STATUS,
        standings=STANDING,
        standing=standing,
        dues=DUE,
        due_kinds=DUE_KINDS,
        days_ago=days_ago,
    )


@bp.get("/enrolments/<uuid:enrolment_id>")
@requires(Permission.CASE_READ)
def show(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id)
    return render_template("casefile/show.html", **case_page(current_user(), enrolment, today()))


@bp.get("/enrolments/<uuid:enrolment_id>/timeline")
@requires(Permission.CASE_READ)
def timeline(enrolment_id: UUID) -> ResponseReturnValue:
    enrolment = get_enrolment(current_user(), enrolment_id, "timeline")
    kinds = [kind for kind in PARTS if kind in request.args.getlist("kind")]
    asked = page_asked(request.args)
    found = read_timeline(enrolment.id, kinds, PAGE, asked)
    if not found.rows and asked > 1:
        return redirect(url_for(".timeline", enrolment_id=enrolment.id, kind=kinds), 303)
    return render_template(
        "casefile/timeline.html",
        enrolment=enrolment,
        entries=[entry(row, enrolment.id) for row in found.rows],
        total=found.total,
        spent=minutes_of(enrolment.id),
        chosen=kinds,
        kinds=KINDS,
        pages=pages_of(
            asked,
            PAGE,
            found.total,
            lambda page: url_for(".timeline", enrolment_id=enrolment.id, kind=kinds, page=page),
        ),
    )
