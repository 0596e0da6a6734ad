"""Licensed words come from the organisation's own file. The words here are made up."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from caseworker.core import clock
from caseworker.core.engine import sqlite_module
from caseworker.core.errors import RuleBroken
from caseworker.enrolments.models import Enrolment
from caseworker.wellbeing.instruments import ANSWERS, ITEMS
from caseworker.wellbeing.models import WellbeingAssessment
from caseworker.wellbeing.queries import find_instrument, wording_of
from caseworker.wellbeing.wording import load_wording, parse_wording
from tests.casefile.situations import Team, a_team, started
from tests.commands.program import run, set_up
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT, TODAY
from tests.support.builders import an_organisation
from tests.support.client import PageClient, form_on, read
from tests.support.stored import row

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
WORDS = {key: f"Placeholder {key}, made up" for key in (*ITEMS, *ANSWERS)}
EXTRA = {"introduction": "Made-up introduction", "notice": "Made-up notice"}


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


def as_csv(words: dict[str, str]) -> bytes:
    return ("part,words\n" + "".join(f'{key},"{said}"\n' for key, said in words.items())).encode()


def answers(score: int) -> dict[str, Any]:
    return dict.fromkeys(ITEMS, score)


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


@pytest.fixture
def case(given: Given, team: Team, client: PageClient) -> Enrolment:
    with given():
        enrolment = started(team, 30)
    client.sign_in(team.keyworker)
    return enrolment


@pytest.fixture
def loaded(given: Given, team: Team) -> None:
    with given():
        words = WORDS | EXTRA
        load_wording(team.programme.organisation_id, words, licence="Made-up 1", today=TODAY)


def test_a_file_is_read_with_or_without_its_extras() -> None:
    assert parse_wording(as_csv(WORDS)) == WORDS
    assert parse_wording(b"\xef\xbb\xbf" + as_csv(WORDS | EXTRA)) == WORDS | EXTRA


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "The first line must be"),
        (b"one,two\n", "The first line must be"),
        (b"part,words\n", "are missing: item_1"),
        (b"part,words\nitem_8,x\n", "Line 2: item_8 is not a part"),
        (b"part,words\nitem_1,x\nITEM_1,y\n", "Line 3: item_1 is there twice"),
        (b"part,words\nitem_1,\n", "item_1 has no words"),
        (b"part,words\nitem_1\n", "between quotation marks"),
        (b"part,words\nitem_1,a,b\n", "between quotation marks"),
        (b"part,words\nitem_1," + b"x" * 500 + b"\n", "Line 2"),
        (b"part,words\nitem_1,\xff\n", "UTF-8"),
        (b'part,words\nitem_1,"x\n', "not a CSV file"),
        (b"PK\x03\x04" + b"\x00" * 70_000, "too big"),
        (b"\x00\x01\x02", "The first line must be|not a CSV file"),
    ],
)
def test_a_wrong_file_is_refused_in_words(raw: bytes, words: str) -> None:
    with pytest.raises(RuleBroken, match=words):
        parse_wording(raw)


def test_hostile_words_are_kept_as_text_or_refused() -> None:
    kept = 0
    for typed in HOSTILE_TEXT:
        said = typed.encode("utf-8", "ignore").decode().replace('"', '""')
        try:
            found = parse_wording(as_csv(WORDS | {"item_1": said}))
        except RuleBroken:
            continue
        assert len(found["item_1"]) <= 400
        kept += 1
    assert kept > 50


@pytest.mark.both_databases
def test_loading_again_takes_the_place_of_the_one_before(db_session: Session) -> None:
    organisation, other = an_organisation(), an_organisation()
    load_wording(organisation.id, WORDS, licence="One", today=TODAY)
    db_session.flush()
    load_wording(organisation.id, WORDS | {"item_1": "New"}, licence="Two", today=TODAY)
    db_session.flush()
    found = wording_of(organisation.id)
    assert found is not None
    assert (found.licence, found.wording["item_1"], found.loaded_on) == ("Two", "New", TODAY)
    assert wording_of(other.id) is None


def test_until_it_is_loaded_the_form_says_so(app: Flask, client: PageClient, case: Enrolment) -> None:
    page = client.page(f"/enrolments/{case.id}/wellbeing/new/swemwbs")
    assert "Their wording is licensed" in page.text
    assert page.soup.select_one("main input[type=radio]") is None
    assert client.post(f"/enrolments/{case.id}/wellbeing/new/swemwbs").status_code == 400
    offered = client.get_form(f"/enrolments/{case.id}/wellbeing/hand-over").choices["instrument"]
    assert offered == ["ons4", "wheel"]
    with app.app_context():
        assert find_instrument(case, "swemwbs") is None
    assert client.get(f"/enrolments/{case.id}/wellbeing/new/star").status_code == 404


@pytest.mark.usefixtures("loaded")
def test_loaded_they_are_asked_scored_and_shown(app: Flask, client: PageClient, case: Enrolment) -> None:
    place = f"/enrolments/{case.id}/wellbeing/new/swemwbs"
    page = client.page(place)
    legends = [legend.get_text(strip=True) for legend in page.soup.find_all("legend")]
    assert legends[:7] == [WORDS[key] for key in ITEMS]
    for said in EXTRA.values():
        assert said in page.text
    form = form_on(page)
    assert form.choices["item_1"] == ["1", "2", "3", "4", "5", ""]
    client.submit(form, **answers(3), completed_how="alone")
    made = row(app, WellbeingAssessment)
    assert (made.instrument, made.score_hundredths, made.life_satisfaction) == ("swemwbs", 1925, None)
    page = client.page(f"/enrolments/{case.id}/wellbeing")
    assert "19.25" in page.text
    assert page.rows("Scores from 7 to 35, the latest first")[1][1:] == ["19.25"]
    client.send(place, item_1=3, completed_how="alone")
    assert "No score: one or more were left out" in client.page(f"/enrolments/{case.id}/wellbeing").text


@pytest.mark.usefixtures("loaded")
def test_answers_off_the_scale_are_refused(client: PageClient, case: Enrolment) -> None:
    form = client.get_form(f"/enrolments/{case.id}/wellbeing/new/swemwbs").fill(completed_how="alone")
    for typed in ("0", "6", "3.0", "NaN", "３", "<b>"):
        form.data["item_3"] = [typed]
        assert list(read(client.post(form.action, data=form.data), 422).problems) == ["item_3"]


@pytest.mark.usefixtures("loaded")
def test_they_are_asked_on_a_handed_screen(app: Flask, client: PageClient, case: Enrolment) -> None:
    answer = client.send(f"/enrolments/{case.id}/wellbeing/hand-over", instrument="swemwbs")
    client.send(answer.headers["Location"], **answers(5))
    assert row(app, WellbeingAssessment).score_hundredths == 3500


def test_the_command_loads_a_file_and_says_what_is_wrong(tmp_path: Path) -> None:
    data, file = tmp_path / "data", tmp_path / "words.csv"
    set_up(data)
    file.write_bytes(as_csv(WORDS))
    asked = ["wording", "load", str(file), "--licence", "Made-up 1", "--organisation"]
    connection = sqlite_module().connect(data / "caseworker.db")
    connection.execute(
        "INSERT INTO organisation (id, code, name, version, entered_at) "
        "VALUES (X'01010101010101010101010101010101', 'north', 'North', 1, '2026-01-01')"
    )
    connection.commit()
    done = run(data, *asked, "north")
    assert done.stdout.strip() == "North may ask the seven statements, under Made-up 1", done.stderr
    ((kept,),) = connection.execute("SELECT wording FROM instrument_wording").fetchall()
    connection.close()
    assert json.loads(kept) == WORDS
    refused = run(data, *asked, "nobody")
    assert refused.returncode == 1
    assert "There is no organisation nobody. There are: " in refused.stderr
    file.write_bytes(b"part,words\n")
    refused = run(data, *asked, "nobody")
    assert "words.csv: These parts are missing" in refused.stderr
