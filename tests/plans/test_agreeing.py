"""They agree: drawn, typed, on paper or aloud; each agreement is kept, and what changed since is said."""

import json
import struct
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO

import pytest
from flask import Flask

from caseworker.core import clock, values
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.plans import services
from caseworker.plans.models import ActionPlan, Goal, PlanVersion
from caseworker.plans.rules import ActionDetails, GoalDetails
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.core.verdicts import verdict
from tests.plans.test_pages import plan, tap
from tests.support.client import PageClient, form_on, read
from tests.support.stored import newest, row, rows
from tests.support.throwing import REFUSED, shows_all

STROKES = json.dumps([[10, 100, 200, 60, 300, 150], [320, 80, 330, 90]])


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0\0"))
    + _chunk(b"IEND", b"")
)


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


@pytest.fixture
def case(given: Given, team: Team, client: PageClient) -> Enrolment:
    with given():
        enrolment = started(team)
    client.sign_in(team.keyworker)
    return enrolment


@pytest.fixture
def goal(given: Given, team: Team, case: Enrolment) -> Goal:
    step = ActionDetails("Ring the college", "participant", TODAY + timedelta(days=14))
    with given():
        made = services.add_goal(
            db.session.merge(case),
            GoalDetails("Start the care course", "short"),
            step,
            recorded_by=team.keyworker,
            today=TODAY,
        )
        db.session.flush()
        _ = made.actions
        return made


@pytest.mark.both_databases
def test_a_drawn_signature_is_kept_sealed_and_shown(
    app: Flask, client: PageClient, case: Enrolment, goal: Goal
) -> None:
    client.send(plan(case, "/agree"), agreed_how="signature", strokes=STROKES)
    version = row(app, PlanVersion)
    assert (version.number, version.agreed_how, version.agreed_on) == (1, "signature", TODAY)
    assert b"strokes" not in version.signature_sealed
    assert b"care course" not in version.content_sealed
    assert row(app, ActionPlan).unsigned_changes == 0
    page = client.page(plan(case))
    drawn = page.soup.select_one("svg.cw-signature path")
    assert drawn is not None
    assert drawn["d"] == "M10 100 L200 60 L300 150 M320 80 L330 90"
    assert "Not given yet" in page.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"agreed_how": None}, "Select how they agree"),
        ({"agreed_how": "signature"}, "Draw the signature in the box"),
        ({"agreed_how": "signature", "strokes": "[[1,2"}, "could not be read"),
        ({"agreed_how": "signature", "strokes": "[[" + "1,2," * 20_000 + "1,2]]"}, "too large"),
        ({"agreed_how": "signature", "strokes": '[[1,2,"<script>",4,5,6,7,8]]'}, "could not be read"),
    ],
)
def test_what_is_wrong_with_a_signature_is_said_at_the_choice(
    app: Flask, client: PageClient, case: Enrolment, goal: Goal, typed: dict[str, str | None], said: str
) -> None:
    page = read(client.send(plan(case, "/agree"), **typed), 422)
    assert list(page.problems) == ["agreed_how"]
    assert said in page.problems["agreed_how"]
    assert form_on(page, "strokes").data["strokes"] == [typed.get("strokes") or ""]
    assert rows(app, PlanVersion) == []


def test_hostile_names_typed_as_a_signature(
    app: Flask, client: PageClient, case: Enrolment, goal: Goal
) -> None:
    saved = refused = 0
    for typed in HOSTILE_TEXT[::6]:
        if any("\ud800" <= letter <= "\udfff" for letter in typed):
            continue
        kept = verdict(values.text, typed, 120)
        expected = REFUSED if kept is None else kept
        response = client.send(plan(case, "/agree"), agreed_how="typed", typed_name=typed)
        if expected is REFUSED:
            assert list(read(response, 422).problems) == ["typed_name"], ascii(typed)
            refused += 1
        else:
            assert response.status_code == 303, ascii(typed)
            assert json.loads(newest(app, PlanVersion)["signature"])["name"] == expected
            saved += 1
            with client.session_transaction() as cookie:
                cookie.pop("_flashes", None)
    assert saved > 40
    assert refused > 0
    shows_all(client, plan(case))


def test_a_photo_of_the_paper_is_kept_and_given_back_as_it_was(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment, goal: Goal
) -> None:
    client.send(plan(case, "/agree"), agreed_how="paper", paper=(BytesIO(PNG), "signed.png"))
    page = client.page(plan(case))
    answer = client.get(page.link("Open the paper"))
    assert (answer.data, answer.mimetype) == (PNG, "image/png")
    assert "attachment" in answer.headers["Content-Disposition"]
    form = client.get_form(plan(case, "/agree")).fill(agreed_how="paper")
    refused = client.submit(form, paper=(BytesIO(b"MZ not a picture"), "signed.png"))
    assert list(read(refused, 422).problems) == ["paper"]
    client.sign_in(team.tutor)
    assert client.get(page.link("Open the paper")).status_code == 404


