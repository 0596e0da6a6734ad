"""The pack that answers a request for access: one archive, kept sealed, never made again over an old one.

`your-record.pdf` to read (in parts where there is much), `record.json` for another service to read, and the
files. The archive has no password: a zip's own encryption is weak. It is sealed here, opened only by a data
protection officer over an encrypted connection, and handed over in person or by a way the person chose.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from sqlalchemy import func, select, true

from caseworker.accounts.models import User
from caseworker.contacts.models import Contact
from caseworker.core import audit
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.files import StoredFile, read_file, store_file
from caseworker.core.formatting import date_uk
from caseworker.enrolments.models import Enrolment
from caseworker.programmes.models import Organisation, Programme
from caseworker.rights import giving, rules
from caseworker.rights.code_words import coded
from caseworker.rights.giving import Subject
from caseworker.rights.models import AccessPack, RightsRequest
from caseworker.rights.reading import TextChanged

KINDS = frozenset({rules.ACCESS, rules.PORTABILITY})
ARCHIVE = "application/zip"
# Files beyond this many bytes are handed over apart, and listed: an archive is made in memory.
MOST_FILE_BYTES = 150_000_000


def make_pack(request: RightsRequest, *, by: User, now: datetime, today: date) -> AccessPack:
    """Make the archive of everything that is given, and keep it sealed. Earlier packs stay.

    Raises RuleBroken for a request that asks for no copy, is answered, or whose asker is not known yet; and
    where a text was changed after its passages were marked.
    """
    if request.kind not in KINDS:
        raise RuleBroken("A pack answers a request for a copy of what we hold")
    if request.answered_on is not None:
        raise RuleBroken("This request was answered already")
    if request.identity_on is None:
        raise RuleBroken("Record first that we are sure who asks")
    subject = giving.subject_of(request.participant_id, request.id)
    try:
        body, counts = archive(request, subject, now, today)
    except TextChanged as changed:
        words = changed.table.replace("_", " ")
        raise RuleBroken(f"A text ({words}) was changed after it was marked. Look through it again") from None
    name = f"{request.participant.reference}-record-{today.isoformat()}.zip"
    stored = store_file(request.participant_id, name, ARCHIVE, body, by.id)
    pack = AccessPack(
        request_id=request.id, file_id=stored.id, made_at=now, counts=counts, entered_by_id=by.id
    )
    db.session.add(pack)
    audit.note(audit.Entry("packed", "rights_request", request.id, request.participant_id))
    db.session.flush()
    return pack


def archive(
    request: RightsRequest, subject: Subject, now: datetime, today: date
) -> tuple[bytes, dict[str, int]]:
    """The bytes of the archive, and how many rows of each table are in it."""
    # Here, because reportlab is slow to load.
    from caseworker.rights.booklet import Booklet, Front

    counts = giving.count_by_table(
        {table: true() for table in giving.tables_given()}, subject.participant_ids
    )
    beside, apart = _files(subject)
    front = Front(
        name=request.participant.full_name,
        reference=request.participant.reference,
        organisation=db.session.get_one(Organisation, request.participant.organisation_id).name,
        made_on=today,
        counts=counts,
        story=tuple(_story(subject, today)),
        files=(*beside.values(), *(f"{name} (too large, handed over apart)" for name in apart)),
    )
    held = BytesIO()
    with ZipFile(held, "w", ZIP_DEFLATED) as folder:
        for number, part in enumerate(Booklet(front, subject, now).parts(), 1):
            folder.writestr("your-record.pdf" if number == 1 else f"your-record-part-{number}.pdf", part)
        _write_json(folder, subject, request, today, beside)
        for key, name in beside.items():
            stored = db.session.get_one(StoredFile, key)
            folder.writestr(name, read_file(stored), ZIP_STORED)
            db.session.expunge(stored)
    return held.getvalue(), counts


def _write_json(
    folder: ZipFile, subject: Subject, request: RightsRequest, today: date, files: dict[UUID, str]
) -> None:
    """Row by row, so that no more than a few hundred are held."""
    with folder.open("record.json", "w") as out:
        head = {
            "made_on": today.isoformat(),
            "reference": request.participant.reference,
            "kept_back": dict(giving.KEPT_BACK),
            "files": {str(key): name for key, name in files.items()},
        }
        out.write(json.dumps(head, ensure_ascii=False)[:-1].encode() + b', "tables": {')
        for number, table in enumerate(giving.tables_given()):
            out.write(b"," if number else b"")
            out.write(json.dumps(table.name).encode() + b": [")
            for place, entry in enumerate(giving.entries_of(table, subject)):
                out.write((",\n" if place else "\n").encode() + giving.as_json(entry).encode())
            out.write(b"]\n")
        out.write(b"}}")


def _files(subject: Subject) -> tuple[dict[UUID, str], list[str]]:
    """(name in the archive by file, names of those too large). Earlier packs are not packed again."""
    packs = select(AccessPack.file_id)
    taken_out = {
        key for (table, key, _), marks in subject.marks.items()
        if table == "stored_file" and any(mark.decision == "out" for mark in marks)
    }  # fmt: skip
    rows = db.session.scalars(
        select(StoredFile)
        .where(StoredFile.participant_id.in_(subject.participant_ids), StoredFile.id.not_in(packs))
        .order_by(StoredFile.entered_at, StoredFile.id)
    )
    beside: dict[UUID, str] = {}
    apart: list[str] = []
    size = 0
    for stored in rows:
        if stored.id in taken_out or stored.id in subject.moved:
            continue
        ending = stored.kind.rsplit("/", 1)[-1]
        name = f"files/{len(beside) + len(apart) + 1:03}.{ending}"
        size += stored.size
        if size > MOST_FILE_BYTES:
            apart.append(f"{name}: {stored.name}")
        else:
            beside[stored.id] = name
    return beside, apart


def _story(subject: Subject, today: date) -> Iterator[str]:
    """The times on programmes in plain words, and how often we were in touch."""
    times = db.session.execute(
        select(Enrolment, Programme.name)
        .join(Programme, Programme.id == Enrolment.programme_id)
        .where(Enrolment.participant_id.in_(subject.participant_ids), Enrolment.voided_at.is_(None))
        .order_by(Enrolment.referred_on)
    )
    for enrolment, programme in times:
        said = f"You were referred to {programme} on {date_uk(enrolment.referred_on)}."
        if enrolment.started_on:
            said += f" You started on {date_uk(enrolment.started_on)}."
        if enrolment.exited_on and enrolment.exit_reason:
            why = coded("exit_reason", enrolment.exit_reason).lower()
            said += f" You left on {date_uk(enrolment.exited_on)}: {why}."
        yield said
    met = db.session.execute(
        select(func.count(), func.count().filter(Contact.two_way), func.max(Contact.happened_at))
        .join(Enrolment, Enrolment.id == Contact.enrolment_id)
        .where(Enrolment.participant_id.in_(subject.participant_ids), Contact.voided_at.is_(None))
    ).one()
    tried, spoke, last = met
    if tried:
        yield (
            f"We wrote down {tried} times that we were in touch or tried to be; in {spoke} of them we spoke "
            f"or met. The last was on {date_uk(last.date())}."
        )
    yield f"All of it is as it was on {date_uk(today)}."
