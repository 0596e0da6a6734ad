"""Forms that lose nothing: each carries its post token, the version it was opened on, and a draft.

The order on POST is: sign-in, permission on the record, token, version, then the fields.
"""

import hashlib
import re
import secrets
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from flask import abort, g, request
from flask_wtf import FlaskForm
from sqlalchemy import ForeignKey, Index, Select, String, bindparam, delete, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column
from wtforms import HiddenField
from wtforms.form import BaseForm

from caseworker.core import clock
from caseworker.core.conflicts import settled
from caseworker.core.db import Base, db
from caseworker.core.errors import AlreadyDone, RuleBroken, StaleRecord
from caseworker.core.records import Record
from caseworker.core.types import Instant, Key

KEPT_DAYS = 30
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


class PostToken(Base):
    """A form that was acted on once. Sent again, it answers with where the first answer went."""

    __tablename__ = "post_token"
    __table_args__ = (
        Index("ix_post_token_spent_at", "spent_at"),
        {"comment": "Forms acted on, so that a second send does nothing twice"},
    )

    token: Mapped[str] = mapped_column(String(43), primary_key=True, comment="Random, from the form")
    user_id: Mapped[UUID | None] = mapped_column(Key, ForeignKey("user.id"), comment="Who sent it")
    location: Mapped[str] = mapped_column(String(400), comment="Where the first answer went")
    spent_at: Mapped[datetime] = mapped_column(Instant, comment="When it was acted on")


class CaseForm(FlaskForm):
    """Base of every form. Give `record` when the form changes one."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: BaseForm, formdata: Any) -> Any:
            """What was sent, as somebody settled it where a colleague had saved the record first."""
            sent = super().wrap_formdata(form, formdata)
            return sent if sent is None else settled(sent)

    # A label of their own: WTForms would look for a translation of their names on the disk.
    post_token = HiddenField("")
    record_version = HiddenField("")

    def __init__(self, *args: Any, record: Record | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record
        self.refusals: list[str] = []
        if not self.is_submitted():
            self.renew()

    def renew(self) -> None:
        """A fresh token and the record's version as it is now."""
        self.post_token.data = secrets.token_urlsafe(32)
        self.record_version.data = str(self.record.version) if self.record else ""

    def validate(self, extra_validators: Any = None) -> bool:
        token = self.post_token.data or ""
        if not TOKEN.fullmatch(token):
            self.refusals.append("This form came without its number. Check what you typed and send it again.")
            self.renew()
        else:
            _refuse_repeat(token)
        if self.record and self.record_version.data != str(self.record.version):
            raise StaleRecord(self)
        return super().validate(extra_validators=extra_validators) and not self.refusals

    def reject(self, broken: RuleBroken) -> None:
        """Show a broken rule at its field, or above the form when it belongs to none."""
        field = self._fields.get(broken.field or "")
        if field is None:
            self.refusals.append(broken.message)
        else:
            field.errors = [*field.errors, broken.message]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """(words, id of the field to go to) for the summary, in the order of the form."""
        found = [(words, "") for words in self.refusals]
        for field in self:
            found += [(str(words), field.id) for words in field.errors]
        return found


def is_tapped(form: CaseForm) -> bool:
    """A form of one button was sent. False for a GET, which signing in again or going back may ask for.

    Without its tokens it is refused (400).
    """
    if request.method == "GET":
        return False
    if not form.validate():
        abort(400)
    return True


def _refuse_repeat(token: str) -> None:
    """Raises AlreadyDone."""
    spent = _spent(token)
    if spent is not None:
        raise AlreadyDone(spent[1])


def _spent(token: str) -> tuple[UUID | None, str] | None:
    """Who sent this form before and where the answer went; asked once in a transaction.

    A second send at the same moment waits here until the first is settled, and holds off others after it.
    """
    if not db.session.in_transaction():
        db.session.begin()
    under_way = db.session.get_transaction()
    asked = g.get("asked_token")
    if asked is not None and asked[:2] == (under_way, token):
        found: tuple[UUID | None, str] | None = asked[2]
        return found
    if db.engine.dialect.name == "postgresql":
        lock = int.from_bytes(hashlib.sha256(token.encode()).digest()[:8], "big", signed=True)
        db.session.execute(select(func.pg_advisory_xact_lock(lock)))
    row = db.session.execute(_by_token(), {"token": token}).one_or_none()
    spent = (row.user_id, row.location) if row else None
    g.asked_token = (under_way, token, spent)
    return spent


@cache
def _by_token() -> Select[UUID | None, str]:
    return select(PostToken.user_id, PostToken.location).where(PostToken.token == bindparam("token"))


def forget_old_tokens() -> None:
    """Forms acted on long ago: a copy still open somewhere is stopped by its record's version."""
    db.session.execute(delete(PostToken).where(PostToken.spent_at < clock.now() - timedelta(days=KEPT_DAYS)))


def refuse_second_send(user_id: UUID) -> None:
    """Before the view: what this person sent before is answered as then. Raises AlreadyDone."""
    token = request.form.get("post_token", "")
    spent = _spent(token) if TOKEN.fullmatch(token) else None
    if spent is not None and spent[0] == user_id:
        raise AlreadyDone(spent[1])


def spend(location: str, user_id: UUID | None) -> None:
    """Mark this request's form as acted on, in the same transaction as its work."""
    token = request.form.get("post_token", "")
    if TOKEN.fullmatch(token):
        _refuse_repeat(token)
        row = {"token": token, "user_id": user_id, "location": location, "spent_at": clock.now()}
        db.session.execute(_SPEND, row)


_SPEND = insert(Base.metadata.tables["post_token"])
