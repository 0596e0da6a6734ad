"""The plan on paper: what is on it, what never is, on how many pages, and how it may reach them."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from caseworker.barriers.services import Finding, record_findings
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import Participant
from caseworker.plans import services
from caseworker.plans.models import Goal
from caseworker.plans.printed import plan_file
from caseworker.plans.rules import ActionDetails, GoalDetails
from caseworker.plans.sheet import Aim, Sheet, Step
from caseworker.plans.signature import Signature
from tests.casefile.situations import NOW, TODAY, Team, a_team, spoke, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.core.pdf.reading import Document, read
from tests.plans.test_agreeing import STROKES
from tests.plans.test_pages import plan
from tests.support.client import PageClient
from tests.support.counting import statements
from tests.support.stored import rows

LOOKS = ("plain", "large", "easy")
LONG = "Start the level 2 care course at the college in town and finish the first unit before summer"
STEPS = (
    ("Me", "Ring the college and ask when the next course starts", True),
    ("Priya Shah", "Send the form for the travel pass", False),
    ("Me", "Find out which bus goes there before nine", False),
)
DRAWN = Signature(strokes=(((10, 100), (200, 60), (300, 150)), ((320, 80), (330, 90))))


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


def sheet(goals: int, **changes: Any) -> Sheet:
    steps = tuple(Step(who, words, date(2026, 12, 4), done) for who, words, done in STEPS)
    aim = Aim(LONG, date(2027, 2, 20), "a letter with a start day, from 0 to 3 interviews", steps)
    values: dict[str, Any] = {
        "name": "Amara Osei",
        "programme": "Step Forward",
        "keyworker": "Priya Shah",
        "made_on": TODAY,
        "aims": (aim,) * goals,
        "changed": (),
        "agreed_on": date(2026, 11, 19),
        "still_agreed": True,
        "signature": DRAWN,
        "review_by": date(2026, 12, 17),
    }
    return Sheet(**values | changes)


def printed(app: Flask, what: Sheet, look: str = "plain") -> Document:
    with app.test_request_context():
        return read(plan_file(what, look))


def words_of(document: Document) -> str:
    return " ".join(document.root.all_text.split()) + " ".join(
        " ".join(page.extract_text().split()) for page in document.reader.pages
    )


@pytest.mark.parametrize(("goals", "pages"), [(0, 1), (1, 1), (2, 1), (3, 1), (4, 2), (5, 2), (6, 2)])
def test_three_goals_are_on_one_page_and_six_on_two(app: Flask, goals: int, pages: int) -> None:
    assert len(printed(app, sheet(goals)).pages) == pages


@pytest.mark.parametrize(("look", "least"), [("plain", 14), ("large", 18), ("easy", 18)])
def test_no_letter_is_smaller_than_promised(app: Flask, look: str, least: float) -> None:
    document = printed(app, sheet(6, changed=("Done: it",)), look)
    sizes = {
        float(operands[1])
        for page in document.reader.pages
        for operands, operator in _operations(page)
        if operator == b"Tf"
    }
    used = sizes - {12.0}  # a page begins with a font that draws nothing
    assert used
    assert min(used) >= least


def _operations(page: Any) -> Any:
    from pypdf.generic import ContentStream

    return ContentStream(page.get_contents(), page.pdf).operations


@pytest.mark.parametrize("look", LOOKS)
def test_it_is_tagged_named_and_in_english(app: Flask, look: str) -> None:
    document = printed(app, sheet(2, changed=("New day: it",)), look)
    assert document.catalog["/Lang"] == "en-GB"
    assert document.catalog["/MarkInfo"]["/Marked"]
    assert document.reader.metadata is not None
    assert document.reader.metadata.title == "My plan"
    assert [node.all_text.strip() for node in document.root.every("H1")] == ["My plan"]
    assert len(document.root.every("H2")) >= 4
    (figure,) = document.root.every("Figure")
    assert figure.alt == "My signature"
    assert document.loose == []
    if look != "easy":
        assert len(document.root.every("LI")) >= 6


def test_the_same_plan_is_the_same_file(app: Flask) -> None:
    with app.test_request_context():
        assert plan_file(sheet(3), "plain") == plan_file(sheet(3), "plain")


def test_easy_read_says_one_thing_to_a_line(app: Flask) -> None:
    document = printed(app, sheet(1), "easy")
    lines = [" ".join(node.all_text.split()) for node in document.root.every("P", "H2")]
    assert "I want to do it by 20 February 2027." in lines
    assert "Do this by 4 December 2026." in lines
    theirs = (LONG, "interviews", *(words for _, words, _ in STEPS))
    own = [line for line in lines if not any(words in line for words in theirs)]
    assert max(len(line.split()) for line in own) <= 12


def test_without_an_agreement_there_is_a_line_to_sign_on(app: Flask) -> None:
    words = words_of(printed(app, sheet(1, agreed_on=None, still_agreed=False, signature=None)))
    assert "My name, and the day" in words
    assert "I agreed" not in words
    assert "I agreed to this plan on 19 November 2026." in words_of(printed(app, sheet(1)))


@pytest.mark.parametrize("look", LOOKS)
def test_hostile_words_print(app: Flask, look: str) -> None:
    for start in range(0, len(HOSTILE_TEXT), 40):
        some = HOSTILE_TEXT[start : start + 40]
        steps = tuple(Step("Me", text[:300], TODAY, False) for text in some)
        aim = Aim(some[0][:300] or "x", TODAY, "", steps)
        assert len(printed(app, sheet(0, aims=(aim,), name=some[-1][:100]), look).pages) >= 1


CANARIES = {
    "note": "CANARYNOTE",
    "barrier": "CANARYBARRIER",
    "support": "CANARYSUPPORT",
    "safety": "CANARYSAFETY",
    "outcome": "CANARYOUTCOME",
}


def filled(given: Given, team: Team, case: Enrolment) -> None:
    with given():
        kept = db.session.merge(case)
        spoke(team, kept, note=CANARIES["note"])
        found = [Finding("safety", "something", "domestic_abuse", 4, CANARIES["barrier"])]
        record_findings(kept, found, assessed_on=TODAY, recorded_by=team.keyworker, today=TODAY)
        for words, theme in ((f"{CANARIES['safety']} goal", "safety"), ("Start the care course", "skills")):
            services.add_goal(
                kept,
                GoalDetails(words, "short", theme=theme, confidence=3, support=CANARIES["support"]),
                ActionDetails(f"Step of {words}", "participant", TODAY + timedelta(days=9)),
                recorded_by=team.keyworker,
                today=TODAY,
            )


@pytest.mark.both_databases
@pytest.mark.parametrize("look", LOOKS)
def test_nothing_of_barriers_notes_or_staff_words_is_on_the_paper(
    client: PageClient, given: Given, team: Team, case: Enrolment, look: str
) -> None:
    filled(given, team, case)
    client.send(plan(case, "/agree"), agreed_how="signature", strokes=STROKES)
    answer = client.get(plan(case, f"/print/{look}.pdf"))
    assert answer.mimetype == "application/pdf"
    name = answer.headers["Content-Disposition"]
    assert case.participant.reference in name
    assert case.participant.family_name not in name
    words = words_of(read(answer.data)).lower()
    assert "start the care course" in words
    for canary in CANARIES.values():
        assert canary.lower() not in words
    for staff_only in ("barrier", "severity", "serious", "domestic", "stops progress", "3 of 10", "risk"):
        assert staff_only not in words


def test_a_goal_about_safety_is_printed_only_when_ticked_in(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    filled(given, team, case)
    page = client.page(plan(case, "/print"))
    assert "On the paper (1)" in page.text
    form = client.get_form(plan(case, "/print/goals"))
    (held,) = [goal for goal in rows(app, Goal) if goal.theme == "safety"]
    assert form.choices["ticked"] == [str(held.id)]
    client.submit(form, ticked=[str(held.id)])
    assert "canarysafety" in words_of(read(client.get(plan(case, "/print/plain.pdf")).data)).lower()
    client.send(plan(case, "/print/goals"), ticked=None)
    assert "canarysafety" not in words_of(read(client.get(plan(case, "/print/plain.pdf")).data)).lower()
    form.data["ticked"] = [str(next(g.id for g in rows(app, Goal) if g.theme == "skills"))]
    form.data["post_token"] = ["x" * 43]
    assert client.post(form.action, data=form.data).status_code == 422


def test_what_changed_since_they_signed_is_on_the_paper_but_not_of_held_goals(
    client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    filled(given, team, case)
    client.send(plan(case, "/agree"), agreed_how="spoken")
    client.send(plan(case, "/goals/new"), words="Find a desk")
    client.send(plan(case, "/goals/new"), words="CANARYSAFETY two", theme="health")
    words = words_of(read(client.get(plan(case, "/print/plain.pdf")).data))
    assert "What changed since I agreed on 20 November 2026" in words
    assert "New goal: Find a desk" in words
    assert "CANARYSAFETY" not in words


def test_a_person_nothing_may_be_posted_to(
    client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    filled(given, team, case)
    assert "Do not post" not in client.page(plan(case, "/print")).text
    with given():
        person = db.session.get(Participant, case.participant_id)
        assert person is not None
        person.no_letters = True
    assert "Do not post: hand it over" in client.page(plan(case, "/print")).text


def test_there_is_no_other_print_and_nothing_before_the_first_goal(
    client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    assert client.get(plan(case, "/print")).status_code == 404
    filled(given, team, case)
    assert client.get(plan(case, "/print/poster.pdf")).status_code == 404


def test_the_print_page_and_file_are_few_statements(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    filled(given, team, case)
    for rest in ("/print", "/print/plain.pdf"):
        client.get(plan(case, rest))
        with statements(app) as sent:
            client.get(plan(case, rest))
        assert len(sent) < 15, rest


@pytest.mark.parametrize("look", LOOKS)
def test_a_step_and_its_day_share_a_page_and_a_loose_page_says_whose_it_is(app: Flask, look: str) -> None:
    for goals in (3, 6):
        document = printed(app, sheet(goals), look)
        pages = [" ".join(page.extract_text().split()) for page in document.reader.pages]
        for number, page in enumerate(pages):
            told = page.count("Send the form") + page.count("Find out which bus")
            assert page.count("by 4 December 2026") == told
            assert "Amara Osei" in page, number


def test_a_day_is_never_broken_over_two_lines(app: Flask) -> None:
    for look in LOOKS:
        for page in printed(app, sheet(6), look).reader.pages:
            for line in page.extract_text().splitlines():
                assert not line.strip().endswith(("by 4", "by 20", "December", "February"))
