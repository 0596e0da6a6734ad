"""Users, their roles on named programmes, their sessions, and tries at signing in."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.core.db import Base
from caseworker.core.records import Keyed, Record
from caseworker.core.sealing import SealedText
from caseworker.core.types import Instant, Key


class Role(StrEnum):
    KEYWORKER = "keyworker"
    TUTOR = "tutor"
    LEAD = "lead"
    PROGRAMME_ADMINISTRATOR = "programme_administrator"
    SAFEGUARDING_LEAD = "safeguarding_lead"
    VERIFIER = "verifier"
    GROUP_LEAD = "group_lead"
    ADMINISTRATOR = "administrator"
    DATA_PROTECTION = "data_protection"


class User(Record, Base):
    """Somebody who works here. The key of who entered a record is this one's."""

    __tablename__ = "user"
    __table_args__ = (
        UniqueConstraint("email"),
        CheckConstraint("email = lower(email)", name="email_lower"),
        {"comment": "People who sign in"},
    )

    email: Mapped[str] = mapped_column(String(200), comment="Sign-in name", info={"personal": "contact"})
    name: Mapped[str] = mapped_column(String(120), comment="As colleagues see it", info={"personal": "name"})
    password_hash: Mapped[str] = mapped_column(String(200), comment="Argon2id")
    second_step_sealed: Mapped[bytes | None] = mapped_column(LargeBinary, comment="TOTP secret, sealed")
    second_step_counter: Mapped[int | None] = mapped_column(comment="Last TOTP step used, against replay")
    shortcuts_on: Mapped[bool] = mapped_column(default=True, comment="Single-key shortcuts wanted")
    active: Mapped[bool] = mapped_column(default=True, comment="May sign in")

    second_step = SealedText("second_step_sealed")
    grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="user", foreign_keys="RoleGrant.user_id", lazy="selectin"
    )


class RoleGrant(Record, Base):
    """One role of one user: on a programme, or on an organisation and all below it, or everywhere."""

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("programme_id IS NULL OR organisation_id IS NULL", name="one_place"),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="dates_in_order"),
        Index("ix_role_grant_user_id", "user_id"),
        {"comment": "Who may do what, where, from when to when"},
    )

    user_id: Mapped[UUID] = mapped_column(Key, ForeignKey("user.id"), comment="Whose role")
    role: Mapped[Role] = mapped_column(String(30), comment="The role")
    programme_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("programme.id"), comment="On this programme only"
    )
    organisation_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("organisation.id"), comment="On this organisation and those below it"
    )
    from_on: Mapped[date] = mapped_column(comment="First day")
    until_on: Mapped[date | None] = mapped_column(comment="Last day; empty while it lasts")

    user: Mapped[User] = relationship(back_populates="grants", foreign_keys=[user_id])

    def holds_on(self, day: date) -> bool:
        return (
            self.voided_at is None and self.from_on <= day and (self.until_on is None or day <= self.until_on)
        )


class UserSession(Keyed, Base):
    """A signed-in browser: revocable, 30 minutes idle, 12 hours at most."""

    __tablename__ = "user_session"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        Index("ix_user_session_user_id", "user_id"),
        {"comment": "Signed-in browsers"},
    )

    user_id: Mapped[UUID] = mapped_column(Key, ForeignKey("user.id"), comment="Who signed in")
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), comment="SHA-256 of the cookie's token")
    began_at: Mapped[datetime] = mapped_column(Instant, comment="When it was signed in")
    seen_at: Mapped[datetime] = mapped_column(Instant, comment="Last use, to the minute")
    ended_at: Mapped[datetime | None] = mapped_column(Instant, comment="Signed out or revoked")

    user: Mapped[User] = relationship(lazy="joined")


class SignInAttempt(Keyed, Base):
    """A try that failed, counted against account, address and device to slow guessing down."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index("ix_sign_in_attempt_who_at", "who_hash", "at"),
        {"comment": "Failed tries at signing in"},
    )

    who_hash: Mapped[bytes] = mapped_column(LargeBinary(32), comment="Keyed hash of account or address")
    at: Mapped[datetime] = mapped_column(Instant, comment="When")
