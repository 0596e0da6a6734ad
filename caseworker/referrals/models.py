"""Sending somebody on to an agency that can help, and finding out what came of it."""

from datetime import date
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.core.db import Base
from caseworker.core.records import Record
from caseworker.core.sealing import SealedText
from caseworker.core.types import Key
from caseworker.enrolments.models import CaseRecord


class Agency(Record, Base):
    __tablename__ = "agency"
    __table_args__ = (
        UniqueConstraint("organisation_id", "name"),
        {"comment": "Agencies people are referred to"},
    )

    organisation_id: Mapped[UUID] = mapped_column(Key, ForeignKey("organisation.id"), comment="Whose list")
    name: Mapped[str] = mapped_column(String(120), comment="As agreements to share name it")
    helps_with: Mapped[str] = mapped_column(String(200), default="", comment="What they help with")
    phone: Mapped[str | None] = mapped_column(String(20), comment="Telephone of the agency")
    email: Mapped[str | None] = mapped_column(String(200), comment="E-mail of the agency")


class OnwardReferral(CaseRecord, Base):
    """What was shared with whom and on whose yes, and what came of it. Signposting is apart."""

    __tablename__ = "onward_referral"
    __table_args__ = (
        CheckConstraint("signposted_only OR sent_on IS NOT NULL", name="sent_or_signposted"),
        CheckConstraint("(result IS NULL) = (closed_on IS NULL)", name="closed_has_result"),
        Index("ix_onward_referral_enrolment_id", "enrolment_id"),
        Index(
            "ix_onward_referral_chase_on",
            "chase_on",
            sqlite_where=text("chase_on IS NOT NULL"),
            postgresql_where=text("chase_on IS NOT NULL"),
        ),
        {"comment": "Onward referrals, with what was shared and what came of it"},
    )

    agency_id: Mapped[UUID] = mapped_column(Key, ForeignKey("agency.id"), comment="To whom")
    reason: Mapped[str] = mapped_column(
        String(40), comment="Code list referral_reason", info={"personal": "note"}
    )
    signposted_only: Mapped[bool] = mapped_column(default=False, comment="Told about it; nothing was shared")
    shared: Mapped[list[str]] = mapped_column(JSON, comment="Codes of list shared_kind: what was shared")
    agreement_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("agreement.id"), comment="The agreement to share that was checked"
    )
    words_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="More on why and what was shared, sealed", info={"personal": "note"}
    )
    sent_on: Mapped[date | None] = mapped_column(comment="When it was sent; empty: signposted only")
    accepted_on: Mapped[date | None] = mapped_column(comment="When the agency said yes")
    attended_on: Mapped[date | None] = mapped_column(comment="When they first went")
    result: Mapped[str | None] = mapped_column(String(40), comment="Code list referral_result")
    closed_on: Mapped[date | None] = mapped_column(comment="When the result was known")
    chase_on: Mapped[date | None] = mapped_column(comment="When to ask the agency; empty: no need")

    words = SealedText("words_sealed")
    agency: Mapped[Agency] = relationship(foreign_keys=[agency_id])
