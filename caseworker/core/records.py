"""What every record carries."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from caseworker.core import clock
from caseworker.core.ids import new_id
from caseworker.core.types import Instant, Key


class Keyed:
    """A row with a UUIDv7 key that is made with the object, before anything is sealed for it."""

    id: Mapped[UUID] = mapped_column(Key, primary_key=True, comment="Key: UUID version 7")

    def __init__(self, **values: Any) -> None:
        self.id = values.pop("id", None) or new_id()
        for name, value in values.items():
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no {name}")
            setattr(self, name, value)


class Record(Keyed):
    """A fact somebody entered: versioned, dated, voided rather than deleted, audited."""

    version: Mapped[int] = mapped_column(comment="Raised by every change; forms carry it back")
    entered_at: Mapped[datetime] = mapped_column(
        Instant, default=clock.now, comment="When it was entered, which may be long after it happened"
    )
    voided_at: Mapped[datetime | None] = mapped_column(Instant, comment="When it was taken back")
    void_reason: Mapped[str | None] = mapped_column(String(40), comment="Coded reason it was taken back")

    @declared_attr
    def entered_by_id(cls) -> Mapped[UUID | None]:
        return mapped_column(Key, ForeignKey("user.id"), comment="Who entered it; empty for a loaded file")

    @declared_attr
    def voided_by_id(cls) -> Mapped[UUID | None]:
        return mapped_column(Key, ForeignKey("user.id"), comment="Who took it back")

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.version}
