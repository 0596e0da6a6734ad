"""The safeguarding lead's desk, and a concern's own page."""

from io import BytesIO
from uuid import UUID

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core import audit
from caseworker.core.clock import today
from caseworker.core.db import after_reading
from caseworker.core.errors import NotVisible
from caseworker.safeguarding.desk import closed_concerns, read_desk
from caseworker.safeguarding.queries import (
    PAGE,
    chronology,
    get_concern,
    get_led,
    may_lead,
    names_in,
    open_actions,
    organisation_of,
    other_concerns,
    readers_named,
)
from caseworker.safeguarding.routes import bp
from caseworker.safeguarding.rules import reference_of

__all__ = ["bp"]


@bp.get("")
@requires(Permission.CONCERN_LEAD)
def desk() -> ResponseReturnValue:
    day = today()
    return render_template(
        "safeguarding/desk.html", desk=read_desk(current_user(), day), today=day, reference_of=reference_of
    )


@bp.get("/closed")
@requires(Permission.CONCERN_LEAD)
def closed() -> ResponseReturnValue:
    page = min(max(request.args.get("page", 1, type=int), 1), 10_000)
    lines = closed_concerns(current_user(), page)
    return render_template(
        "safeguarding/closed.html", lines=lines, page=page, more=len(lines) == PAGE, reference_of=reference_of
    )


@bp.get("/<uuid:concern_id>")
@requires(Permission.CONCERN_RAISE)
def show(concern_id: UUID) -> ResponseReturnValue:
    """For the leads it belongs to and those they named; for anybody else it is not there."""
    concern = get_concern(current_user(), concern_id)
    return render_template(
        "safeguarding/show.html",
        concern=concern,
        reference=reference_of(concern.id),
        steps=chronology(concern),
        actions=open_actions(concern),
        readers=readers_named(concern),
        names=names_in(concern),
        others=other_concerns(current_user(), concern),
        reference_of=reference_of,
        leading=may_lead(current_user(), concern),
        today=today(),
    )


@bp.get("/<uuid:concern_id>/referrals/<uuid:step_id>.pdf")
@requires(Permission.CONCERN_LEAD)
def referral_file(concern_id: UUID, step_id: UUID) -> ResponseReturnValue:
    """A referral to print, called by the concern's reference. That it was printed is noted, about nobody."""
    from caseworker.safeguarding.printing import referral

    concern = get_led(current_user(), concern_id)
    step = next((each for each in concern.steps if each.id == step_id and each.kind == "referral"), None)
    if step is None:
        raise NotVisible
    content = referral(concern, step, names_in(concern), organisation_of(concern))
    after_reading(lambda: audit.note(audit.Entry("printed", "concern", concern.id)))
    return send_file(
        BytesIO(content),
        "application/pdf",
        as_attachment=True,
        download_name=f"referral-{reference_of(concern.id)}.pdf",
    )
