"""The words of people's names, as a search finds them. Read through `participants.models`."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caseworker.core.db import Base
from caseworker.core.records import Keyed
from caseworker.core.types import Key

# Found by its beginning: byte order, because a language's order ignores the mark that ends the range.
_WORD = String(100).with_variant(String(100, collation="C"), "postgresql")


class NameKey(Keyed, Base):
    """A normalised word of a name, for finding `Seán O’Neill` by `sean oneill`."""

    __tablename__ = "name_key"
    __table_args__ = (
        UniqueConstraint("participant_id", "word"),
        Index("ix_name_key_word_participant_id", "word", "participant_id"),
        Index("ix_name_key_sound", "sound", "participant_id"),
        {"comment": "Search words of people's names"},
    )

    participant_id: Mapped[UUID] = mapped_column(Key, ForeignKey("participant.id"), comment="Whose name")
    word: Mapped[str] = mapped_column(
        _WORD, comment="Lower case, no accents or marks", info={"personal": "name"}
    )
    sound: Mapped[str | None] = mapped_column(
        String(20),
        comment="How the word sounds, for warning of the same person twice",
        info={"personal": "name"},
    )


class NameSpelling(Keyed, Base):
    """A word of somebody's name with one letter left out: how a word typed wrongly finds the right one."""

    __tablename__ = "name_spelling"
    __table_args__ = (
        UniqueConstraint("less", "word"),
        Index("ix_name_spelling_word", "word"),
        {"comment": "Words of names by their spellings with a letter missing"},
    )

    less: Mapped[str] = mapped_column(
        _WORD, comment="The word, or the word less one of its letters", info={"personal": "name"}
    )
    word: Mapped[str] = mapped_column(_WORD, comment="As name_key has it", info={"personal": "name"})
