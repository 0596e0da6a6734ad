"""The plan as a browser without script uses it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from caseworker.barriers.services import Finding, record_findings
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.enrolments.models import DueItem, Enrolment
from caseworker.plans import services
from caseworker.plans.models import Action, ActionPlan, Goal, GoalDeclined
from caseworker.plans.rules import ActionDetails, GoalDetails
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.core.counting import writes
from tests.support.client import PageClient, form_on, read
from tests.support.counting import statements
from tests.support.page import Page
from tests.support.stored import row, rows
from tests.support.unseen import looks_missing

WORDS = "Start the care course"


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


def with_goal(given: Given, team: Team, case: Enrolment, **changes: Any) -> Goal:
    step = ActionDetails("Ring the college", "participant", TODAY + timedelta(days=14))
    with given():
        goal = services.add_goal(
            db.session.merge(case),
            GoalDetails(**{"words": WORDS, "horizon": "short"} | changes),
            step,
            recorded_by=team.keyworker,
            today=TODAY,
        )
        db.session.flush()
        _ = (goal.plan, goal.actions)
        return goal


def plan(case: Enrolment, rest: str = "") -> str:
    return f"/enrolments/{case.id}/plan{rest}"


def tap(client: PageClient, page: Page, ending: str) -> Any:
    """Press the button of the form whose address ends so."""
    form = page.soup.select_one(f"form[action$='{ending}']")
    assert form is not None, f"no form to …{ending}"
    data = {str(tag["name"]): str(tag["value"]) for tag in form.find_all("input")}
    return client.post(str(form["action"]), data=data)


@pytest.mark.both_databases
def test_a_goal_with_its_first_action_is_one_page(app: Flask, client: PageClient, case: Enrolment) -> None:
    form = client.get_form(plan(case, "/goals/new"))
    assert (form.data["horizon"], form.data["action_owner"]) == (["short"], ["participant"])
    response = client.submit(form, words=WORDS, action_words="Ring the college")
    assert (response.status_code, response.headers["Location"]) == (303, plan(case))
    goal, action = row(app, Goal), row(app, Action)
    assert (goal.words, goal.target_on, goal.state) == (WORDS, date(2027, 2, 20), "not_started")
    assert (action.words, action.owner) == ("Ring the college", "participant")
    assert action.due_on == date(2026, 12, 4)
    page = client.page(plan(case))
    assert "Goal added" in page.text
    assert "by 20 Feb 2027" in page.text
    assert "Ring the college" in page.text


def test_only_the_words_are_needed(app: Flask, client: PageClient, case: Enrolment) -> None:
    assert client.send(plan(case, "/goals/new"), words=WORDS).status_code == 303
    assert len(rows(app, Action)) == 0
    goal = row(app, Goal)
    assert (goal.measure, goal.support, goal.confidence, goal.theme) == (None, None, None, None)
    assert "No action yet" in client.page(plan(case)).text


def test_everything_that_can_be_said_is_kept(app: Flask, client: PageClient, case: Enrolment) -> None:
    said = {"measure": "A letter", "support": "A lift", "confidence": "7", "theme": "transport"}
    client.send(plan(case, "/goals/new"), words=WORDS, horizon="long", target_on="31 3 2027", **said)
    goal = row(app, Goal)
    assert (goal.measure, goal.support, goal.confidence, goal.theme) == ("A letter", "A lift", 7, "transport")
    assert (goal.horizon, goal.target_on) == ("long", date(2027, 3, 31))


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"words": ""}, "words", "Enter what they want to do"),
        ({"words": "x" * 1001}, "words", "1 character too long"),
        ({"horizon": None}, "horizon", "Select by when"),
        ({"target_on": "31 2 2027"}, "target_on", "There is no 31 February 2027"),
        ({"target_on": "yesterday"}, "target_on", "today or later"),
        ({"target_on": "21 2 2027"}, "target_on", "3 months end on 20 February 2027"),
        ({"measure": "x" * 1001}, "measure", "1 character too long"),
        ({"action_words": "x" * 201}, "action_words", "1 character too long"),
        ({"action_due_on": "soon"}, "action_due_on", "must be a date"),
        ({"action_due_on": "yesterday"}, "action_due_on", "today or later"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    app: Flask, client: PageClient, case: Enrolment, typed: dict[str, Any], field: str, said: str
) -> None:
    kept = {"words": WORDS, "support": "Something worth keeping", "action_words": "Ring"} | typed
    page = read(client.send(plan(case, "/goals/new"), **kept), 422)
    assert list(page.problems) == [field]
    assert said in page.problems[field]
    again = form_on(page, "words").data
    for name, text in kept.items():
        if text is not None:
            assert again[name][0].strip() == str(text).strip()
    assert len(rows(app, ActionPlan)) == 0


@pytest.mark.parametrize("name", ["horizon", "confidence", "theme", "action_owner"])
@pytest.mark.parametrize("typed", ["nothing", "<script>", "short\x00", "=cmd()", "NaN", "11", "9" * 50_000])
def test_only_what_is_offered_can_be_picked(
    app: Flask, client: PageClient, case: Enrolment, name: str, typed: str
) -> None:
    form = client.get_form(plan(case, "/goals/new")).fill(words=WORDS, action_words="Ring")
    form.data[name] = [typed]
    assert list(read(client.post(form.action, data=form.data), 422).problems) == [name]
    assert len(rows(app, Goal)) == 0


def test_a_fold_with_something_wrong_inside_is_open(client: PageClient, case: Enrolment) -> None:
    assert client.page(plan(case, "/goals/new")).soup.select_one("details.cw-fold[open]") is None
    page = read(client.send(plan(case, "/goals/new"), words=WORDS, measure="x" * 1001), 422)
    assert page.soup.select_one("details.cw-fold[open] #measure") is not None


def test_a_second_send_adds_one_goal(app: Flask, client: PageClient, case: Enrolment) -> None:
    form = client.get_form(plan(case, "/goals/new")).fill(words=WORDS, action_words="Ring")
    assert [client.submit(form).status_code for _ in range(2)] == [303, 303]
    assert (len(rows(app, ActionPlan)), len(rows(app, Goal)), len(rows(app, Action))) == (1, 1, 1)


def test_undo_takes_the_goal_back_once(app: Flask, client: PageClient, case: Enrolment) -> None:
    client.send(plan(case, "/goals/new"), words=WORDS, action_words="Ring")
    page = client.page(plan(case))
    for _ in range(2):
        response = tap(client, page, "/take-back")
        assert (response.status_code, response.headers["Location"]) == (303, plan(case))
    assert row(app, Goal).voided_at is not None
    assert WORDS not in client.page(plan(case)).text


@pytest.mark.both_databases
def test_one_tap_ticks_an_action_and_undo_unticks_it(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    with_goal(given, team, case)
    assert tap(client, client.page(plan(case)), "/done").status_code == 303
    assert (row(app, Action).state, row(app, Action).done_on) == ("done", TODAY)
    page = client.page(plan(case))
    assert "Done 20 Nov 2026" in page.text
    assert tap(client, page, "/not-done").status_code == 303
    assert row(app, Action).done_on is None


def test_a_tick_on_an_action_that_changed_meanwhile_is_a_conflict(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    goal = with_goal(given, team, case)
    page = client.page(plan(case))
    action = plan(case, f"/actions/{goal.actions[0].id}")
    client.send(f"{action}/edit", words="Ring the other college")
    response = tap(client, page, "/done")
    assert response.status_code == 409
    assert row(app, Action).done_on is None
    assert client.get(f"{action}/done").headers["Location"] == plan(case)


@pytest.mark.both_databases
def test_two_who_edit_one_goal_see_both_texts(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    goal = with_goal(given, team, case)
    path = plan(case, f"/goals/{goal.id}/edit")
    first, second = client.get_form(path), client.get_form(path)
    assert client.submit(first, words="Start the care course in May", measure="A letter").status_code == 303
    response = client.submit(second, words="Start in the <b>kitchen</b>")
    page = read(response, 409)
    assert "Start the care course in May" in page.text
    assert "Start in the <b>kitchen</b>" in page.text
    assert row(app, Goal).words == "Start the care course in May"
    assert client.submit(form_on(page, "words")).status_code == 303
    assert row(app, Goal).words == "Start in the <b>kitchen</b>"


def test_a_goal_is_changed_and_its_empty_fields_stay_empty(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    goal = with_goal(given, team, case, confidence=4, theme="money")
    path = plan(case, f"/goals/{goal.id}/edit")
    form = client.get_form(path)
    assert form.data["confidence"] == ["4"]
    assert form.data["target_on"] == ["20 2 2027"]
    client.submit(form, words="Another thing", confidence="", theme="")
    changed = row(app, Goal)
    assert (changed.words, changed.confidence, changed.theme) == ("Another thing", None, None)
    assert changed.target_on == goal.target_on


def test_a_goal_is_reached_in_two_taps_and_opened_again(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    goal = with_goal(given, team, case)
    client.send(plan(case, f"/goals/{goal.id}/reached"))
    assert (row(app, Goal).state, row(app, Goal).closed_on) == ("done", TODAY)
    page = client.page(plan(case))
    assert "Goal reached" in page.text
    assert "Reached or dropped (1)" in page.text
    assert tap(client, page, "/reopen").status_code == 303
    assert row(app, Goal).state == "not_started"


def test_a_goal_is_dropped_with_its_reason(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    goal = with_goal(given, team, case)
    path = plan(case, f"/goals/{goal.id}/drop")
    page = read(client.send(path), 422)
    assert page.problems == {"drop_reason": "Select why it no longer matters"}
    client.send(path, drop_reason="no_longer_possible", closed_on="yesterday")
    dropped = row(app, Goal)
    assert (dropped.drop_reason, dropped.closed_on) == ("no_longer_possible", date(2026, 11, 19))
    assert "No longer possible" in client.page(plan(case)).text


@pytest.mark.parametrize("ending", ["reached", "drop"])
def test_closing_a_goal_somebody_else_changed_is_a_conflict(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment, ending: str
) -> None:
    goal = with_goal(given, team, case)
    form = client.get_form(plan(case, f"/goals/{goal.id}/{ending}"))
    client.send(plan(case, f"/goals/{goal.id}/edit"), words="Another thing")
    assert client.submit(form).status_code == 409
    assert row(app, Goal).closed_on is None


def test_an_action_is_added_and_changed(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    goal = with_goal(given, team, case)
    path = plan(case, f"/goals/{goal.id}/actions/new")
    assert read(client.send(path), 422).problems == {"words": "Enter what will be done"}
    client.send(path, words="Find a bus", owner="tutor", due_on="tomorrow")
    page = client.page(plan(case))
    assert "Find a bus A tutor · by 21 Nov 2026" in page.text
    assert tap(client, page, "/take-back").status_code == 303
    assert "Find a bus" not in client.page(plan(case)).text


@pytest.mark.both_databases
def test_agreement_and_review_move_what_is_due(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    with_goal(given, team, case)
    page = client.page(plan(case))
    assert "Not yet: by 24 Nov 2026" in page.text
    client.send(page.link("Agree the plan"), agreed_how="paper", agreed_on="yesterday")
    page = client.page(plan(case))
    assert "19 Nov 2026 Signed on paper" in page.text
    assert "by 17 Dec 2026" in page.text
    client.send(page.link("Record a review"))
    assert "by 18 Dec 2026" in client.page(plan(case)).text
    with app.app_context():
        dues = {due.kind: due.closed_on for due in db.session.scalars(select(DueItem))}
    assert dues["plan"] == date(2026, 11, 19)
    assert dues["review"] is None


def test_there_is_nothing_to_agree_before_the_first_goal(client: PageClient, case: Enrolment) -> None:
    for ending in ("/agree", "/review"):
        assert client.get(plan(case, ending)).status_code == 404
    assert "No open goal" in client.page(plan(case)).text


def test_a_serious_barrier_without_a_goal_is_said_and_never_in_the_way(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    with given():
        found = [Finding("money", "something", "debt", 3), Finding("transport", "something", None, 2)]
        record_findings(
            db.session.merge(case), found, assessed_on=TODAY, recorded_by=team.keyworker, today=TODAY
        )
    folded = client.page(plan(case)).soup.select_one("details[data-sensitive]")
    assert folded is not None
    assert not folded.has_attr("open")
    assert "Barriers (2)" in folded.get_text()
    assert "Debt" in folded.get_text()
    assert "without a goal so far" in folded.get_text()
    assert len(folded.select(".cw-left")) == 1
    page = client.page(plan(case))
    assert tap(client, page, "/no-goal").status_code == 303
    assert row(app, GoalDeclined).theme == "money"
    page = client.page(plan(case))
    assert "without a goal so far" not in page.text
    assert "they wanted no goal" in page.text
    assert tap(client, page, "/take-back").status_code == 303
    assert "without a goal so far" in client.page(plan(case)).text
    client.send(plan(case, "/goals/new"), words=WORDS, theme="money")
    assert "without a goal so far" not in client.page(plan(case)).text


@pytest.mark.parametrize("theme", ["", "gold", "money\x00", "<script>", "9" * 50_000])
def test_no_goal_is_recorded_only_for_a_theme(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment, theme: str
) -> None:
    with given():
        found = [Finding("money", "something", None, 4)]
        record_findings(
            db.session.merge(case), found, assessed_on=TODAY, recorded_by=team.keyworker, today=TODAY
        )
    form = client.page(plan(case)).soup.select_one("form[action$='/no-goal']")
    assert form is not None
    data = {str(tag["name"]): str(tag["value"]) for tag in form.find_all("input")}
    assert client.post(str(form["action"]), data=data | {"theme": theme}).status_code == 400
    assert len(rows(app, GoalDeclined)) == 0


def paths(case: Enrolment, goal: Goal) -> list[str]:
    action = goal.actions[0].id
    endings = ["", "/agree", "/review", "/no-goal", f"/no-goal/{goal.id}/take-back", "/goals/new"]
    endings += [f"/agreements/{goal.id}{each}" for each in ("", "/paper", "/copy", "/take-back")]
    endings += ["/print", "/print/goals", "/print/plain.pdf"]
    endings += [f"/goals/{goal.id}/{each}" for each in ("edit", "reached", "drop", "reopen", "take-back")]
    endings += [f"/goals/{goal.id}/actions/new"]
    endings += [f"/actions/{action}/{each}" for each in ("edit", "done", "not-done", "take-back", "drop")]
    return [plan(case, ending) for ending in endings]


def test_another_s_plan_is_not_there(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    goal = with_goal(given, team, case)
    every = paths(case, goal)
    with app.app_context():
        rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("plans.")]
    assert len(every) == len(rules)
    for user in (team.colleague, team.tutor):
        assert looks_missing(client, user, case.id, every) == len(every)


def test_a_goal_or_action_of_another_case_is_not_there(
    client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    with_goal(given, team, case)
    with given():
        other = started(team)
    goal = with_goal(given, team, other)
    for ending in (f"/goals/{goal.id}/edit", f"/goals/{goal.id}/drop", f"/actions/{goal.actions[0].id}/edit"):
        assert client.get(plan(case, ending)).status_code == 404


def test_looking_writes_the_look_and_nothing_else(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    goal = with_goal(given, team, case)
    client.page(plan(case))
    for path in paths(case, goal):
        with writes(app) as seen:
            assert client.get(path).status_code in {200, 303, 404}
        assert {statement.split()[2].strip('"') for statement in seen} <= {"audit_event"}, path


def test_the_plan_is_under_fifteen_statements_however_long_it_is(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    with_goal(given, team, case)
    lengths = []
    for _ in range(2):
        client.page(plan(case))
        with statements(app) as sent:
            client.page(plan(case))
        lengths.append(len(sent))
        for number in range(6):
            with_goal(given, team, case, words=f"Goal {number}")
    assert lengths[0] == lengths[1] < 15, lengths


def test_the_title_has_the_reference_and_not_the_name(
    client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    goal = with_goal(given, team, case)
    for path in paths(case, goal):
        response = client.get(path)
        if response.status_code == 200 and response.mimetype == "text/html":
            title = read(response).title
            assert "CW-" in title
            assert "Person" not in title
