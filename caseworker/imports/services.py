"""Reading a caseload in: kept sealed until confirmed, made in one transaction, undone where untouched."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.ids import new_reference
from caseworker.enrolments.starting import Start, start_enrolments
from caseworker.imports.models import CaseloadImport, ImportedRow
from caseworker.imports.placing import Place, Placed, Plan, plan_rows
from caseworker.imports.queries import keyworkers_of, people_of, references_taken
from caseworker.imports.rules import Sheet, read_rows
from caseworker.participants.indexing import index_new_names
from caseworker.participants.models import Participant
from caseworker.participants.safety import FLAGS, safety_added
from caseworker.programmes.models import Organisation, Programme

PREVIEW, DONE, UNDONE, DROPPED = "preview", "done", "undone", "dropped"
KEPT_DAYS = 7
_OPTIONAL = ("preferred_name", "born_on", "postcode", "phone", "email", "safe_times", "own_reference")


@dataclass(frozen=True)
class Leaving:
    """Which rows are left out: those with a wrong cell, those like somebody here, or none."""

    wrong: bool = False
    doubtful: bool = False


def keep_sheet(programme: Programme, name: str, sheet: Sheet, *, by: User, now: datetime) -> CaseloadImport:
    """Keep a sheet sealed until somebody confirms it, for seven days at most."""
    forget_old_sheets(now)
    kept = CaseloadImport(
        programme_id=programme.id,
        file_name=name,
        state=PREVIEW,
        made=0,
        unchanged=0,
        skipped=0,
        sheet=json.dumps(
            {
                "rows": sheet.rows,
                "spoilt": [[*where, said] for where, said in sheet.spoilt.items()],
                "understood": sheet.understood,
                "not_read": sheet.not_read,
                "days_late": sheet.days_late,
            },
            ensure_ascii=False,
        ),
        entered_by_id=by.id,
    )
    db.session.add(kept)
    db.session.flush()
    return kept


def forget_old_sheets(now: datetime) -> None:
    """Empty the sheets nobody confirmed: what is not needed is not kept."""
    old = (CaseloadImport.state == PREVIEW, CaseloadImport.entered_at < now - timedelta(days=KEPT_DAYS))
    db.session.execute(
        update(CaseloadImport)
        .where(*old)
        .values(state=DROPPED, sheet_sealed=None)
        .execution_options(synchronize_session=False)
    )


def sheet_of(kept: CaseloadImport) -> Sheet:
    """The sheet as it was read. Raises RuleBroken once it is emptied."""
    if kept.sheet is None:
        raise RuleBroken("This sheet is not kept any more. Choose it again")
    said = json.loads(kept.sheet)
    return Sheet(
        rows=[(line, cells) for line, cells in said["rows"]],
        spoilt={(line, name): words for line, name, words in said["spoilt"]},
        understood=said["understood"],
        not_read=said["not_read"],
        days_late=said["days_late"],
    )


def plan_import(kept: CaseloadImport, user: User, today: date) -> Plan:
    """What bringing the sheet in would do now. About 3 queries for each 500 rows."""
    rows = read_rows(sheet_of(kept), keyworkers_of(kept.programme), today)
    return plan_rows(user, kept.programme, rows)


def drop_sheet(kept: CaseloadImport) -> None:
    """Nothing is brought in and the sheet is emptied."""
    if kept.state != PREVIEW:
        raise RuleBroken("This sheet is dealt with already")
    kept.state, kept.sheet = DROPPED, None


def bring_in(kept: CaseloadImport, leaving: Leaving, *, by: User, today: date) -> CaseloadImport:
    """Make every person and start of the sheet that is not here yet, or nothing.

    Who is here is looked up again, one import of a controller at a time: two people with one sheet make
    everybody once. 5,000 new people are some 160 statements, not a number for each.
    Raises RuleBroken when a row is wrong and wrong ones are not left out, or nothing would be made.
    """
    _one_at_a_time(kept)
    if kept.state != PREVIEW:
        raise RuleBroken("This sheet is dealt with already")
    plan = plan_import(kept, by, today)
    wrong = plan.count(Place.WRONG)
    if wrong and not leaving.wrong:
        rows = "1 row is" if wrong == 1 else f"{wrong} rows are"
        raise RuleBroken(f"{rows} wrong, so nothing was brought in. Mend the sheet, or leave them out", "how")
    making = [each for each in plan.to_make if not (leaving.doubtful and each.doubtful)]
    if not making and not plan.safer:
        raise RuleBroken("There is nobody in this sheet to bring in")
    _keep_safe(plan.safer)
    _make(kept, making, by, today)
    kept.state, kept.sheet = DONE, None
    kept.made, kept.unchanged = len(making), plan.count(Place.UNCHANGED)
    kept.skipped = len(plan.placed) - kept.made - kept.unchanged
    return kept


def _keep_safe(safer: Sequence[Placed]) -> None:
    """What the sheet says of reaching people who are here already: added, nothing of theirs is lost."""
    people = people_of({each.person_id for each in safer if each.person_id})
    for each in safer:
        if each.person_id is not None:
            person = people[each.person_id]
            for name, value in safety_added(person, each.row.values).items():
                setattr(person, name, value)


def _one_at_a_time(kept: CaseloadImport) -> None:
    """SQLite lets one write at a time; on PostgreSQL imports of a controller wait for one another here."""
    db.session.execute(
        select(Organisation.id)
        .where(Organisation.id == kept.programme.organisation_id)
        .with_for_update(key_share=True)
    )
    db.session.refresh(kept)


def _make(kept: CaseloadImport, making: Sequence[Placed], by: User, today: date) -> None:
    people = _people(kept, making, by)
    starts = [_start(each, people[each.row.line], today) for each in making]
    enrolments = start_enrolments(kept.programme, starts, entered_by=by, today=today)
    db.session.add_all(
        ImportedRow(
            import_id=kept.id,
            line=each.row.line,
            enrolment_id=enrolment.id,
            made_person=each.place is Place.NEW,
        )
        for each, enrolment in zip(making, enrolments, strict=True)
    )


def _people(kept: CaseloadImport, making: Sequence[Placed], by: User) -> dict[int, Participant]:
    """The person of each line: made, or found."""
    new = [each for each in making if each.place is Place.NEW]
    references = _references(len(new))
    made = {
        each.row.line: _person(kept.programme.organisation_id, each, reference, by)
        for each, reference in zip(new, references, strict=True)
    }
    db.session.add_all(made.values())
    db.session.flush()
    index_new_names(list(made.values()))
    found = {each.person_id: each for each in making if each.person_id is not None}
    known = people_of(found)
    for key, person in known.items():
        # A number they had before is another project's: it is kept.
        person.own_reference = person.own_reference or found[key].row.values.get("own_reference")
    return made | {found[key].row.line: person for key, person in known.items()}


def _person(organisation_id: UUID, placed: Placed, reference: str, by: User) -> Participant:
    said = placed.row.values
    return Participant(
        organisation_id=organisation_id,
        reference=reference,
        given_name=said["given_name"],
        family_name=said["family_name"],
        birth_not_known=said["birth_not_known"],
        entered_by_id=by.id,
        **{name: said.get(name) for name in _OPTIONAL},
        **{name: said.get(name, False) for name in FLAGS},
    )


def _start(placed: Placed, person: Participant, today: date) -> Start:
    said = placed.row.values
    started_on: date | None = said.get("started_on")
    return Start(
        participant=person,
        keyworker=said.get("keyworker"),
        referral_source=said.get("referral_source", "not_known"),
        referred_on=said.get("referred_on") or min(started_on or today, today),
        started_on=started_on,
        status=said.get("economic_status", "98"),
    )


def _references(count: int) -> list[str]:
    """So many that nobody has."""
    found: set[str] = set()
    while len(found) < count:
        tried = {new_reference() for _ in range(count - len(found))} - found
        found |= tried - references_taken(tried)
    return list(found)
