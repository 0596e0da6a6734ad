"""Two records of one human being made one, with what it takes to part them again."""

from datetime import date
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from caseworker.core.db import Base
from caseworker.core.records import Record
from caseworker.core.sealing import SealedText
from caseworker.core.types import Key


class Merge(Record, Base):
    """Two records of one human being became one. What moved is kept, so that it can move back."""

    __tablename__ = "merge"
    __table_args__ = (
        CheckConstraint("kept_id <> absorbed_id", name="two_people"),
        Index("ix_merge_kept_id", "kept_id"),
        Index(
            "uq_merge_absorbed_id",
            "absorbed_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
        {"comment": "Two records made one, with what moved; voided when taken apart again"},
    )

    kept_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), comment="The record that stays")
    absorbed_id: Mapped[UUID] = mapped_column(
        Key, ForeignKey("participant.id"), comment="The record that went into it"
    )
    merged_on: Mapped[date] = mapped_column(comment="When")
    moved: Mapped[dict[str, list[str]]] = mapped_column(JSON, comment="Keys of the rows that moved, by table")
    before_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What the kept record said before, sealed JSON", info={"personal": "name"}
    )

    before = SealedText("before_sealed")


class NotTheSame(Record, Base):
    """Somebody looked at two records and said they are two people: the pair is not offered again."""

    __tablename__ = "not_the_same"
    __table_args__ = (
        CheckConstraint("one_id < other_id", name="in_order"),
        Index(
            "uq_not_the_same_pair",
            "one_id",
            "other_id",
            unique=True,
            sqlite_where=text("voided_at IS NULL"),
            postgresql_where=text("voided_at IS NULL"),
        ),
        Index("ix_not_the_same_other_id", "other_id"),
        {"comment": "Pairs of records that look alike and are two people"},
    )

    one_id: Mapped[UUID] = mapped_column(
        Key, ForeignKey("participant.id"), comment="One of the two records, the lower key"
    )
    other_id: Mapped[UUID] = mapped_column(
        Key, ForeignKey("participant.id"), comment="The other of the two records"
    )
