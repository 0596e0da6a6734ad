"""What an exit closed, so that its undo opens these again and nothing else."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.core.db import Base
from caseworker.core.records import Keyed
from caseworker.core.types import Key
from caseworker.enrolments.models import CaseRecord


class Exit(CaseRecord, Base):
    """Somebody recorded that a person left. Its day and reason stand on the enrolment."""

    __tablename__ = "enrolment_exit"
    __table_args__ = (
        Index(
            "uq_enrolment_exit_one",
            "enrolment_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
        {"comment": "Exits as they were recorded; voided when undone"},
    )

    closed: Mapped[list["ClosedByExit"]] = relationship(back_populates="exit")


class ClosedByExit(Keyed, Base):
    __tablename__ = "closed_by_exit"
    __table_args__ = (
        UniqueConstraint("exit_id", "thing_id"),
        {"comment": "What an exit closed"},
    )

    exit_id: Mapped[UUID] = mapped_column(Key, ForeignKey("enrolment_exit.id"), comment="The exit")
    kind: Mapped[str] = mapped_column(String(20), comment="goal, action, appointment or task")
    thing_id: Mapped[UUID] = mapped_column(Key, comment="Its key")
    was: Mapped[str] = mapped_column(String(20), comment="State of a goal or action before; else empty")

    exit: Mapped[Exit] = relationship(back_populates="closed")
