"""Two records made one in a real browser: every page of it looked at, wide and narrow."""

from flask import Flask

from caseworker.merging.models import Merge
from tests.conftest import Given
from tests.merging.pairs import fill, two_records
from tests.support.browser import Journey
from tests.support.client import PageClient
from tests.support.stored import row


def test_a_likely_pair_is_made_one_and_taken_apart(
    app: Flask, client: PageClient, given: Given, journey: Journey
) -> None:
    with given():
        two = two_records()
        fill(two)
    journey.sign_in(client, two.team.lead)
    journey.visit(f"/enrolments/{two.kept_case.id}/same-person")
    journey.type("Reference of the other record", two.absorbed.reference)
    journey.click("Compare the two")
    journey.check()
    journey.visit("/merging")
    journey.page.get_by_role("link", name="Compare").click()
    journey.page.get_by_label("07700900456").check()
    journey.click("Make them one record")
    journey.check()
    assert row(app, Merge).voided_at is None
    journey.visit("/merging")
    journey.page.get_by_role("link", name=two.kept.reference).click()
    journey.click("Take the two records apart")
    journey.check()
    assert row(app, Merge).voided_at is not None
