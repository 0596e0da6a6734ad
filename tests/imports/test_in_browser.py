"""A sheet brought in with a real browser: every page of it looked at, wide and narrow."""

from datetime import timedelta
from pathlib import Path

from flask import Flask

from caseworker.core import clock
from caseworker.imports.models import CaseloadImport
from caseworker.participants.models import Participant
from tests.casefile.situations import Team, a_team
from tests.conftest import Given
from tests.imports.sheets import HEADS, workbook
from tests.support.browser import Journey
from tests.support.builders import a_participant
from tests.support.client import PageClient
from tests.support.stored import row, rows


def test_forty_people_from_one_sheet(
    app: Flask, client: PageClient, given: Given, journey: Journey, tmp_path: Path
) -> None:
    began = (clock.today() - timedelta(days=20)).strftime("%d/%m/%Y")
    with given():
        team: Team = a_team()
        a_participant(organisation_id=team.programme.organisation_id, given_name="Amarah", family_name="Osey")
    people = [(f"Person{n}", "Example", f"{n % 28 + 1}/3/1985", began, "Priya Shah") for n in range(40)]
    odd = [("Amara", "Osei", "17/05/1990", began, ""), ("Kim", "", "31/2/1990", began, "Nobody at all")]
    sheet = tmp_path / "people.xlsx"
    sheet.write_bytes(workbook(*people, *odd, heads=(*HEADS[:3], *HEADS[3:])))
    journey.sign_in(client, team.lead)
    journey.visit("/imports/columns")
    journey.visit("/imports")
    journey.page.get_by_role("link", name="Bring in a sheet").first.click()
    journey.check()
    journey.page.set_input_files("input[type=file]", str(sheet))
    journey.click("Look at it")
    journey.check()
    journey.choose("Leave out the doubtful rows too and bring in 40")
    journey.click("Bring them in")
    journey.check()
    assert row(app, CaseloadImport).made == 40
    journey.click("Undo")
    journey.check()
    assert all(each.voided_at for each in rows(app, Participant) if each.family_name == "Example")
    assert journey.interactions <= 4
