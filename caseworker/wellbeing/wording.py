"""The licensed words of the seven statements, loaded by the organisation that registered for them.

A CSV file with the columns part and words. The parts: item_1 to item_7, answer_1 (least) to answer_5
(most), and, if wanted, introduction and notice (what the licence asks to be shown).
"""

import csv
from collections.abc import Mapping
from datetime import date
from io import StringIO
from uuid import UUID

from sqlalchemy import select

from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.values import Invalid, is_blank, text
from caseworker.wellbeing.instruments import ANSWERS, ITEMS, SWEMWBS
from caseworker.wellbeing.models import InstrumentWording

MAY_BE = ("introduction", "notice")
LONGEST = 400
MOST_BYTES = 64 * 1024


def parse_wording(raw: bytes) -> dict[str, str]:
    """The words by part. Raises RuleBroken, naming the line and its cure."""
    if len(raw) > MOST_BYTES:
        raise RuleBroken("This file is too big to be a wording. It holds a few lines of text")
    try:
        lines = csv.DictReader(StringIO(raw.decode("utf-8-sig")), strict=True)
        if [(name or "").strip().lower() for name in lines.fieldnames or ()] != ["part", "words"]:
            raise RuleBroken("The first line must be: part,words")
        lines.fieldnames = ["part", "words"]
        found: dict[str, str] = {}
        for row in lines:
            _add(found, row, f"Line {lines.line_num}")
    except UnicodeDecodeError:
        raise RuleBroken("Save the file as CSV in UTF-8") from None
    except csv.Error as error:
        raise RuleBroken(f"This is not a CSV file: {error}") from None
    missing = [part for part in (*ITEMS, *ANSWERS) if part not in found]
    if missing:
        raise RuleBroken(f"These parts are missing: {', '.join(missing)}")
    return found


def _add(found: dict[str, str], row: Mapping[str | None, object], where: str) -> None:
    if None in row or row["words"] is None:
        raise RuleBroken(f"{where}: put words that hold a comma between quotation marks")
    part = str(row["part"]).strip().lower()
    if part not in (*ITEMS, *ANSWERS, *MAY_BE):
        raise RuleBroken(f"{where}: {part[:40] or 'nothing'} is not a part")
    if part in found:
        raise RuleBroken(f"{where}: {part} is there twice")
    if is_blank(row["words"]):
        raise RuleBroken(f"{where}: {part} has no words")
    try:
        found[part] = text(row["words"], LONGEST, "the words")
    except Invalid as refused:
        raise RuleBroken(f"{where}: {refused.message}") from None


def load_wording(
    organisation_id: UUID, wording: Mapping[str, str], *, licence: str, today: date
) -> InstrumentWording:
    """Keep the words an organisation may ask in; a later loading takes the place of the one before."""
    kept = db.session.scalar(
        select(InstrumentWording).where(
            InstrumentWording.organisation_id == organisation_id, InstrumentWording.instrument == SWEMWBS
        )
    )
    if kept is None:
        kept = InstrumentWording(organisation_id=organisation_id, instrument=SWEMWBS)
        db.session.add(kept)
    kept.wording, kept.licence, kept.loaded_on = dict(wording), licence, today
    kept.voided_at = kept.void_reason = None
    return kept
