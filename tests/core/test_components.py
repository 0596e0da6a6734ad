"""From a field to its component, and every component on a page that passes the house checks."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask, Response
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from caseworker.core import fields
from caseworker.core.components import COMPONENTS, component
from caseworker.core.forms import CaseForm
from tests.core.gallery import TYPED, create_gallery
from tests.core.gallery.forms import ReferralForm
from tests.support.client import PageClient, read

ERRORS = (400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503)


@pytest.fixture(scope="module")
def gallery() -> Flask:
    app = create_gallery()
    app.test_client_class = PageClient
    return app


@pytest.fixture
def client(gallery: Flask) -> PageClient:
    made = gallery.test_client()
    assert isinstance(made, PageClient)
    return made


@pytest.fixture
def request_context(gallery: Flask) -> Iterator[Flask]:
    with gallery.test_request_context():
        yield gallery


def typed_form(**typed: Any) -> ReferralForm:
    form = ReferralForm(formdata=MultiDict(TYPED | typed), meta={"csrf": False})
    super(CaseForm, form).validate()
    return form


def draw(app: Flask, field: Any, **changes: Any) -> Tag:
    render_field: Any = app.jinja_env.globals["render_field"]
    drawn = BeautifulSoup(render_field(field, **changes), "html5lib").body
    assert isinstance(drawn, Tag)
    return drawn


def one(drawn: Tag, selector: str) -> Tag:
    found = drawn.select(selector)
    assert len(found) == 1, f"{len(found)} of {selector}"
    return found[0]


@pytest.mark.parametrize("path", ["/", "/form", "/form?draft=1", "/list", "/case", "/class"])
def test_every_component_passes_the_page_checks(client: PageClient, path: str) -> None:
    client.page(path)


def test_a_refused_form_says_the_same_at_the_top_and_at_the_field(client: PageClient) -> None:
    page = client.page("/wrong", status=422)
    assert page.title == "Error: New referral – Caseworker"
    assert list(page.problems) == ["name", "born", "heard", "started_on", "hours", "pay"]
    assert page.problems["name"] == "Enter their full name"
    for target, message in page.problems.items():
        control = one(page.soup, f"#{target}")
        described = str(control.get("aria-describedby") or "")
        group = control.find_parent("fieldset") if not described else None
        described = described or (str(group.get("aria-describedby") or "") if isinstance(group, Tag) else "")
        assert any(message in one(page.soup, f"#{name}").get_text() for name in described.split())


@pytest.mark.parametrize("code", ERRORS)
@pytest.mark.parametrize("typed", ["", "?typed=1"])
def test_error_pages_are_whole_without_a_user(client: PageClient, code: int, typed: str) -> None:
    page = read(client.get(f"/error/{code}{typed}"), code)
    assert page.h1
    assert "Sign out" not in page.text
    for jargon in ("error", "exception", "invalid", "forbidden", "token", "server", str(code)):
        assert jargon not in page.text.lower()


@pytest.mark.parametrize("code", [400, 500, 503])
def test_what_was_typed_can_be_sent_again_from_the_error_page(client: PageClient, code: int) -> None:
    page = read(client.get(f"/error/{code}?typed=1"), code)
    form = one(page.soup, "main form")
    sent = {tag.get("name"): tag.get("value") or tag.get_text() for tag in form.select("[name]")}
    assert sent["note"] == "She starts on Monday.\nBring the CSCS card."
    assert sent["channel"] == "phone"


def test_the_conflict_page_shows_both_and_asks_which_is_to_stand(client: PageClient) -> None:
    page = read(client.get("/error/409"), 409)
    form = one(page.soup, "main form")
    heard, note = form.select("fieldset")
    assert one(note, "textarea").get_text() == "She starts on Monday."
    assert "She starts on Tuesday." in note.get_text()
    assert "GP or social prescriber" in heard.get_text() and "They came by themselves" in heard.get_text()
    assert [tag["value"] for tag in form.select("input[checked]")] == ["typed", "typed"]
    sent = {str(tag["name"]): tag.get("value") for tag in form.select("input[type=hidden]")}
    assert sent["saved-note"] == "She starts on Tuesday." and sent["saved-heard"] == "self"
    assert sent["heard"] == "gp" and sent["channel"] == "phone"
    assert {"post_token", "record_version"} <= set(sent)


def test_every_kind_of_field_has_a_component(request_context: Flask) -> None:
    drawn = {
        name: component(field)[0]
        for name, field in typed_form()._fields.items()
        if hasattr(field, "component")
    }
    assert set(drawn.values()) | {"hidden"} == {macro for macro, _ in COMPONENTS.values()}
    offered = {getattr(fields, name).component for name in fields.__all__ if name.endswith("Field")}
    assert {kind for kind in offered if isinstance(kind, str)} <= set(COMPONENTS)


def test_typed_text_comes_back_exactly(request_context: Flask) -> None:
    note = '\n\n  <script>alert(1)</script>\n\tlast & "least" {{ 7 * 7 }}'
    form = typed_form(note=note, name="'\"><b>O’Néill</b>")
    assert one(draw(request_context, form.note), "textarea").get_text() == note
    assert one(draw(request_context, form.name), "input")["value"] == "'\"><b>O’Néill</b>"


def test_labels_say_optional_and_never_use_an_asterisk(request_context: Flask) -> None:
    form = typed_form()
    assert one(draw(request_context, form.postcode), "label").get_text(strip=True) == "Postcode (optional)"
    assert "*" not in draw(request_context, form.name).get_text()


def test_browsers_are_not_asked_to_remember_participants(request_context: Flask) -> None:
    form = typed_form()
    for field in (form.name, form.postcode, form.email, form.started_on, form.note):
        assert one(draw(request_context, field), "input, textarea")["autocomplete"] == "off"
    form.name.attributes = {"autocomplete": "username", "type": "password"}
    drawn = one(draw(request_context, form.name), "input")
    assert (drawn["autocomplete"], drawn["type"]) == ("username", "password")


def test_numbers_ask_for_the_right_keyboard(request_context: Flask) -> None:
    form = typed_form()
    assert one(draw(request_context, form.hours), "input")["inputmode"] == "numeric"
    assert one(draw(request_context, form.pay), "input")["inputmode"] == "decimal"
    assert "£" in draw(request_context, form.pay).get_text()


def test_the_wrong_box_of_a_date_of_birth_is_marked(request_context: Flask) -> None:
    drawn = draw(request_context, typed_form().born)
    assert [tag["name"] for tag in drawn.select("input[type=text]")] == [
        "born-day",
        "born-month",
        "born-year",
    ]
    assert [tag["value"] for tag in drawn.select("input[type=text]")] == ["31", "2", "1990"]
    marked = [tag["name"] for tag in drawn.select(".govuk-input--error")]
    assert marked == [f"born-{box}" for box in typed_form().born.wrong_boxes]
    assert one(drawn, "[name=born-not_known]").get("checked") is None


def test_a_date_shows_back_what_was_understood(request_context: Flask) -> None:
    drawn = draw(request_context, typed_form(started_on="1/3/26").started_on)
    assert "Understood as 1 March 2026" in drawn.get_text()
    assert "Understood" not in draw(request_context, typed_form().started_on).get_text()


def test_a_scale_is_one_tap_and_says_its_ends(request_context: Flask) -> None:
    drawn = draw(request_context, typed_form().satisfied)
    assert [tag["value"] for tag in drawn.select("input")] == [str(step) for step in range(11)]
    assert one(drawn, "input[checked]")["value"] == "7"
    assert "0 – Not at all" in drawn.get_text()
    assert "10, Completely" in one(drawn, "label[for=satisfied-11]").get_text()


def test_a_page_with_fifteen_fields_is_drawn_in_time(client: PageClient) -> None:
    plain = FlaskClient(client.application, Response)
    plain.get("/form")
    took = []
    for _ in range(5):
        began = time.perf_counter()
        plain.get("/form")
        took.append(time.perf_counter() - began)
    assert min(took) < 0.1, f"a form of 15 fields took {min(took) * 1000:.1f} ms"
