"""The privacy pack: a page, a PDF, and each part as a spreadsheet."""

from io import BytesIO

from flask import Blueprint, render_template, send_file
from flask.typing import ResponseReturnValue

from caseworker.accounts.current import current_user
from caseworker.accounts.permissions import Permission, requires
from caseworker.core import audit
from caseworker.core.cells import as_csv
from caseworker.core.clock import today
from caseworker.core.db import after_reading
from caseworker.core.errors import NotVisible
from caseworker.privacy.pack import read_pack
from caseworker.privacy.pack_tables import BY_KEY, PARTS

bp = Blueprint("privacy_pack", __name__, url_prefix="/data-protection")


@bp.get("/pack")
@requires(Permission.PRIVACY_READ)
def pack() -> ResponseReturnValue:
    found = read_pack(current_user(), today())
    return render_template(
        "privacy/pack.html", pack=found, parts=[(part, part.rows(found)) for part in PARTS]
    )


@bp.get("/pack.pdf")
@requires(Permission.PRIVACY_READ)
def pack_file() -> ResponseReturnValue:
    from caseworker.privacy.pack_print import pack_report

    content = pack_report(read_pack(current_user(), today()), current_user().name)
    return _handed_out(content, "application/pdf", "privacy-pack.pdf")


@bp.get("/pack/<part>.csv")
@requires(Permission.PRIVACY_READ)
def pack_sheet(part: str) -> ResponseReturnValue:
    if part not in BY_KEY:
        raise NotVisible
    wanted = BY_KEY[part]
    content = as_csv(wanted.head, wanted.rows(read_pack(current_user(), today())))
    return _handed_out(content, "text/csv", f"privacy-pack-{part}.csv")


def _handed_out(content: bytes, kind: str, name: str) -> ResponseReturnValue:
    after_reading(lambda: audit.note(audit.Entry("printed", "privacy pack")))
    return send_file(BytesIO(content), kind, as_attachment=True, download_name=name)
