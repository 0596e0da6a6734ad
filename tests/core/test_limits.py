"""What the application does not swallow: too much typing, too many drafts, somebody else's post."""

from flask import Flask
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from caseworker.core import drafts
from caseworker.core.db import begin, db
from tests.conftest import Given
from tests.support.builders import a_user
from tests.support.client import PageClient


def test_more_than_two_megabytes_of_typing_is_too_much(client: PageClient) -> None:
    answer = client.post("/sign-in", data={"email": "a" * (2 * 1024 * 1024)})
    assert answer.status_code == 413


def test_a_post_from_elsewhere_is_given_no_cookie(app: Flask) -> None:
    app.config.update(TESTING=False)
    stranger = app.test_client(use_cookies=False)
    answer = stranger.post("/sign-in", data={"email": "a@example.org", "password": "x"})
    assert answer.status_code == 400
    assert "Set-Cookie" not in answer.headers


def test_one_person_s_drafts_make_room_for_the_newest(app: Flask, given: Given) -> None:
    with given():
        user = a_user()
    with given():
        for number in range(drafts.MOST + 3):
            drafts.keep_draft(user.id, f"/form/{number}", MultiDict({"note": "words"}))
            db.session.flush()
    with app.app_context():
        begin("read")
        kept = select(func.count()).where(drafts.Draft.user_id == user.id)
        assert db.session.scalar(kept) == drafts.MOST
        assert drafts.find_draft(user.id, f"/form/{drafts.MOST + 2}") is not None
        assert drafts.find_draft(user.id, "/form/0") is None
