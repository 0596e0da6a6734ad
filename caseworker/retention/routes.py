"""The desk of records past their day: what is proposed, decided, held and erased."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import Select, select

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, may, requires
from caseworker.core import audit
from caseworker.core.clock import today
from caseworker.core.db import db
from caseworker.core.errors import NotVisible, RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.ids import read_reference
from caseworker.core.pages import render_form, saved
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import Participant
from caseworker.retention import queries, reviewing, services
from caseworker.retention.counting import count_rows, in_all
from caseworker.retention.erasing import with_absorbed
from caseworker.retention.forms import FindForm, HoldForm, ManyForm, OneForm
from caseworker.retention.holding import end_hold, hold
from caseworker.retention.keeping import kept_for
from caseworker.retention.rules import ASKED, IN_THE_WAY, TIME
from caseworker.retention.words import counted, rule_words, why_kept

bp = Blueprint("retention", __name__)


@bp.get("/retention")
@requires(Permission.RETENTION_PROPOSE)
def index() -> ResponseReturnValue:
    """Who is past their day, fifty at a time, of all programmes or of one."""
    user = current_user()
    programmes = reviewing.programmes_in_hand(user)
    chosen = next((each for each in programmes if each.code == request.args.get("programme")), None)
    people = reviewing.to_review(user, today(), chosen.id if chosen else None)
    total = reviewing.count_of(people)
    number = page_number(total)
    lines = reviewing.lines_of(people, number)
    audit.listed("retention")
    return render_template(
        "retention/index.html",
        lines=lines,
        names={each.id: each.name for each in programmes},
        programmes=programmes,
        chosen=chosen,
        why=why_kept,
        asked=queries.asked_for(user),
        find=FindForm(),
        most=services.MOST,
        pages=pages(".index", number, total, programme=chosen.code if chosen else None),
    )


def page_number(total: int) -> int:
    typed = request.args.get("page", "")
    asked = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1
    return min(max(1, asked), max(1, -(-total // reviewing.PAGE)))


def pages(endpoint: str, number: int, total: int, **values: Any) -> dict[str, Any]:
    """What the pagination under a list says."""
    size, last = reviewing.PAGE, max(1, -(-total // reviewing.PAGE))
    return {
        "number": number,
        "last": last,
        "previous": url_for(endpoint, page=number - 1, **values) if number > 1 else "",
        "next": url_for(endpoint, page=number + 1, **values) if number < last else "",
        "total": total,
        "from": (number - 1) * size + 1,
        "to": min(number * size, total),
    }


@bp.route("/retention/find", methods=["GET", "POST"])
@requires(Permission.RETENTION_PROPOSE)
def find() -> ResponseReturnValue:
    form = FindForm()
    if form.validate_on_submit():
        reference = read_reference(form.reference.data)
        found = reviewing.find_person(current_user(), reference) if reference else None
        if found is not None:
            return redirect(url_for(".person", person_id=found.id), 303)
        form.reject(RuleBroken(_("No record in your hand has this reference. Check it"), "reference"))
    return render_form("retention/find.html", form)


@bp.route("/retention/propose", methods=["GET", "POST"])
@requires(Permission.RETENTION_PROPOSE)
def propose() -> ResponseReturnValue:
    """The dry run of several records, and proposing them to a second person."""
    people = _chosen()
    counts = count_rows(with_absorbed(people))
    standing = reviewing.in_the_way(people, TIME, today())
    form = ManyForm()
    if not form.is_submitted():
        form.show(len(counts))
    elif form.validate():
        try:
            if form.people.data != str(len(counts)):
                form.show(len(counts))
                raise RuleBroken(_("The list changed since you looked. Look again, then propose"))
            together = services.propose(counts, because=TIME, by=current_user(), today=today())
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("Proposed. A colleague decides now"), url_for(".proposal", together_id=together))
    audit.listed("dry_run")
    return render_form(
        "retention/propose.html",
        form,
        lines=reviewing.lines_of(people, 1),
        standing=standing,
        reasons=IN_THE_WAY,
        total=len(counts),
        most=services.MOST,
        rows=counted(in_all(counts)),
        why=why_kept,
        here=url_for(".propose", **request.args.to_dict(flat=False)),  # type: ignore[arg-type]
    )


def _chosen() -> Select[UUID]:
    """The records named in the address, or everybody past their day. Raises NotVisible."""
    user = current_user()
    if request.args.get("everyone") == "yes":
        programmes = {each.code: each.id for each in reviewing.programmes_in_hand(user)}
        of_programme = request.args.get("programme", "")
        if of_programme and of_programme not in programmes:
            raise NotVisible
        people = reviewing.to_review(user, today(), programmes.get(of_programme))
        first = people.order_by(Participant.keep_until_on, Participant.reference).limit(services.MOST)
        return select(first.subquery().c.id)
    try:
        keys = {UUID(each) for each in request.args.getlist("person")}
    except ValueError:
        raise NotVisible from None
    if len(keys) > reviewing.PAGE or reviewing.count_of(reviewing.in_hand(user, keys)) != len(keys):
        raise NotVisible
    return select(Participant.id).where(Participant.id.in_(keys))


@bp.route("/retention/people/<uuid:person_id>", methods=["GET", "POST"])
@requires(Permission.RETENTION_PROPOSE)
def person(person_id: UUID) -> ResponseReturnValue:
    """Why one record is kept and until when, what would go, and proposing it for any reason."""
    found = reviewing.get_person(current_user(), person_id)
    form = OneForm()
    if form.validate_on_submit():
        request_id = queries.request_for(found.id)
        try:
            together = services.propose(
                [found.id],
                because=form.because.data,
                by=current_user(),
                today=today(),
                request_id=request_id if form.because.data == ASKED else None,
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            return saved(_("Proposed. A colleague decides now"), url_for(".proposal", together_id=together))
    return render_form("retention/person.html", form, **_about(found))


def _about(found: Participant) -> dict[str, Any]:
    people = select(Participant.id).where(Participant.id == found.id)
    purposes = kept_for(Enrolment.participant_id == found.id, today()).get(found.id, [])
    named = may_decide() and not found.restricted
    held = queries.holds_of(found.id, today())
    standing = reviewing.in_the_way(people, TIME, today())
    return {
        "person": found,
        "name": found.full_name if named else "",
        "purposes": purposes,
        "names": reviewing.names_of(each.programme_id for each in purposes),
        "rule": rule_words,
        "rows": counted(in_all(count_rows(with_absorbed(people)))),
        "standing": [IN_THE_WAY[each] for each in standing.get(found.id, ())],
        "holds": held,
        "may_end": may_decide(),
    }


@bp.route("/retention/people/<uuid:person_id>/hold", methods=["GET", "POST"])
@requires(Permission.RETENTION_PROPOSE)
def put_on_hold(person_id: UUID) -> ResponseReturnValue:
    found = reviewing.get_person(current_user(), person_id)
    form = HoldForm()
    here = url_for(".person", person_id=found.id)
    if form.validate_on_submit():
        held = hold(found, reason=form.reason.data, words=form.words.data, by=current_user(), today=today())
        db.session.flush()
        undo = (_("End the hold"), url_for(".end", hold_id=held.id)) if may_decide() else None
        return saved(_("The record is on hold: nobody can erase it"), here, undo)
    return render_form("retention/hold.html", form, here=here, reference=found.reference)


def may_decide() -> bool:
    return may(current_user(), Permission.RETENTION_DECIDE)


@bp.get("/retention/holds")
@requires(Permission.RETENTION_PROPOSE)
def on_hold() -> ResponseReturnValue:
    user = current_user()
    audit.listed("holds")
    return render_template(
        "retention/holds.html",
        holds=queries.holds(user, today()),
        kept=queries.kept_for_now(user, today()),
        may_end=may_decide(),
    )


@bp.route("/retention/holds/<uuid:hold_id>/end", methods=["GET", "POST"])
@requires(Permission.RETENTION_DECIDE)
def end(hold_id: UUID) -> ResponseReturnValue:
    held = queries.get_hold(current_user(), hold_id)
    if not is_tapped(CaseForm()):
        return redirect(url_for(".on_hold"), 303)
    try:
        end_hold(held, today=today())
    except RuleBroken as broken:
        return saved(broken.message, url_for(".on_hold"))
    return saved(_("The hold ends today"), url_for(".on_hold"))
