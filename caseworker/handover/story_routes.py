"""The one-page story, on the screen and on paper."""

from io import BytesIO
from uuid import UUID

from flask import render_template, send_file
from flask.typing import ResponseReturnValue

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core.clock import today
from caseworker.core.codes import label
from caseworker.enrolments.queries import get_enrolment
from caseworker.handover.lend_routes import bp
from caseworker.handover.story import helping, story_of
from caseworker.handover.words import clipped

__all__ = ["bp"]


@bp.get("/enrolments/<uuid:enrolment_id>/story")
@requires(Permission.CASE_READ)
def story(enrolment_id: UUID) -> ResponseReturnValue:
    user = current_user()
    enrolment = get_enrolment(user, enrolment_id, "story")
    told = story_of(user, enrolment, today())
    return render_template(
        "handover/story.html",
        enrolment=enrolment,
        story=told,
        helps=helping(told),
        today=today(),
        labels=label,
        clipped=clipped,
    )


@bp.get("/enrolments/<uuid:enrolment_id>/story.pdf")
@requires(Permission.CASE_READ)
def story_file(enrolment_id: UUID) -> ResponseReturnValue:
    """The same on one A4 page; the file is called by the reference."""
    from caseworker.handover.story_print import story_page

    user = current_user()
    enrolment = get_enrolment(user, enrolment_id, "story")
    content = story_page(story_of(user, enrolment, today()), today())
    return send_file(
        BytesIO(content),
        "application/pdf",
        as_attachment=True,
        download_name=f"story-{enrolment.participant.reference}.pdf",
    )
