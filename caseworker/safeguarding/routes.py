"""Raising a concern: any signed-in role, from any page. What is sent is not shown to its sender again."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core.clock import now, today
from caseworker.core.errors import NotVisible
from caseworker.core.pages import render_form, saved
from caseworker.participants.models import Participant
from caseworker.safeguarding import services
from caseworker.safeguarding.desk import has_shared, shared_with
from caseworker.safeguarding.forms import ConcernForm
from caseworker.safeguarding.leads import Belongs, Told, leads
from caseworker.safeguarding.models import Concern
from caseworker.safeguarding.queries import get_sent
from caseworker.safeguarding.raising import find_about, find_by_reference, offered_to
from caseworker.safeguarding.rules import reference_of

bp = Blueprint("safeguarding", __name__, url_prefix="/concerns")


@bp.route("/raise", methods=["GET", "POST"])
@requires(Permission.CONCERN_RAISE)
def tell() -> ResponseReturnValue:
    return _tell(None)


@bp.route("/raise/<uuid:participant_id>", methods=["GET", "POST"])
@requires(Permission.CONCERN_RAISE)
def tell_about(participant_id: UUID) -> ResponseReturnValue:
    """With the person filled in, if this user may see them; otherwise the same page as without."""
    return _tell(find_about(current_user(), participant_id))


def _tell(person: Participant | None) -> ResponseReturnValue:
    user, form = current_user(), ConcernForm()
    form.offer(offered_to(user), with_person=person is not None)
    belongs = _belongs(form, person)
    if belongs is None:
        return render_template("safeguarding/nowhere.html")
    if form.validate_on_submit():
        concern = _raise(form, person)
        return saved(_("Your concern is sent"), url_for(".sent", concern_id=concern.id))
    return render_form(
        "safeguarding/raise.html",
        form,
        person=person,
        told=_told(belongs),
        shared=has_shared(user),
    )


def _belongs(form: ConcernForm, person: Participant | None) -> Belongs | None:
    """Where the concern goes: with somebody on record to their organisation. None where there is none yet."""
    about = form.chosen_colleague if form.is_submitted() else None
    if person is not None:
        return Belongs(person.organisation_id, None, person.id, about)
    place = form.chosen_place
    return Belongs(place.organisation_id, place.programme_id, None, about) if place else None


def _raise(form: ConcernForm, person: Participant | None) -> Concern:
    words = None if person else form.about.data
    found = person or find_by_reference(current_user(), words)
    belongs = _belongs(form, found)
    if belongs is None:
        raise NotVisible
    seen = services.Seen(
        said=form.said.data,
        happened_on=form.happened_on.data or today(),
        category=form.category.data,
        in_danger_now=bool(form.danger.data),
        about=None if found else words,
        done_at_once=form.done_at_once.data,
        told=form.told.data,
    )
    return services.raise_concern(seen, belongs, by=current_user(), now=now())


def _told(belongs: Belongs) -> Told:
    about = [belongs.about_participant_id] if belongs.about_participant_id else []
    return leads(today(), about).told(belongs)


@bp.get("/<uuid:concern_id>/sent")
@requires(Permission.CONCERN_RAISE)
def sent(concern_id: UUID) -> ResponseReturnValue:
    """Thanks, a reference, and who reads it: nothing of what was written."""
    concern = get_sent(current_user(), concern_id)
    return render_template(
        "safeguarding/sent.html", reference=reference_of(concern.id), told=_told(Belongs.of(concern))
    )


@bp.get("/shared")
@requires(Permission.CONCERN_RAISE)
def shared() -> ResponseReturnValue:
    """Concerns that a safeguarding lead let this user read."""
    return render_template(
        "safeguarding/shared.html", lines=shared_with(current_user()), reference_of=reference_of
    )
