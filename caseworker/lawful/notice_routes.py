"""Privacy notices: the words people are given, by version, language and form."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from caseworker.accounts.current import current_user
from caseworker.accounts.models import Role
from caseworker.accounts.permissions import Permission, may, requires
from caseworker.core.clock import now, today
from caseworker.core.errors import RuleBroken
from caseworker.core.forms import CaseForm, is_tapped
from caseworker.core.pages import render_form, saved
from caseworker.core.taking_back import take_back
from caseworker.lawful.forms import NoticeForm
from caseworker.lawful.noticing import get_notice, notices_of, write_notice
from caseworker.lawful.queries import READERS, WRITERS, visible_programmes
from caseworker.lawful.routes import bp

__all__ = ["bp"]


@bp.get("/notices")
@requires(Permission.LAWFUL_READ)
def notices() -> ResponseReturnValue:
    names = _organisations(READERS)
    return render_template(
        "lawful/notices.html",
        notices=notices_of(list(names)),
        names=names,
        may_write=may(current_user(), Permission.LAWFUL_WRITE),
    )


def _organisations(roles: frozenset[Role]) -> dict[UUID, str]:
    """The controllers of the programmes one reads or writes for."""
    programmes = visible_programmes(current_user(), roles)
    return {each.organisation_id: each.organisation.name for each in programmes}


@bp.get("/notices/<uuid:notice_id>")
@requires(Permission.LAWFUL_READ)
def notice(notice_id: UUID) -> ResponseReturnValue:
    names = _organisations(READERS)
    row = get_notice(list(names), notice_id)
    return render_template("lawful/notice.html", notice=row, names=names)


@bp.route("/notices/new", methods=["GET", "POST"])
@requires(Permission.LAWFUL_WRITE)
def new_notice() -> ResponseReturnValue:
    names = _organisations(WRITERS)
    form = NoticeForm(data={"from_on": today(), "easy_read": "no", "language": "english"})
    form.organisation_id.options = [(str(key), name) for key, name in names.items()]
    if len(names) == 1 and not form.is_submitted():
        form.organisation_id.data = str(next(iter(names)))
    if form.validate_on_submit():
        try:
            made = write_notice(
                form.organisation_id.data,
                version_name=form.version_name.data,
                language=form.language.data,
                easy_read=form.easy_read.data == "yes",
                words=form.words.data,
                from_on=form.from_on.data,
                written_by=current_user(),
            )
        except RuleBroken as broken:
            form.reject(broken)
        else:
            undo = url_for(".take_back_notice", notice_id=made.id)
            return saved(_("Notice saved"), url_for(".notices"), (_("Undo"), undo))
    return render_form("lawful/new_notice.html", form)


@bp.route("/notices/<uuid:notice_id>/take-back", methods=["GET", "POST"])
@requires(Permission.LAWFUL_WRITE)
def take_back_notice(notice_id: UUID) -> ResponseReturnValue:
    row = get_notice(list(_organisations(WRITERS)), notice_id)
    if not is_tapped(CaseForm()):
        return redirect(url_for(".notices"), 303)
    take_back(row, current_user().id, now())
    return saved(_("Notice taken back"), url_for(".notices"))
