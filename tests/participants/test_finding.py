"""Finding people among many: whatever is typed, by an index, in few queries, never too many at once."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from caseworker.accounts.models import Role, User
from caseworker.core.clock import today
from caseworker.core.db import db
from caseworker.participants import finding
from caseworker.participants.finding import MOST_FOUND, find_people
from caseworker.participants.rules import name_words
from caseworker.participants.typed import read_typed
from tests.core.hostile import HOSTILE_TEXT
from tests.support.builders import a_participant, a_programme, a_user, an_enrolment
from tests.support.crowd import analyse, make_crowd, person

TODAY = date(2026, 11, 20)
LARGE = {"participant", "name_key", "name_spelling", "participant_access"}
TYPED = (
    "moh",
    "mohammed smith",
    "mohamemd",
    "mohamad",
    "m",
    "mo sm ka",
    "CF1 1AA",
    "17/5/1990",
    "CW-0000000",
    "zz",
)


@pytest.mark.parametrize(
    ("typed", "born_on", "postcode", "words"),
    [
        ("sean", None, None, ["sean"]),
        ("17/5/1990", date(1990, 5, 17), None, []),
        ("17 may 90", date(1990, 5, 17), None, []),
        ("1990-05-17 sean", date(1990, 5, 17), None, ["sean"]),
        ("sean o'neill 17.5.1990", date(1990, 5, 17), None, ["sean", "oneill"]),
        ("Thu 17 May 1990", date(1990, 5, 17), None, []),
        ("17/5/30", date(1930, 5, 17), None, []),
        ("31/2/1990", None, None, ["31", "2", "1990"]),
        ("may", None, None, ["may"]),
        ("today", None, None, ["today"]),
        ("mon tue", None, None, ["mon", "tue"]),
        ("cf14 5dx", None, "CF14 5DX", []),
        ("osei cf145dx", None, "CF14 5DX", ["osei"]),
        ("osei cf14 5dx 1/2/1980", date(1980, 2, 1), "CF14 5DX", ["osei"]),
        ("", None, None, []),
        ("😀 %_ '--", None, None, []),
    ],
)
def test_what_was_typed_is_understood(
    typed: str, born_on: date | None, postcode: str | None, words: list[str]
) -> None:
    sought = read_typed(typed, TODAY)
    assert (sought.born_on, sought.postcode, list(sought.words)) == (born_on, postcode, words)


def sent(session: Session, user: User, typed: str) -> list[tuple[str, Any]]:
    """The statements of one search, with their parameters."""
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        seen.append((statement, parameters))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        find_people(user, typed, today())
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return seen


def read_whole(session: Session, statement: str, parameters: Any) -> list[str]:
    """The large tables that a statement would read from end to end."""
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        lines = [str(row[3]).split() for row in rows]
        return [line[1] for line in lines if line[0] == "SCAN" and line[1] in LARGE]
    rows = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
    lines = [str(row[0]).split("Seq Scan on ")[-1].split() for row in rows if "Seq Scan on" in row[0]]
    return [line[0] for line in lines if line[0] in LARGE]


@pytest.mark.both_databases
@pytest.mark.parametrize("many", [10, finding.MANY])
def test_every_search_goes_by_an_index_in_few_queries(
    db_session: Session, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(finding, "MANY", many)
    crowd = make_crowd(3000)
    if db_session.get_bind().dialect.name == "postgresql":
        analyse()
        # Three thousand are few: the planner is asked whether it could do without reading all of them.
        db_session.execute(text("SET LOCAL enable_seqscan = off"))
    for user in (crowd.keyworker, crowd.lead, crowd.everywhere):
        for typed in TYPED:
            statements = sent(db_session, user, typed)
            assert len(statements) <= 9, typed
            for statement, parameters in statements:
                assert read_whole(db_session, statement, parameters) == [], (typed, statement)


@pytest.mark.both_databases
@pytest.mark.parametrize("many", [1, 40, 100_000])
def test_a_common_name_or_a_rare_one_the_same_people_are_found(
    db_session: Session, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    """Looking first at some of a common name finds whom looking at all of them finds."""
    monkeypatch.setattr(finding, "MANY", many)
    crowd = make_crowd(400, programmes=4)
    everybody = [person(number) for number in range(400)]
    for typed in ("moha", "s m", "one"):
        called = [
            who["reference"]
            for number, who in enumerate(everybody)
            if number % 4 == 0
            and all(
                any(word.startswith(part) for word in name_words(who["given_name"], who["family_name"]))
                for part in typed.split()
            )
        ]
        hits = [hit for hit in find_people(crowd.lead, typed, TODAY) if not hit.alike]
        assert len(hits) == min(len(called), MOST_FOUND + 1) > 0, typed


@pytest.mark.both_databases
def test_more_than_fit_are_told_apart_from_as_many_as_fit(db_session: Session) -> None:
    programme = a_programme()
    keyworker = a_user(Role.KEYWORKER, programme)
    for number in range(MOST_FOUND + 3):
        if number in (MOST_FOUND, MOST_FOUND + 2):
            found = find_people(keyworker, "amara", TODAY)
            assert len(found) == min(number, MOST_FOUND + 1)
        an_enrolment(programme, a_participant(given_name="Amara"), keyworker)


@pytest.mark.both_databases
def test_one_s_own_come_first(db_session: Session) -> None:
    programme = a_programme()
    keyworker, colleague = (a_user(Role.KEYWORKER, programme) for _ in range(2))
    for number in range(30):
        an_enrolment(programme, a_participant(given_name="Amara", family_name=f"A{number:02}"), colleague)
    mine = an_enrolment(programme, a_participant(given_name="Amara", family_name="Zz"), keyworker)
    found = find_people(keyworker, "amara", TODAY)
    assert (found[0].id, found[0].mine) == (mine.participant_id, True)
    assert not any(hit.mine for hit in found[1:])


@pytest.mark.both_databases
def test_hostile_text_finds_nobody_and_harms_nothing(db_session: Session, app: Flask) -> None:
    programme = a_programme()
    keyworker = a_user(Role.KEYWORKER, programme)
    an_enrolment(programme, a_participant(given_name="Amara", family_name="Osei"), keyworker)
    clean = [typed for typed in HOSTILE_TEXT if typed.encode("utf-8", "ignore").decode() == typed]
    for typed in [*(each.replace("\0", "") for each in clean), "%", "_", "a%", "*", "x" * 5000, "a " * 3000]:
        find_people(keyworker, typed[:5000], TODAY)
    assert find_people(keyworker, "%", TODAY) == find_people(keyworker, "_", TODAY) == []
    assert len(find_people(keyworker, "osei", TODAY)) == 1