@pytest.mark.both_databases
def test_what_changed_since_they_signed_is_said_and_agreed_anew(
    app: Flask, client: PageClient, case: Enrolment, goal: Goal
) -> None:
    client.send(plan(case, "/agree"), agreed_how="spoken", agreed_on="19 11 2026")
    client.send(plan(case, f"/goals/{goal.id}/edit"), target_on="1 2 2027")
    client.send(plan(case, "/goals/new"), words="Find a desk", action_words="Look in the loft")
    tap(client, client.page(plan(case)), f"/actions/{goal.actions[0].id}/done")
    assert row(app, ActionPlan).unsigned_changes == 2
    changed = client.page(plan(case)).soup.select_one("#changed")
    assert changed is not None
    said = " ".join(changed.get_text(" ", strip=True).split())
    assert "Changed since they agreed (3)" in said
    assert "Another day Start the care course 20 Feb 2027 → 1 Feb 2027" in said
    assert "New goal Find a desk" in said
    assert "Done Ring the college" in said
    client.send(plan(case, "/agree"), agreed_how="spoken")
    stored = row(app, ActionPlan)
    assert (stored.unsigned_changes, stored.agreed_on, stored.reviewed_on) == (0, date(2026, 11, 19), TODAY)
    page = client.page(plan(case))
    assert page.soup.select_one("#changed") is None
    first = client.page(page.link("As agreed on 19 Nov 2026 (1)"))
    assert "Find a desk" in first.soup.select_one("#changes").get_text()  # type: ignore[union-attr]
    assert "Find a desk" not in first.soup.select_one("#agreed").get_text()  # type: ignore[union-attr]


@pytest.mark.both_databases
def test_an_agreement_is_taken_back_to_the_day_before_it(
    app: Flask, client: PageClient, case: Enrolment, goal: Goal
) -> None:
    client.send(plan(case, "/agree"), agreed_how="spoken", agreed_on="19 11 2026")
    first = row(app, PlanVersion)
    client.send(plan(case, "/agree"), agreed_how="paper")
    page = client.page(plan(case))
    undo = plan(case, f"/agreements/{first.id}/take-back")
    form = page.soup.select_one("form[action$='/take-back']")
    assert form is not None
    data = {str(tag["name"]): str(tag["value"]) for tag in form.find_all("input")}
    assert "agreed again since" in read(client.post(undo, data=data), 422).text
    tap(client, page, "/take-back")
    stored = row(app, ActionPlan)
    assert (stored.agreed_on, stored.agreed_how, stored.reviewed_on) == (date(2026, 11, 19), "spoken", None)
    client.page(plan(case))
    client.send(plan(case, "/agree"), agreed_how="typed", typed_name="Sam")
    assert newest(app, PlanVersion)["number"] == 3


def test_undo_of_the_first_agreement_leaves_a_plan_nobody_agreed_to(
    app: Flask, client: PageClient, case: Enrolment, goal: Goal
) -> None:
    client.send(plan(case, "/agree"), agreed_how="spoken")
    tap(client, client.page(plan(case)), "/take-back")
    stored = row(app, ActionPlan)
    assert (stored.agreed_on, stored.agreed_how, stored.unsigned_changes) == (None, None, None)
    assert "Not yet" in client.page(plan(case)).text


def test_the_copy_they_were_given_is_noted_with_the_agreement_or_later(
    app: Flask, client: PageClient, case: Enrolment, goal: Goal
) -> None:
    form = client.get_form(plan(case, "/agree")).fill(agreed_how="spoken", copy_given_on="today")
    assert list(read(client.submit(form), 422).problems) == ["copy_given_on"]
    client.submit(form, copy_how="easy_read")
    version = row(app, PlanVersion)
    assert (version.copy_how, version.copy_given_on) == ("easy_read", TODAY)
    path = plan(case, f"/agreements/{version.id}/copy")
    assert list(read(client.send(path, copy_given_on="19 11 2026"), 422).problems) == ["copy_given_on"]
    stale = client.get_form(path)
    client.send(path, copy_how="photo")
    assert client.submit(stale).status_code == 409
    assert "They took a photo of it" in client.page(plan(case)).text


def test_a_second_send_agrees_once_and_a_stale_form_not_at_all(
    app: Flask, client: PageClient, case: Enrolment, goal: Goal
) -> None:
    form, stale = (client.get_form(plan(case, "/agree")).fill(agreed_how="spoken") for _ in range(2))
    assert [client.submit(form).status_code for _ in range(2)] == [303, 303]
    assert len(rows(app, PlanVersion)) == 1
    client.send(plan(case, "/goals/new"), words="Find a desk")
    assert client.submit(stale).status_code == 409
    assert len(rows(app, PlanVersion)) == 1
