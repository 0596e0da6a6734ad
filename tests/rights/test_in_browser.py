"""The pages of people's rights in a real browser, wide and narrow, their taps counted."""

from flask import Flask

from caseworker.contacts.models import Contact
from caseworker.enrolments.models import MovedEntry
from caseworker.rights.models import AccessPack, RightsRequest
from tests.casefile.situations import spoke, started
from tests.conftest import Given
from tests.rights.situations import a_desk, asked
from tests.support.browser import Journey
from tests.support.client import PageClient
from tests.support.stored import row, rows

NOTE = "Talked about the bus. Her mother drinks, she says.\nShe will ring on Friday about the interview."


def test_a_request_from_the_case_page_to_the_pack(
    app: Flask, client: PageClient, given: Given, journey: Journey
) -> None:
    with given():
        desk = a_desk()
        spoke(desk.team, desk.case, 3, note=NOTE)
        asked(desk, "rectification", words="The note of Tuesday is wrong.")
        asked(desk, "objection")
    journey.sign_in(client, desk.team.keyworker)
    journey.visit(f"/enrolments/{desk.case.id}")
    journey.click("They ask about their record")
    journey.check()
    journey.choose("A copy of what we hold about them")
    journey.click("Take it down")
    assert journey.interactions == 3
    made = next(each for each in rows(app, RightsRequest) if each.kind == "access")
    journey.sign_in(client, desk.officer)
    journey.visit("/requests")
    here = f"/requests/{made.id}"
    journey.visit(here)
    journey.visit(f"{here}/texts?kind=contact")
    contact = row(app, Contact)
    journey.visit(f"{here}/texts/contact/{contact.id}/note_sealed")
    journey.page.get_by_label("Her mother drinks, she says.").check()
    journey.click("Save decision")
    journey.check()
    journey.visit(f"{here}/pack")
    journey.click("Make the pack")
    journey.check()
    pack = row(app, AccessPack)
    journey.visit(f"{here}/packs/{pack.id}/given")
    for kind in ("rectification", "objection"):
        other = next(each for each in rows(app, RightsRequest) if each.kind == kind)
        rest = "/limit" if kind == "objection" else f"/entries/contact/{contact.id}"
        for path in ("", "/answer", rest):
            journey.visit(f"/requests/{other.id}{path}")
    journey.visit(f"/requests/{other.id}/identity")
    journey.visit("/requests/answered")
    journey.visit("/requests/new")


def test_an_entry_is_moved_in_four_taps(
    app: Flask, client: PageClient, given: Given, journey: Journey
) -> None:
    with given():
        desk = a_desk()
        spoke(desk.team, desk.case, 3, note=NOTE)
        right = started(desk.team, 40)
    journey.sign_in(client, desk.team.keyworker)
    journey.visit(f"/enrolments/{desk.case.id}/timeline")
    journey.page.get_by_role("link", name="Wrong person").click()
    journey.check()
    journey.type("Whose is it?", right.participant.reference)
    journey.page.get_by_role("main").get_by_role("button", name="Find").click()
    journey.page.get_by_role("link", name="It is theirs").wait_for()
    journey.check()
    journey.page.get_by_role("link", name="It is theirs").click()
    journey.check()
    journey.click("Move it")
    journey.check()
    # The link, Find, the person, Move it.
    assert journey.interactions + 3 == 4
    done = row(app, MovedEntry)
    journey.visit(f"/enrolments/{desk.case.id}/timeline")
    assert "Entry moved" in journey.page.content() and "mother" not in journey.page.content()
    journey.sign_in(client, desk.officer)
    journey.visit("/moved-entries")
    journey.visit(f"/moved-entries/{done.id}")
