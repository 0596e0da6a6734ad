"""What a worker keeps of their own lists."""

from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from caseworker.core.db import Base
from caseworker.core.records import Record
from caseworker.core.types import Key


class SavedFilter(Record, Base):
    """A list somebody comes back to, under a name of their own. Its filters name no person."""

    __tablename__ = "saved_filter"
    __table_args__ = (
        UniqueConstraint("user_id", "name"),
        {"comment": "Filters of the caseload somebody named"},
    )

    user_id: Mapped[UUID] = mapped_column(Key, ForeignKey("user.id"), comment="Whose")
    name: Mapped[str] = mapped_column(String(60), comment="As they call it")
    filters: Mapped[str] = mapped_column(String(500), comment="The filters as the address has them")
