"""Whose each row is: every table has a way, and the way finds the rows of that person and no other."""

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from caseworker.core.db import Base, db
from caseworker.core.drafts import Draft
from caseworker.models import metadata
from caseworker.participants import belonging
from tests.support.builders import a_participant, a_user, an_enrolment, an_organisation, kept
from tests.support.everything import a_row_in_every_table

# Made here, so that neither stands in the way of the other.
APART_FROM_PEOPLE = {"moved_entry", "keep_apart", "merge"}


def orphans(tables: list[sa.Table]) -> list[str]:
    """Tables with something personal and neither a way to a person nor a stated reason."""
    found = []
    for table in tables:
        way = table.name in belonging.ways() and belonging.ways_of(table.name)
        if belonging.personal_columns(table) and not way and table.name not in belonging.WITHOUT_A_PERSON:
            found.append(table.name)
    return found


def test_every_table_with_something_personal_leads_to_a_person() -> None:
    assert orphans(list(metadata.sorted_tables)) == []


def test_a_new_table_without_a_way_is_found() -> None:
    column = sa.Column("note_sealed", sa.LargeBinary, info={"personal": "note"})
    lost = sa.Table("lost", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), column)
    assert orphans([lost]) == ["lost"]


def test_no_reason_is_kept_for_a_table_that_is_gone_or_has_nothing_personal() -> None:
    for name in belonging.WITHOUT_A_PERSON:
        assert belonging.personal_columns(metadata.tables[name]), name


def test_what_is_sealed_of_a_person_is_marked_with_its_class() -> None:
    unmarked = [
        f"{table.name}.{column}"
        for table in belonging.tables_of_people()
        for column in belonging.sealed_columns(table)
        if column not in belonging.personal_columns(table)
    ]
    assert unmarked == []


@pytest.mark.both_databases
def test_the_ways_find_every_row_of_a_person_and_none_of_another(db_session: Session) -> None:
    organisation = an_organisation()
    first, second = a_participant(organisation), a_participant(organisation)
    ours, theirs = a_row_in_every_table(first), a_row_in_every_table(second)
    assert (ours.failed, theirs.failed) == ({}, {})
    tables = belonging.tables_of_people()
    assert len(tables) > 60
    for table in tables:
        if table.name == "audit_event":
            continue
        key = belonging.key_of(table).name
        mine = {row[key] for row in db.session.execute(belonging.rows_of(table, [first.id])).mappings()}
        assert ours.keys[table.name] in mine, table.name
        assert theirs.keys[table.name] not in mine, table.name
        pairs = {tuple(row) for row in db.session.execute(belonging.whose(table))}
        assert (ours.keys[table.name], first.id) in pairs and (theirs.keys[table.name], second.id) in pairs
        assert (ours.keys[table.name], second.id) not in pairs
        assert {row for row, whose in pairs if whose == first.id} == mine


def test_a_row_about_two_people_belongs_to_both(db_session: Session) -> None:
    organisation = an_organisation()
    one, other = a_participant(organisation), a_participant(organisation)
    made = a_row_in_every_table(one, other)
    for name in APART_FROM_PEOPLE:
        table = Base.metadata.tables[name]
        for whose in (one, other):
            rows = db.session.execute(belonging.rows_of(table, [whose.id])).mappings()
            assert [row["id"] for row in rows] == [made.keys[name]], name
        both = db.session.execute(belonging.rows_of(table, [one.id, other.id])).all()
        assert len(both) == 1


def test_nobody_has_no_rows(db_session: Session) -> None:
    a_row_in_every_table(a_participant())
    table = Base.metadata.tables["contact"]
    assert db.session.execute(belonging.rows_of(table, [])).all() == []
    with pytest.raises(ValueError, match="nobody"):
        belonging.whose(Base.metadata.tables["organisation"])


def test_unsent_typing_about_a_person_is_found_by_its_address(db_session: Session) -> None:
    enrolment = an_enrolment()
    user = a_user()
    values = {"user_id": user.id, "typed": "{}", "saved_at": enrolment.entered_at}
    of_case = kept(Draft(path=f"/enrolments/{enrolment.id}/contacts/new", **values))
    of_person = kept(Draft(path=f"/people/{enrolment.participant_id}/edit", **values))
    kept(Draft(path="/people/new", **values))
    found = set(db.session.scalars(belonging.drafts_of(enrolment.participant_id)))
    assert found == {of_case, of_person}
