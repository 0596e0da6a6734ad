"""A caseload read in from one sheet, and what each row of it made."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from caseworker.core.db import Base
from caseworker.core.records import Keyed, Record
from caseworker.core.sealing import SealedText
from caseworker.core.types import Key
from caseworker.programmes.models import Programme


class CaseloadImport(Record, Base):
    """One sheet of people read in. Undone as a whole while nobody has worked on what it made."""

    __tablename__ = "caseload_import"
    __table_args__ = (
        Index("ix_caseload_import_programme_id", "programme_id"),
        {"comment": "Sheets of people read in"},
    )

    programme_id: Mapped[UUID] = mapped_column(Key, ForeignKey("programme.id"), comment="Onto what")
    file_name: Mapped[str] = mapped_column(
        String(200), comment="Name of the sheet", info={"personal": "name"}
    )
    sheet_sealed: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="The rows as read, sealed JSON; emptied once read in", info={"personal": "name"}
    )
    state: Mapped[str] = mapped_column(String(20), comment="preview, done or undone")
    made: Mapped[int] = mapped_column(default=0, comment="People or enrolments it made")
    unchanged: Mapped[int] = mapped_column(default=0, comment="Rows that were here already")
    skipped: Mapped[int] = mapped_column(default=0, comment="Rows left out because a cell was wrong")

    sheet = SealedText("sheet_sealed")
    programme: Mapped[Programme] = relationship(foreign_keys=[programme_id])


class ImportedRow(Keyed, Base):
    """What one row of a sheet made."""

    __tablename__ = "imported_row"
    __table_args__ = (
        UniqueConstraint("import_id", "line"),
        Index("ix_imported_row_enrolment_id", "enrolment_id"),
        {"comment": "Rows of an import and what they made"},
    )

    import_id: Mapped[UUID] = mapped_column(Key, ForeignKey("caseload_import.id"), comment="Its sheet")
    line: Mapped[int] = mapped_column(comment="Line of the sheet, counting its head")
    enrolment_id: Mapped[UUID] = mapped_column(Key, ForeignKey("enrolment.id"), comment="What it made")
    made_person: Mapped[bool] = mapped_column(comment="The person was new too")
