"""Notices: written by the officer of the organisation, read by its leads, never changed."""

from typing import Any

import pytest
from flask import Flask

from caseworker.accounts.models import Role
from caseworker.core import clock
from caseworker.lawful.models import Notice
from tests.casefile.situations import NOW, a_team
from tests.conftest import Given
from tests.intake.test_person import tap
from tests.support.builders import a_user
from tests.support.client import PageClient, read
from tests.support.stored import row, rows

WORDS = {"version_name": "2026-2", "words": "Who we are.\n\nWhat we keep: <script>alert(1)</script>"}


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with clock.at(NOW):
        yield


@pytest.mark.both_databases
def test_notices_by_version_language_and_form(app: Flask, client: PageClient, given: Given) -> None:
    with given():
        team, other = a_team(), a_team()
        officer = a_user(Role.DATA_PROTECTION, team.programme)
        stranger = a_user(Role.DATA_PROTECTION, other.programme)
    client.sign_in(officer)
    assert "No notice yet" in client.page("/lawful/notices").text
    listed = client.page(client.send("/lawful/notices/new", **WORDS).headers["Location"])
    made = row(app, Notice)
    assert (made.language, made.easy_read, made.organisation_id) == (
        "english", False, team.programme.organisation_id,
    )  # fmt: skip
    shown = client.page(f"/lawful/notices/{made.id}")
    assert "What we keep: <script>alert(1)</script>" in shown.text
    again = read(client.send("/lawful/notices/new", **WORDS), 422)
    assert list(again.problems) == ["version_name"]
    client.send("/lawful/notices/new", **WORDS, easy_read="yes")
    client.send("/lawful/notices/new", **WORDS, language="polish")
    assert len(rows(app, Notice)) == 3
    for missing, field in (({"version_name": ""}, "version_name"), ({"words": ""}, "words")):
        assert list(read(client.send("/lawful/notices/new", **WORDS | missing), 422).problems) == [field]
    tap(client, listed, f"/{made.id}/take-back")
    assert len([each for each in rows(app, Notice) if each.voided_at is None]) == 2
    client.sign_in(team.lead)
    assert "Polish" in client.page("/lawful/notices").text
    assert client.get("/lawful/notices/new").status_code == 403
    client.sign_in(stranger)
    assert "No notice yet" in client.page("/lawful/notices").text
    assert client.get(f"/lawful/notices/{rows(app, Notice)[1].id}").status_code == 404
