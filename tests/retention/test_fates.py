"""What becomes of each table is declared, column by column."""

import sqlalchemy as sa

from caseworker.models import metadata
from caseworker.participants.belonging import personal_columns, sealed_columns, tables_of_people
from caseworker.retention.fates import FATES, OF_EVERY_ROW, Fate, Way


def faults(table: sa.Table, fate: Fate | None) -> list[str]:
    """What is missing or wrong in the declaration of one table."""
    if fate is None:
        return [f"{table.name}: retention/fates.py does not say what becomes of it"]
    if fate.way is Way.REMOVE:
        return []
    found = []
    if fate.way is Way.EMPTY:
        named = {*fate.emptied, *fate.stays}
        columns = {column.name for column in table.columns} - OF_EVERY_ROW
        found += [f"{table.name}.{name}: not in retention/fates.py, or gone" for name in columns ^ named]
        found += [f"{table.name}.{name}: both" for name in set(fate.emptied) & set(fate.stays)]
        found += [
            f"{table.name}.{name}: may not be null"
            for name in fate.emptied
            if name in table.c and not table.c[name].nullable and name not in fate.says
        ]
    personal = {*personal_columns(table), *sealed_columns(table)}
    found += [
        f"{table.name}.{name}: personal, stays, and nobody says why"
        for name in personal - {*fate.emptied, *fate.why}
    ]
    found += [
        f"{table.name}.{name}: stays although sealed" for name in sealed_columns(table) if name in fate.why
    ]
    return found


def test_every_table_and_column_of_people_is_declared() -> None:
    tables = tables_of_people()
    assert [fault for table in tables for fault in faults(table, FATES.get(table.name))] == []
    assert set(FATES) == {table.name for table in tables} <= set(metadata.tables)


def test_nothing_that_stays_points_at_what_is_removed() -> None:
    for table in tables_of_people():
        fate = FATES[table.name]
        for column in table.columns:
            parents = {key.column.table.name for key in column.foreign_keys}
            if fate.way is not Way.REMOVE and column.name not in fate.emptied:
                removed = {name for name in parents if name in FATES and FATES[name].way is Way.REMOVE}
                assert not removed, f"{table.name}.{column.name}"


def test_a_new_table_or_column_is_found() -> None:
    note = sa.Column("note_sealed", sa.LargeBinary, info={"personal": "note"})
    table = sa.Table("lost", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), note)
    assert faults(table, None) == ["lost: retention/fates.py does not say what becomes of it"]
    assert "lost.note_sealed: not in retention/fates.py, or gone" in faults(table, Fate(Way.EMPTY, "because"))
    assert faults(table, Fate(Way.LEAVE, "because")) == [
        "lost.note_sealed: personal, stays, and nobody says why"
    ]
    assert faults(table, Fate(Way.LEAVE, "because", why={"note_sealed": "we like it"})) == [
        "lost.note_sealed: stays although sealed"
    ]
