"""Help while a goal is being written: advice is given, nothing is saved, nothing typed is lost."""

from flask import Flask

from caseworker.accounts.models import Role
from caseworker.core.db import begin, db
from caseworker.plans.models import Goal
from caseworker.programmes.models import ProgrammeRule
from tests.conftest import Given
from tests.support.builders import LONG_AGO, a_programme, a_user, an_enrolment, kept
from tests.support.client import PageClient, read


def test_help_is_given_and_nothing_is_saved(app: Flask, client: PageClient, given: Given) -> None:
    with given():
        programme = a_programme()
        keyworker = a_user(Role.KEYWORKER, programme)
        enrolment = an_enrolment(programme, keyworker=keyworker)
    client.sign_in(keyworker)
    path = f"/enrolments/{enrolment.id}/plan/goals/new"
    form = client.get_form(path, "words")
    page = read(client.submit(form, button="Help with this goal", words="Be happier"))
    said = page.soup.get_text(" ", strip=True)
    assert "It is very short." in said
    assert "Nothing says how you will both know it is done." in said
    assert page.soup.find("textarea", {"name": "words"}).get_text(strip=True) == "Be happier"  # type: ignore[union-attr]
    with app.app_context():
        begin("read")
        assert db.session.query(Goal).count() == 0


def test_a_clear_goal_is_told_so_and_then_saved(app: Flask, client: PageClient, given: Given) -> None:
    with given():
        programme = a_programme()
        keyworker = a_user(Role.KEYWORKER, programme)
        enrolment = an_enrolment(programme, keyworker=keyworker)
    client.sign_in(keyworker)
    path = f"/enrolments/{enrolment.id}/plan/goals/new"
    form = client.get_form(path, "words").fill(words="Apply for five warehouse jobs", theme="job_search")
    page = read(client.submit(form, button="Help with this goal"))
    assert "It is clear" in page.soup.get_text(" ", strip=True)
    assert client.submit(form, button="Save goal").status_code == 303
    with app.app_context():
        begin("read")
        assert db.session.query(Goal).count() == 1


def test_a_programme_may_say_realistic_for_relevant(client: PageClient, given: Given) -> None:
    with given():
        programme = a_programme()
        keyworker = a_user(Role.KEYWORKER, programme)
        enrolment = an_enrolment(programme, keyworker=keyworker)
    client.sign_in(keyworker)
    path = f"/enrolments/{enrolment.id}/plan/goals/new"
    form = client.get_form(path, "words").fill(words="Apply for five warehouse jobs")
    assert "Relevant: It is not tied" in read(client.submit(form, button="Help with this goal")).text
    with given():
        rule = {"label": "Words of the plan", "settings": {"relevant": "Realistic"}, "source": "Made up"}
        kept(
            ProgrammeRule(
                programme_id=programme.id, kind="plan_words", code="plan_words", from_on=LONG_AGO, **rule
            )
        )
    said = read(client.submit(form, button="Help with this goal")).text
    assert "Realistic: It is not tied" in said
    assert "Relevant" not in said
