"""The one row that says what this database is."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String, select
from sqlalchemy.orm import Mapped, mapped_column

from caseworker.core import clock
from caseworker.core.db import Base, db
from caseworker.core.types import Instant

DEMO, LIVE = "demo", "live"


class Installation(Base):
    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("number = 1", name="one_row"), {"comment": "What this database is"})

    number: Mapped[int] = mapped_column(primary_key=True, default=1, comment="Always 1")
    kind: Mapped[str] = mapped_column(String(10), comment="demo (invented people) or live")
    key_fingerprint: Mapped[str] = mapped_column(String(8), comment="Which key sealed the text; not the key")
    created_at: Mapped[datetime] = mapped_column(Instant, default=clock.now, comment="When it was set up")
    loaded_at: Mapped[datetime | None] = mapped_column(Instant, comment="When the demo's people were loaded")


def installation() -> Installation | None:
    return db.session.scalar(select(Installation))
