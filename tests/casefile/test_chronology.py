"""The whole of a case on paper, oldest first; and one's own entries undone from its history."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask

from caseworker.core import clock
from caseworker.core.audit import AuditEvent
from tests.casefile.situations import NOW, a_team, spoke
from tests.casefile.test_case_page import a_full_case
from tests.conftest import Given
from tests.support.client import PageClient, read
from tests.support.page import words
from tests.support.stored import rows

pytestmark = pytest.mark.both_databases
SECRET = "Something only two people know"


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


def test_everything_is_in_it_oldest_first(client: PageClient, given: Given) -> None:
    with given():
        team = a_team()
        case = a_full_case(team)
    client.sign_in(team.keyworker)
    page = client.page(f"/enrolments/{case.id}/chronology")
    times = [str(tag["datetime"])[:10] for tag in page.soup.select(".cw-chronology time")]
    timeline = client.page(f"/enrolments/{case.id}/timeline")
    assert times == sorted(times) and len(times) > 5
    assert len(times) == len(timeline.soup.select(".cw-timeline__entry"))
    assert case.participant.reference in page.title and case.participant.family_name not in page.title


def test_sensitive_words_are_printed_only_when_asked_for(client: PageClient, given: Given) -> None:
    with given():
        team = a_team()
        case = a_full_case(team)
        spoke(team, case, days_ago=2, note=SECRET, sensitive=True)
    client.sign_in(team.keyworker)
    plain = client.page(f"/enrolments/{case.id}/chronology")
    assert SECRET not in plain.html and "left out here" in plain.text
    assert SECRET in client.page(f"/enrolments/{case.id}/chronology?sensitive=yes").text
    assert SECRET not in client.page(f"/enrolments/{case.id}/chronology?kind=milestone&sensitive=yes").text


def test_the_audit_tells_which_chronology_was_read(app: Flask, client: PageClient, given: Given) -> None:
    with given():
        team = a_team()
        case = a_full_case(team)
    client.sign_in(team.keyworker)
    for asked in ("", "?sensitive=yes", "?sensitive=no"):
        client.page(f"/enrolments/{case.id}/chronology{asked}")
    looks = [each.record_kind for each in rows(app, AuditEvent) if each.participant_id == case.participant_id]
    assert [each for each in looks if "chronology" in each] == [
        "chronology",
        "chronology sensitive",
        "chronology",
    ]


def test_an_outsider_finds_nothing(client: PageClient, given: Given) -> None:
    with given():
        case, outsider = a_full_case(a_team()), a_team().keyworker
    client.sign_in(outsider)
    client.page(f"/enrolments/{case.id}/chronology", 404)


def test_ones_own_entry_is_undone_from_the_timeline_for_thirty_days(client: PageClient, given: Given) -> None:
    with given():
        team = a_team()
        case = a_full_case(team)
        contact = spoke(team, case, days_ago=1, note="Not what was said")
    client.sign_in(team.keyworker)
    path = f"/enrolments/{case.id}/timeline"
    page = client.page(path)
    entry = page.soup.select_one(f"#contact-{contact.id}")
    assert entry is not None and "Undo" in words(entry)
    form = entry.select_one("form")
    assert form is not None
    tokens = {str(tag["name"]): str(tag["value"]) for tag in form.select("input[type=hidden]")}
    read(client.post(str(form["action"]), data=tokens), 303)
    assert "Not what was said" not in client.page(path).text
    with clock.at(NOW + timedelta(days=29)):
        client.sign_in(team.keyworker)
        assert "Undo" in client.page(path).text
    with clock.at(NOW + timedelta(days=31)):
        client.sign_in(team.keyworker)
        assert "Undo" not in client.page(path).text


def test_somebody_elses_entry_offers_no_undo(client: PageClient, given: Given) -> None:
    with given():
        team = a_team()
        case = a_full_case(team)
    client.sign_in(team.lead)
    assert "Undo" not in client.page(f"/enrolments/{case.id}/timeline").text
