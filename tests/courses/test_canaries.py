"""Fifty strings planted in a learner's case are found nowhere that a tutor can reach."""

import re
import secrets
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from caseworker.accounts.models import Role
from caseworker.accounts.permissions import ROLE_PERMISSIONS
from caseworker.courses.models import CourseEnrolment
from tests.conftest import Given
from tests.courses.canaries import Canaries, fill_case
from tests.courses.classes import Taught
from tests.support.builders import a_user
from tests.support.client import PageClient, read
from tests.support.crawl import walk

# What only casework has words for. A course may be called anything; these courses are not.
NEVER = re.compile(r"wellbeing|barrier|offend|probation|substance|employer|benefit|postcode:|born", re.I)


class Listening(PageClient):
    """Keeps every answer it is given."""

    heard: list[TestResponse]

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        self.heard.append(response)
        return response


@pytest.fixture
def canaries() -> Canaries:
    return Canaries()


@pytest.fixture
def keys(given: Given, course: Taught, canaries: Canaries) -> dict[str, Any]:
    """The keys of everything around one learner, by the names that addresses use."""
    with given() as session:
        place = session.get_one(CourseEnrolment, course.places[0].id)
        programme = place.enrolment.programme
        keyworker = a_user(Role.KEYWORKER, programme)
        found = fill_case(place, keyworker, canaries)
        found |= {"course_id": course.course.id, "session_id": course.today.id, "code": programme.code}
    assert len(canaries.planted) >= 50
    return found


@pytest.fixture
def tutor(app: Flask, course: Taught, keys: dict[str, Any]) -> Listening:
    made = Listening(app, app.response_class)
    made.heard = []
    made.sign_in(course.tutor)
    made.page("/classes")
    return made


def everything(response: TestResponse) -> str:
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers)
    return f"{response.request.path}\n{headers}\n{response.get_data().decode('utf-8', 'replace')}"


def assert_quiet(tutor: Listening, canaries: Canaries) -> None:
    for response in tutor.heard:
        found = canaries.found_in(everything(response))
        assert found == [], f"{response.request.method} {response.request.path}: {found}"


def test_the_canaries_are_there_to_be_found(
    client: PageClient, given: Given, keys: dict[str, Any], canaries: Canaries
) -> None:
    """Whoever may read the case does find them; else the tests below would prove nothing."""
    with given() as session:
        place = session.get_one(CourseEnrolment, keys["place_id"])
        lead = a_user(Role.LEAD, place.enrolment.programme)
    client.sign_in(lead)
    for path in ("", "/timeline", "/progressions"):
        assert canaries.found_in(client.page(f"/enrolments/{keys['enrolment_id']}{path}").html), path


def test_every_link_a_tutor_can_follow(
    app: Flask, tutor: Listening, canaries: Canaries, keys: dict[str, Any]
) -> None:
    seen = walk(app, tutor, each=50)
    assert seen.broken == []
    reached = {name for name in seen.opened if name.startswith("courses.")}
    assert reached == {
        "courses.index", "courses.register", "courses.show", "courses.complete", "courses.completion",
        "courses.learner", "courses.learner_messages", "courses.trip_sheet",
    }  # fmt: skip
    assert f"/learners/{keys['participant_id']}" in seen.opened["courses.learner"]
    assert_quiet(tutor, canaries)
    for response in tutor.heard:
        if response.request.path.startswith(("/classes", "/courses", "/learners")):
            assert NEVER.findall(response.get_data(as_text=True)) == [], response.request.path


def address(app: Flask, rule: Rule, keys: dict[str, Any]) -> str:
    """An address of a rule, as near to the learner's own records as it can be."""
    values: dict[str, Any] = {}
    for name in rule.arguments:
        kind = type(rule._converters[name]).__name__
        if kind == "UUIDConverter":
            values[name] = keys.get(name) or uuid4()
        elif kind == "IntegerConverter":
            values[name] = 1
        elif kind == "DateConverter":
            values[name] = "2026-03-02"
        else:
            values[name] = keys.get(name, "nothing")
    built = rule.build(values)
    assert built is not None
    return built[1]


def test_every_address_of_the_house(
    app: Flask, tutor: Listening, canaries: Canaries, keys: dict[str, Any]
) -> None:
    """Each address, with the learner's own keys in it, asked for and posted to."""
    held = ROLE_PERMISSIONS[Role.TUTOR]
    token = tutor.get_form(f"/classes/{keys['session_id']}").data["csrf_token"]
    asked = closed = 0
    with app.test_request_context():
        rules = [(rule, address(app, rule, keys)) for rule in app.url_map.iter_rules()]
    for rule, path in rules:
        view = app.view_functions[rule.endpoint]
        permission = getattr(view, "permission", None)
        # One's own account is left alone: posted to, it would end the session under way.
        methods = {"GET"} if rule.endpoint.startswith(("accounts.", "account.")) else {"GET", "POST"}
        for method in sorted((rule.methods or set()) & methods):
            once = {"csrf_token": token, "post_token": secrets.token_urlsafe(32)}
            data = once if method == "POST" else None
            response = FlaskClient.open(tutor, path, method=method, data=data)
            tutor.heard.append(response)
            asked += 1
            if permission is not None and permission not in held:
                assert response.status_code in (403, 404), f"{method} {path}"
                closed += 1
    assert asked >= 40
    assert closed >= 20
    assert_quiet(tutor, canaries)


def test_error_pages(
    app: Flask, tutor: Listening, canaries: Canaries, course: Taught, keys: dict[str, Any]
) -> None:
    register, completion = course.register, f"{course.page}/places/{keys['place_id']}/completion"
    stale = tutor.get_form(register)
    wrong = tutor.get_form(register).fill(**{course.marks[0]: "late", course.lates[0]: "never"})
    assert tutor.submit(wrong, "Save register").status_code == 422
    assert tutor.submit(tutor.get_form(register), "Save register").status_code == 303
    read(tutor.submit(stale.fill(**{course.marks[0]: "absent"}), "Save register"), 409)
    read(tutor.submit(tutor.get_form(completion), completed_on="never"), 422)
    assert tutor.post(register, data={"post_token": "x" * 43}).status_code == 400
    assert tutor.get(f"/learners/{uuid4()}").status_code == 404
    assert tutor.get("/caseload").status_code == 403
    assert tutor.post(course.page, data={}).status_code in (400, 405)
    for person in (keys["participant_id"], keys["enrolment_id"]):
        assert tutor.get(f"/enrolments/{person}").status_code == 404
    assert_quiet(tutor, canaries)


def test_the_log_of_a_tutors_day(
    app: Flask,
    tutor: Listening,
    canaries: Canaries,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    walk(app, tutor, each=5)
    lines = [str(vars(record)) for record in caplog.records]
    assert len(lines) >= 5
    written = "\n".join([*lines, capsys.readouterr().err])
    assert canaries.found_in(written) == []


def test_keys_are_of_this_learner(keys: dict[str, Any]) -> None:
    assert all(isinstance(keys[name], UUID) for name in ("enrolment_id", "contact_id", "goal_id"))
