"""Help given as a browser without script records, agrees to and reads it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from caseworker.core import clock, values
from caseworker.core.audit import AuditEvent
from caseworker.core.db import db
from caseworker.core.files import StoredFile
from caseworker.enrolments.models import Enrolment
from caseworker.support.models import BudgetHead, SupportGiven
from tests.casefile.situations import Team, a_team, started
from tests.conftest import Given
from tests.core.counting import writes
from tests.core.hostile import HOSTILE_DATES, HOSTILE_NUMBERS, HOSTILE_TEXT, TODAY
from tests.core.verdicts import verdict
from tests.support.client import Form, PageClient, form_on, read
from tests.support.counting import statements
from tests.support.page import Page
from tests.support.stored import newest, row, rows
from tests.support.throwing import REFUSED, shows_all, throw
from tests.support.unseen import looks_missing
from tests.support_given.situations import a_budget, helped

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


@pytest.fixture
def case(given: Given, team: Team, client: PageClient) -> Enrolment:
    with given():
        enrolment = started(team, 300)
    client.sign_in(team.keyworker)
    return enrolment


@pytest.fixture
def budget(given: Given, team: Team) -> BudgetHead:
    with given():
        return a_budget(team, 10_000, approval_over_pence=5000, person_limit_pence=8000)


def at(case: Enrolment, rest: str = "") -> str:
    return f"/enrolments/{case.id}/support{rest}"


def keys(app: Flask) -> list[UUID]:
    """Of the files kept."""
    with app.app_context():
        return list(db.session.scalars(select(StoredFile.id)))


def tap(client: PageClient, page: Page, ending: str) -> Any:
    form = page.soup.select_one(f"form[action$='{ending}']")
    assert form is not None, f"no form to …{ending}"
    data = {str(tag["name"]): str(tag["value"]) for tag in form.find_all("input")}
    return client.post(str(form["action"]), data=data)


@pytest.mark.both_databases
def test_help_is_recorded_shown_and_taken_back(
    app: Flask, client: PageClient, case: Enrolment, budget: BudgetHead
) -> None:
    assert "No help recorded yet" in client.page(at(case)).text
    form = client.get_form(at(case, "/new"))
    assert form.data["stage"] == ["given"]
    response = client.submit(
        form, kind="travel", amount="12.50", units="2", budget=budget.id, theme="transport",
        note="Bus to the college", receipt=(BytesIO(PDF), "ticket.pdf"),
    )  # fmt: skip
    assert (response.status_code, response.headers["Location"]) == (303, at(case))
    made = row(app, SupportGiven)
    assert (made.state, made.given_on, made.amount_pence, made.units_hundredths) == (
        "given",
        TODAY,
        1250,
        200,
    )
    assert (made.budget_id, made.theme, made.note) == (budget.id, "transport", "Bus to the college")
    page = client.page(at(case))
    for said in ("£12.50 cost so far", "2 journeys", "£87.50 of £100.00", "Bus to the college", "ticket.pdf"):
        assert said in page.text, said
    got = client.get(at(case, f"/{made.id}/receipt/file"))
    assert (got.data, got.mimetype) == (PDF, "application/pdf")
    assert "attachment" in got.headers["Content-Disposition"]
    timeline = client.page(f"/enrolments/{case.id}/timeline?kind=support").text
    assert "Support: travel" in timeline
    assert "£12.50 · 2 journeys · for transport" in timeline
    assert [tap(client, client.page(at(case)), "/take-back").status_code] == [303]
    assert row(app, SupportGiven).voided_at is not None
    assert "£100.00 of £100.00" in client.page(at(case)).text


def test_a_receipt_is_photographed_with_a_phone(app: Flask, client: PageClient, case: Enrolment) -> None:
    box = client.page(at(case, "/new")).soup.select_one("input[type=file]")
    assert box is not None
    assert "image/*" in str(box["accept"])
    assert box["capture"] == "environment"
    client.send(at(case, "/new"), kind="food_parcel", units="1")
    key = row(app, SupportGiven).id
    page = read(client.send(at(case, f"/{key}/receipt"), receipt=(BytesIO(b"MZ\x90\x00"), "x.pdf")), 422)
    assert list(page.problems) == ["receipt"]
    assert keys(app) == []
    client.send(at(case, f"/{key}/receipt"), receipt=(BytesIO(PDF), "r.pdf"))
    assert [row(app, SupportGiven).receipt_file_id] == keys(app)


@pytest.mark.both_databases
def test_a_lead_agrees_and_the_keyworker_gives(
    app: Flask, client: PageClient, team: Team, case: Enrolment, budget: BudgetHead
) -> None:
    response = client.send(at(case, "/new"), kind="equipment", amount="60", budget=budget.id)
    assert "It waits for a lead’s yes" in client.page(response.headers["Location"]).text
    key = row(app, SupportGiven).id
    client.sign_in(team.lead)
    page = client.page("/support-waiting")
    assert "1 waiting, the oldest first" in page.text
    assert "Priya Shah" in page.text
    listed = [each for each in rows(app, AuditEvent) if each.action == "listed"]
    assert [(each.record_kind, each.user_id) for each in listed] == [("support waiting", team.lead.id)]
    client.send(at(case, f"/{key}/answer"), answer="yes")
    assert row(app, SupportGiven).state == "approved"
    assert "Nothing waits for you" in (page := client.page("/support-waiting")).text
    assert tap(client, page, "/reopen").status_code == 303
    assert row(app, SupportGiven).state == "asked"
    client.send(at(case, f"/{key}/answer"), answer="yes")
    client.sign_in(team.keyworker)
    assert "£40.00 of £100.00" in (page := client.page(at(case))).text
    assert "They have had it" in page.text
    client.send(at(case, f"/{key}/given"))
    assert (row(app, SupportGiven).state, row(app, SupportGiven).given_on) == ("given", TODAY)
    assert tap(client, client.page(at(case)), "/not-given").status_code == 303
    assert row(app, SupportGiven).state == "approved"


def test_a_no_has_a_reason(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment, budget: BudgetHead
) -> None:
    with given():
        key = helped(db.session.merge(case), team.keyworker, 600, budget, given_on=None).id
    client.sign_in(team.lead)
    page = read(client.send(at(case, f"/{key}/answer"), answer="no"), 422)
    assert page.problems == {"reason": "Select why not"}
    client.send(at(case, f"/{key}/answer"), answer="no", reason="another_fund")
    assert row(app, SupportGiven).refusal_reason == "another_fund"
    client.sign_in(team.keyworker)
    assert "Another fund or agency can pay for it" in client.page(at(case)).text


def test_the_second_lead_to_answer_is_told(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment, budget: BudgetHead
) -> None:
    with given():
        key = helped(db.session.merge(case), team.keyworker, 600, budget, given_on=None).id
    client.sign_in(team.lead)
    first, second = (client.get_form(at(case, f"/{key}/answer")) for _ in range(2))
    assert client.submit(first, answer="yes").status_code == 303
    assert client.submit(second, answer="no", reason="other").status_code == 409
    assert row(app, SupportGiven).state == "approved"
    assert "This was answered already" in client.page(at(case, f"/{key}/answer")).text


@pytest.mark.parametrize(
    ("typed", "problems"),
    [
        ({"amount": "", "units": ""}, {"amount": "Enter what it cost, or how much of it there was"}),
        ({"amount": "101"}, {"amount": "£100.00 is left of “Travel fund”, and this is £101.00"}),
        ({"amount": "81"}, {"amount": "“Travel fund” allows £80.00 for one person. £80.00 of it is left for "
                                      "them, and this is £81.00"}),
        ({"amount": "", "units": "1"}, {"amount": "Enter what it cost, since a budget pays for it"}),
        ({"given_on": ""}, {"given_on": "Enter the day they had it"}),
        ({"kind": "blood_pressure_check", "note": "150/95"}, {"note": ""}),
    ],
)  # fmt: skip
def test_what_is_refused_says_why_and_keeps_what_was_typed(
    app: Flask,
    client: PageClient,
    case: Enrolment,
    budget: BudgetHead,
    typed: dict[str, str],
    problems: dict[str, str],
) -> None:
    filled: dict[str, Any] = {"kind": "travel", "amount": "5", "budget": budget.id} | typed
    page = read(client.send(at(case, "/new"), **filled), 422)
    assert list(page.problems) == list(problems)
    for field, words in problems.items():
        assert words in page.problems[field]
    assert form_on(page).data["amount"] == [filled["amount"]]
    assert rows(app, SupportGiven) == []


def test_a_second_send_spends_once(
    app: Flask, client: PageClient, case: Enrolment, budget: BudgetHead
) -> None:
    form = client.get_form(at(case, "/new")).fill(kind="travel", amount="40", budget=budget.id)
    assert [client.submit(form).status_code for _ in range(3)] == [303] * 3
    assert row(app, SupportGiven).amount_pence == 4000


@pytest.mark.both_databases
def test_the_last_of_a_budget_is_spent_by_one_of_two(
    app: Flask, given: Given, team: Team, case: Enrolment
) -> None:
    """Two workers, two connections, £60 each of the £100 that is left, at the same moment."""
    with given():
        budget = a_budget(team, 10_000)
        other = started(team, 300, keyworker=team.colleague)
    answers: list[int] = []
    start = Barrier(2)

    def spend(user: Any, whose: Enrolment) -> None:
        with app.test_client() as worker:
            assert isinstance(worker, PageClient)
            worker.sign_in(user)
            form = worker.get_form(at(whose, "/new")).fill(kind="travel", amount="60", budget=budget.id)
            start.wait()
            answers.append(worker.submit(form).status_code)

    threads = [Thread(target=spend, args=pair) for pair in ((team.keyworker, case), (team.colleague, other))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [303, 422]
    assert row(app, SupportGiven).amount_pence == 6000


def test_hostile_text_numbers_and_days(app: Flask, client: PageClient, case: Enrolment) -> None:
    def form() -> Form:
        return client.get_form(at(case, "/new")).fill(kind="travel", amount="5", units="1")

    cases: list[tuple[dict[str, str], dict[str, Any]]] = []
    for typed in HOSTILE_TEXT[::4]:
        kept = verdict(values.note, typed, values.NOTE, "the note")
        blank = values.is_blank(values.showable(typed))
        cases.append(({"note": typed}, {"note": None if blank else kept if kept is not None else REFUSED}))
    for typed, _whole, units, pence in HOSTILE_NUMBERS:
        if not values.is_blank(typed):
            name = "amount" if pence is None else "amount_pence"
            cases.append(({"amount": typed}, {name: REFUSED if pence is None else pence}))
            if units is None or units > 0:
                name = "units" if units is None else "units_hundredths"
                cases.append(({"units": typed}, {name: REFUSED if units is None else int(units * 100)}))
    for typed, parsed in HOSTILE_DATES[::3]:
        good = parsed is not None and case.referred_on <= parsed <= TODAY
        cases.append(({"given_on": typed}, {"given_on": parsed if good else REFUSED}))
    saved, refused = throw(client, form, cases, lambda: newest(app, SupportGiven))
    assert saved > 100
    assert refused > 100
    shows_all(client, at(case))


def test_a_lead_sets_up_and_changes_a_budget(app: Flask, client: PageClient, team: Team) -> None:
    client.sign_in(team.lead)
    place = f"/programmes/{team.programme.code}/budgets"
    assert "No budgets yet" in client.page(place).text
    assert place in str(client.page("/programmes").soup)
    client.send(f"{place}/new", name="Travel fund", until_on="31/3/27", limit="500", approval_over="0")
    made = row(app, BudgetHead)
    assert (made.limit_pence, made.person_limit_pence, made.approval_over_pence) == (50_000, None, 0)
    page = read(client.send(f"{place}/new", name="Travel fund", until_on="31/3/27", limit="1"), 422)
    assert page.problems == {"name": "There is a budget of this name. Give it another"}
    first, second = (client.get_form(f"{place}/{made.id}") for _ in range(2))
    assert client.submit(first, limit="600").status_code == 303
    assert client.submit(second, limit="700").status_code == 409
    assert row(app, BudgetHead).limit_pence == 60_000
    assert "£600.00" in client.page(place).text


def test_hostile_names_of_budgets(app: Flask, client: PageClient, team: Team) -> None:
    client.sign_in(team.lead)
    place = f"/programmes/{team.programme.code}/budgets"
    cases: list[tuple[dict[str, str], dict[str, Any]]] = []
    seen: set[str] = set()
    for typed in HOSTILE_TEXT[::5]:
        kept = verdict(values.text, typed, 80, "a name")
        if kept not in seen:
            cases.append(({"name": typed}, {"name": REFUSED if kept is None else kept}))
            seen |= {kept} if kept else set()
    saved, refused = throw(
        client,
        lambda: client.get_form(f"{place}/new").fill(name="A", until_on="31/3/27", limit="1"),
        cases,
        lambda: newest(app, BudgetHead),
    )
    assert saved > 20
    assert refused > 2
    shows_all(client, place)


def test_another_s_help_is_not_there(
    client: PageClient, given: Given, team: Team, case: Enrolment, budget: BudgetHead
) -> None:
    with given():
        key = helped(db.session.merge(case), team.keyworker, 600, budget, given_on=None).id
        outsider = a_team()
    own = [
        "",
        "/new",
        *(f"/{key}/{end}" for end in ("given", "not-given", "receipt", "receipt/file", "take-back")),
    ]
    every = [at(case, rest) for rest in own]
    for user in (team.colleague, team.tutor, outsider.lead):
        assert looks_missing(client, user, case.id, every) == len(every)
    answers = [at(case, f"/{key}/answer"), at(case, f"/{key}/reopen")]
    for user in (team.keyworker, team.tutor, outsider.lead):
        assert looks_missing(client, user, case.id, answers) == 2
    place = f"/programmes/{team.programme.code}/budgets"
    for user in (team.keyworker, team.tutor, outsider.lead):
        client.sign_in(user)
        for path in (place, f"{place}/new", f"{place}/{budget.id}", f"{place}/{budget.id}/take-back"):
            assert client.get(path).status_code == 404
    client.sign_in(outsider.lead)
    assert "Nothing waits for you" in client.page("/support-waiting").text


@pytest.mark.both_databases
def test_under_fifteen_statements_however_much_was_given(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment, budget: BudgetHead
) -> None:
    place = f"/programmes/{team.programme.code}/budgets"
    counts: dict[str, set[int]] = {}
    for _ in range(2):
        with given():
            for number in range(5):
                asked = {"given_on": None} if number % 2 else {}
                helped(db.session.merge(case), team.keyworker, 10, budget, **asked)
        for user, paths in (
            (team.keyworker, [at(case), at(case, "/new")]), (team.lead, ["/support-waiting", place])
        ):  # fmt: skip
            client.sign_in(user)
            for path in paths:
                client.page(path)
                with statements(app) as sent:
                    client.page(path)
                counts.setdefault(path, set()).add(len(sent))
    for path, found in counts.items():
        assert len(found) == 1, (path, found)
        assert max(found) < 15, (path, found)


def test_looking_writes_the_look_and_nothing_else(app: Flask, client: PageClient, case: Enrolment) -> None:
    for path in (at(case), at(case, "/new")):
        with writes(app) as seen:
            client.page(path)
        assert {statement.split()[2].strip('"') for statement in seen} <= {"audit_event"}
