"""The person: who they are, how to reach them safely, what they agreed to, and who may see them."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.core.db import Base
from caseworker.core.records import Keyed, Record
from caseworker.core.sealing import SealedText
from caseworker.core.types import Instant, Key
from caseworker.participants.naming import NameKey as NameKey
from caseworker.participants.naming import NameSpelling as NameSpelling


class Participant(Record, Base):
    """One human being known to one controller."""

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("reference"),
        Index("ix_participant_organisation_id", "organisation_id"),
        Index("ix_participant_born_on", "born_on"),
        Index("ix_participant_postcode", "postcode"),
        Index("ix_participant_ni_number_mark", "ni_number_mark"),
        Index(
            "ix_participant_own_reference",
            "own_reference",
            sqlite_where=text("own_reference IS NOT NULL"),
            postgresql_where=text("own_reference IS NOT NULL"),
        ),
        CheckConstraint("born_on IS NULL OR NOT birth_not_known", name="birth_known_or_not"),
        {"comment": "People helped; one row per human being and controller"},
    )

    organisation_id: Mapped[UUID] = mapped_column(
        Key, ForeignKey("organisation.id"), comment="Controller of this record"
    )
    reference: Mapped[str] = mapped_column(String(10), comment="CW- and seven characters, random")
    given_name: Mapped[str] = mapped_column(String(100), comment="First names", info={"personal": "name"})
    family_name: Mapped[str] = mapped_column(String(100), comment="Surname", info={"personal": "name"})
    preferred_name: Mapped[str | None] = mapped_column(
        String(100), comment="What they like to be called", info={"personal": "name"}
    )
    born_on: Mapped[date | None] = mapped_column(comment="Date of birth", info={"personal": "birth"})
    birth_not_known: Mapped[bool] = mapped_column(default=False, comment="Asked for and not known")
    postcode: Mapped[str | None] = mapped_column(String(8), comment="Postcode", info={"personal": "place"})
    phone: Mapped[str | None] = mapped_column(String(20), comment="Telephone", info={"personal": "contact"})
    email: Mapped[str | None] = mapped_column(String(200), comment="E-mail", info={"personal": "contact"})
    no_voicemail: Mapped[bool] = mapped_column(default=False, comment="Never leave a message")
    no_texts: Mapped[bool] = mapped_column(default=False, comment="Never text")
    safe_times_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="When it is safe to call, sealed", info={"personal": "safety"}
    )
    learning_needs_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What helps them learn, never why, sealed", info={"personal": "support"}
    )
    no_letters: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="Never post anything"
    )
    no_emails: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="Never send an e-mail"
    )
    safety_asked_on: Mapped[date | None] = mapped_column(
        comment="When they were last asked how to reach them safely; empty: not asked yet"
    )
    address_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="Postal address, sealed", info={"personal": "place"}
    )
    ni_number_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="National Insurance number, sealed", info={"personal": "number"}
    )
    own_reference: Mapped[str | None] = mapped_column(
        String(40),
        comment="The organisation's own number for them, in capitals; empty: none",
        info={"personal": "number"},
    )
    ni_number_mark: Mapped[bytes | None] = mapped_column(
        LargeBinary(32), comment="Keyed hash of the NI number", info={"personal": "number"}
    )
    restricted: Mapped[bool] = mapped_column(default=False, comment="Seen by named users only; still counted")
    keep_until_on: Mapped[date | None] = mapped_column(comment="When to review whether to keep it")

    safe_times = SealedText("safe_times_sealed")
    learning_needs = SealedText("learning_needs_sealed")
    address = SealedText("address_sealed")
    ni_number = SealedText("ni_number_sealed")

    if TYPE_CHECKING:
        stopped: str | None  # these three are read with the person: participants/halted.py
        stopped_on: date | None
        limited: bool

    @property
    def known_as(self) -> str:
        return self.preferred_name or self.given_name

    @property
    def full_name(self) -> str:
        return f"{self.known_as} {self.family_name}"


class StatedReason(Record, Base):
    """Why somebody opened the case of a person who is not on their caseload, and until when."""

    __tablename__ = "stated_reason"
    __table_args__ = (
        CheckConstraint("until_on >= from_on", name="dates_in_order"),
        Index("ix_stated_reason_participant_id", "participant_id"),
        {"comment": "Reasons stated for opening somebody else's case"},
    )

    participant_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), comment="Whose case")
    user_id: Mapped[UUID] = mapped_column(Key, ForeignKey("user.id"), comment="Who opened it")
    reason: Mapped[str] = mapped_column(String(40), comment="Code list access_reason")
    words_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="More, in their words, sealed", info={"personal": "note"}
    )
    from_on: Mapped[date] = mapped_column(comment="First day")
    until_on: Mapped[date] = mapped_column(comment="Last day it opens the case")

    words = SealedText("words_sealed")


class StatusHistory(Record, Base):
    """Employment and benefits from a day on. The next row ends the one before."""

    __tablename__ = "status_history"
    __table_args__ = (
        Index("ix_status_history_participant_id_from_on", "participant_id", "from_on"),
        {"comment": "Employment and benefits, dated"},
    )

    participant_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), comment="Whose status")
    from_on: Mapped[date] = mapped_column(comment="From this day")
    economic_status: Mapped[str] = mapped_column(
        String(10), comment="Code list economic_status (ILR EmpStat)", info={"personal": "employment"}
    )
    required_to_look: Mapped[bool | None] = mapped_column(
        comment="Required to look for work; empty: not known", info={"personal": "benefits"}
    )
    benefit: Mapped[str | None] = mapped_column(
        String(40), comment="Main benefit, code list benefit", info={"personal": "benefits"}
    )


class Agreement(Record, Base):
    """One purpose agreed to, declined or withdrawn. Purposes are never lumped together."""

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint("withdrawn_on IS NULL OR withdrawn_on >= given_on", name="dates_in_order"),
        Index("ix_agreement_participant_id_purpose", "participant_id", "purpose"),
        {"comment": "Notice given and agreements, purpose by purpose"},
    )

    participant_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), comment="Who agreed")
    purpose: Mapped[str] = mapped_column(String(40), comment="notice, take_part, share, photo, contact_after")
    answer: Mapped[str] = mapped_column(String(20), comment="given, declined, not_asked")
    used_for: Mapped[str | None] = mapped_column(
        String(80), comment="Code list picture_use, by commas: what a photo or story may be used for"
    )
    given_on: Mapped[date] = mapped_column(comment="When they answered")
    notice_version: Mapped[str] = mapped_column(String(20), comment="Which notice they were given")
    how: Mapped[str | None] = mapped_column(String(20), comment="Code list agreed_how; empty: not recorded")
    agency: Mapped[str | None] = mapped_column(
        String(120), comment="Named agency somebody agreed to share with", info={"personal": "note"}
    )
    withdrawn_on: Mapped[date | None] = mapped_column(comment="When they took it back")


class PersonLink(Record, Base):
    """The same human being under another controller: for counting only, it opens nothing."""

    __tablename__ = "person_link"
    __table_args__ = (
        UniqueConstraint("participant_id"),
        Index("ix_person_link_human_id", "human_id"),
        {"comment": "Participants who are one human being, for counting only"},
    )

    human_id: Mapped[UUID] = mapped_column(Key, comment="Shared by all the links of one human being")
    participant_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), comment="One of them")


class Scope(StrEnum):
    """How much of a person an access row opens."""

    CASE = "case"
    LEARNER = "learner"
    PEOPLE = "people"


class ParticipantAccess(Keyed, Base):
    """Who may see a participant, why and when: what every read of a person goes through."""

    __tablename__ = "participant_access"
    __table_args__ = (
        CheckConstraint("(user_id IS NULL) <> (programme_id IS NULL)", name="one_reader"),
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="dates_in_order"),
        UniqueConstraint("participant_id", "user_id", "scope", "because_id"),
        UniqueConstraint("participant_id", "programme_id", "scope", "because_id"),
        Index("ix_participant_access_user_id_scope", "user_id", "scope", "participant_id"),
        Index("ix_participant_access_programme_id_scope", "programme_id", "scope", "participant_id"),
        {"comment": "Who may see whom; also the access list shown on the case page"},
    )

    participant_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), comment="Who is seen")
    user_id: Mapped[UUID | None] = mapped_column(Key, ForeignKey("user.id"), comment="A named reader")
    programme_id: Mapped[UUID | None] = mapped_column(
        Key, ForeignKey("programme.id"), comment="Or those with a role over this programme"
    )
    scope: Mapped[Scope] = mapped_column(String(10), comment="case, learner or people")
    why: Mapped[str] = mapped_column(String(30), comment="enrolment, keyworker, course, team_cover, reason")
    because_id: Mapped[UUID] = mapped_column(Key, comment="The enrolment, course place or grant behind it")
    from_on: Mapped[date] = mapped_column(comment="First day")
    until_on: Mapped[date | None] = mapped_column(comment="Last day; empty while it lasts")
    written_at: Mapped[datetime] = mapped_column(Instant, comment="When the row was written")

    participant: Mapped[Participant] = relationship()
