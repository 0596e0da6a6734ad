"""Hostile input thrown at the fields of a form: each is saved as reviewed, or refused with all of it kept."""

import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bs4 import Tag
from flask.testing import FlaskClient

from caseworker.core.values import showable
from tests.support.client import Form, PageClient, read
from tests.support.page import Page, attribute, faults


class Refused:
    """What is expected of input that must not be saved."""

    def __repr__(self) -> str:
        return "refused"


REFUSED = Refused()
Expected = Mapping[str, Any]


def throw(
    client: PageClient,
    form: Callable[[], Form],
    cases: Iterable[tuple[Mapping[str, str], Expected]],
    stored: Callable[[], Mapping[str, Any]],
) -> tuple[int, int]:
    """Send the form once for each case; (how many were saved, how many were refused).

    A case is what is typed, by field, and what must come of it, by field: the value stored, or REFUSED.
    `form` gives the form filled in well; `stored` the newest record's values by the same names.
    """
    saved = refused = 0
    sent = form()
    for typed, expected in cases:
        if not all(_can_be_sent(text) for text in typed.values()):
            continue
        data = sent.data | {name: [text] for name, text in typed.items()}
        data["post_token"] = [secrets.token_urlsafe(32)]
        response = client.post(sent.action, data=data)
        wrong = {name for name, value in expected.items() if value is REFUSED}
        where = {name: ascii(text)[:60] for name, text in typed.items()}
        if wrong:
            assert response.status_code == 422, (where, "saved", response.status_code)
            page = read(response, 422)
            assert set(page.problems) == wrong, where
            _all_kept(page, data)
            refused += 1
        else:
            assert response.status_code == 303, (where, response.status_code)
            now = stored()
            assert {name: now[name] for name in expected} == expected, where
            saved += 1
            with client.session_transaction() as cookie:
                cookie.pop("_flashes", None)  # read by the page that is not opened here
            if sent.data.get("record_version", [""])[0]:
                sent = form()
    return saved, refused


def shows_all(client: PageClient, path: str) -> Page:
    """Open a page that shows hostile text, and check it as every page is.

    Code points that stand for no character are kept as typed, and only they are no fault of the page's.
    """
    response = FlaskClient.open(client, path)
    assert response.status_code == 200
    page = Page(response.get_data(as_text=True), path, 200)
    wrong = [fault for fault in faults(page) if not fault.endswith("Invalid codepoint in stream.")]
    assert not wrong, wrong[:5]
    return page


def _can_be_sent(text: str) -> bool:
    """No form carries half a character."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _all_kept(page: Page, data: Mapping[str, list[str]]) -> None:
    """Every text box of the page still holds what was typed into it."""
    boxes = page.soup.select("main form textarea, main form input.govuk-input")
    assert boxes
    for box in boxes:
        name = attribute(box, "name")
        if name in data:
            assert _text_of(box) == _as_parsed(data[name][0]), name


def _text_of(box: Tag) -> str:
    text = box.get_text() if box.name == "textarea" else attribute(box, "value")
    return _as_parsed(text)


def _as_parsed(text: str) -> str:
    """Line ends as a page holds them, and the ends of the text, which parsers treat differently, left out."""
    return showable(text).replace("\r", "\n").strip()
