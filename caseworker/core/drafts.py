"""What somebody was typing when the page closed: kept sealed for seven days, per person and form."""

import json
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from sqlalchemy import (
    Delete,
    ForeignKey,
    LargeBinary,
    String,
    UniqueConstraint,
    bindparam,
    delete,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column
from werkzeug.datastructures import MultiDict

from caseworker.core import clock
from caseworker.core.db import Base, db
from caseworker.core.records import Keyed
from caseworker.core.sealing import SealedText
from caseworker.core.types import Instant, Key

KEPT_DAYS = 7
LARGEST = 500_000
# Of one person at once; the oldest makes room for the newest.
MOST = 40
NEVER_KEPT = frozenset({"csrf_token", "post_token", "record_version", "draft_path"})


def is_secret(name: str) -> bool:
    """A field that is never kept, shown again or sent back: passwords and one-time codes."""
    return "password" in name or name == "one_time_code"


class Draft(Keyed, Base):
    __tablename__ = "draft"
    __table_args__ = (
        UniqueConstraint("user_id", "path"),
        {"comment": "Unsaved typing, offered back; dropped on save or after seven days"},
    )

    user_id: Mapped[UUID] = mapped_column(Key, ForeignKey("user.id"), comment="Who was typing")
    path: Mapped[str] = mapped_column(String(400), comment="Address of the form")
    typed_sealed: Mapped[bytes] = mapped_column(
        LargeBinary, comment="Field names and text, sealed", info={"personal": "free text"}
    )
    saved_at: Mapped[datetime] = mapped_column(Instant, index=True, comment="When it was last kept")

    typed = SealedText("typed_sealed")


def keep_draft(user_id: UUID, path: str, form: MultiDict[str, str]) -> bool:
    """Keep what was typed at a form. False when there is nothing worth keeping or too much of it."""
    text = json.dumps(_kept_of(form), ensure_ascii=False)
    if len(text) > LARGEST or says_nothing(form):
        return False
    draft = db.session.scalar(select(Draft).where(Draft.user_id == user_id, Draft.path == path[:400]))
    if draft is None:
        _make_room(user_id)
        draft = Draft(user_id=user_id, path=path[:400], typed=text, saved_at=clock.now())
        db.session.add(draft)
    else:
        draft.typed, draft.saved_at = text, clock.now()
    return True


def _make_room(user_id: UUID) -> None:
    mine = select(Draft.id).where(Draft.user_id == user_id).order_by(Draft.saved_at.desc())
    too_many = list(db.session.scalars(mine.offset(MOST - 1)))
    if too_many:
        db.session.execute(delete(Draft).where(Draft.id.in_(too_many)))


def _kept_of(form: MultiDict[str, str]) -> dict[str, list[str]]:
    return {name: form.getlist(name) for name in form if name not in NEVER_KEPT and not is_secret(name)}


def says_nothing(form: MultiDict[str, str]) -> bool:
    """No field holds more than spaces."""
    return not any(value.strip() for values in _kept_of(form).values() for value in values)


def find_draft(user_id: UUID, path: str) -> Draft | None:
    return db.session.scalar(
        select(Draft).where(
            Draft.user_id == user_id,
            Draft.path == path[:400],
            Draft.saved_at > clock.now() - timedelta(days=KEPT_DAYS),
        )
    )


def typed_in(draft: Draft) -> MultiDict[str, str]:
    """The form's fields as they were typed."""
    return MultiDict(json.loads(draft.typed or "{}"))


def drop_draft(user_id: UUID, path: str) -> None:
    db.session.flush()
    db.session.execute(_drop(), {"whose": user_id, "form": path[:400]})


@cache
def _drop() -> Delete:
    """Of the table, not of objects: nothing of a draft that was loaded is used after it is dropped."""
    table = Base.metadata.tables["draft"]
    return delete(table).where(table.c.user_id == bindparam("whose"), table.c.path == bindparam("form"))


def drop_old_drafts() -> int:
    """Forget what is older than seven days; the number forgotten."""
    limit = clock.now() - timedelta(days=KEPT_DAYS)
    return db.session.execute(delete(Draft).where(Draft.saved_at <= limit)).rowcount  # type: ignore[attr-defined,no-any-return]
