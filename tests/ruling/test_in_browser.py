"""The pages of a programme's rules in order at both widths; a ladder written, seen and undone."""

import pytest
from flask import Flask

from caseworker.core.db import db
from caseworker.programmes.models import ProgrammeRule
from tests.casefile.situations import Team, a_team
from tests.conftest import Given
from tests.support.browser import PHONE, Journey
from tests.support.client import PageClient
from tests.support.stored import rows


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team()


def test_a_ladder_is_written_and_undone(app: Flask, client: PageClient, journey: Journey, team: Team) -> None:
    with app.app_context():
        clock_id = db.session.query(ProgrammeRule.id).scalar()
    home = f"/programmes/{team.programme.code}/rules"
    journey.sign_in(client, team.lead)
    for rest in ("", "/new/wording", "/new/weeks", "/new/criterion", f"/{clock_id}/end"):
        journey.visit(home + rest)
    journey.page.set_viewport_size(PHONE)
    for rest in ("", f"/{clock_id}/next", f"/{clock_id}/take-back"):
        journey.visit(home + rest)
    journey.visit("/rules")
    journey.visit(home + "/new/ladder")
    journey.page.get_by_label("Step 1: try (optional)").select_option("telephone")
    journey.page.get_by_label("Step 2: try (optional)").select_option("lead")
    journey.type("Days after the try before step 2 (optional)", "5")
    journey.type("Where the rule comes from", "Contract, 1 November 2026")
    journey.click("See what changes")
    journey.page.get_by_text("Nothing is saved yet").wait_for()
    journey.click("Save rule")
    journey.page.get_by_text("Rule saved").wait_for()
    assert journey.page.get_by_text("2. The lead decides, 5 days after the try before").is_visible()
    assert [each.kind for each in rows(app, ProgrammeRule)] == ["review_clock", "contact_ladder"]
    journey.click("Undo")
    journey.page.get_by_text("Rule taken back").first.wait_for()
    journey.check()
