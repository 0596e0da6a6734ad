"""What is reviewed by hand about who may see what."""

from datetime import date

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from caseworker.core.db import Base
from caseworker.core.records import Record
from caseworker.core.sealing import SealedText


class AccessReview(Record, Base):
    """Somebody looked through who has access to what, and kept or ended each."""

    __tablename__ = "access_review"
    __table_args__ = ({"comment": "Reviews of who has access"},)

    reviewed_on: Mapped[date] = mapped_column(comment="When")
    grants: Mapped[int] = mapped_column(comment="Role grants looked at")
    ended: Mapped[int] = mapped_column(comment="Role grants ended")
    words_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="What was found, sealed", info={"personal": "note"}
    )

    words = SealedText("words_sealed")
