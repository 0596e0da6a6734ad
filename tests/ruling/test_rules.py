"""A programme's rules on their pages: written, dated, taken back; what is due follows."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from caseworker.accounts.models import Role, User
from caseworker.casefile.rebuild import rebuild
from caseworker.contacts.rules import read_ladder
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.enrolments.heard import Minimum
from caseworker.enrolments.models import DueItem
from caseworker.intake.eligible import Criterion
from caseworker.programmes.models import Organisation, ProgrammeRule
from caseworker.progressions.jobs import Journey
from caseworker.progressions.sustained import sustained
from caseworker.ruling.kinds import KINDS
from tests.casefile.situations import NOW, Team, a_team, spoke, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.support.builders import LONG_AGO, a_user
from tests.support.client import PageClient, form_on, read
from tests.support.counting import statements
from tests.support.page import Page
from tests.support.stored import rows

UNSENDABLE = re.compile("[\x7f-\x9f\ud800-\udfff]")
SOURCE = "Contract, 1 November 2026"
CLOCK = {"contact_days": "14", "plan_working_days": "5", "review_days": "42"}
WEEKS = {"name": "26 weeks in work", "weeks": "26", "gap_days": "14"}


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def team(given: Given) -> Team:
    with given():
        return a_team(name="Step Forward")


@pytest.fixture
def lead(client: PageClient, team: Team) -> User:
    client.sign_in(team.lead)
    return team.lead


def at(team: Team, rest: str = "") -> str:
    return f"/programmes/{team.programme.code}/rules{rest}"


def write(client: PageClient, path: str, **fields: Any) -> None:
    answer = client.send(path, source=SOURCE, **fields)
    assert answer.status_code == 303, read(answer, 422).problems


def kept(app: Flask, kind: str) -> list[Any]:
    found = [each for each in rows(app, ProgrammeRule) if each.kind == kind and each.voided_at is None]
    return sorted(found, key=lambda each: (each.from_on, each.code))


def section(page: Page, kind: str) -> str:
    card = page.soup.select_one(f"#{kind}")
    assert card is not None
    return " ".join(card.get_text(" ").split())


def contact_dues(app: Flask) -> list[date]:
    with app.app_context():
        return sorted(db.session.scalars(select(DueItem.due_on).where(DueItem.kind == "contact")))


@pytest.mark.both_databases
def test_a_new_version_ends_the_old_and_moves_what_is_due(
    app: Flask, client: PageClient, given: Given, team: Team
) -> None:
    with given():
        case = started(team, 10)
        spoke(team, case, 4)
    client.sign_in(team.lead)
    assert contact_dues(app) == [date(2026, 12, 14)]
    page = client.page(at(team))
    assert "Spoken with at least every 28 days" in section(page, "review_clock")
    form = client.get_form(page.link("Write a new version – Review clock"))
    # The count began on the 16th: a version from the 17th leaves it alone.
    told = read(client.submit(form, "See what changes", source=SOURCE, from_on="17 11 2026", **CLOCK))
    assert "Nothing that is due or counted today changes" in told.text
    told = read(client.submit(form_on(told), "See what changes", from_on="16 11 2026"))
    assert "1 next contact moves" in told.text
    assert contact_dues(app) == [date(2026, 12, 14)]
    assert len(rows(app, ProgrammeRule)) == 1
    assert client.submit(form_on(told)).status_code == 303
    assert contact_dues(app) == [date(2026, 11, 30)]
    old, new = kept(app, "review_clock")
    assert (old.until_on, new.from_on, new.until_on) == (date(2026, 11, 15), date(2026, 11, 16), None)
    assert (old.settings["contact_days"], new.code) == (28, old.code)
    with given():
        assert rebuild().dues_mended == 0
    page = client.page(at(team))
    assert "Earlier versions" in section(page, "review_clock")
    assert "Entered by Morgan Bell" in section(page, "review_clock")
    # Taken back, and entered once more for the same day.
    answer = client.send(at(team, f"/{new.id}/take-back"), reason="decided_otherwise")
    assert answer.status_code == 303
    assert contact_dues(app) == [date(2026, 12, 14)]
    assert "It was decided otherwise".lower() in section(client.page(at(team)), "review_clock")
    (old,) = kept(app, "review_clock")
    assert old.until_on is None
    write(client, at(team, f"/{old.id}/next"), from_on="16 11 2026", **CLOCK)
    assert contact_dues(app) == [date(2026, 11, 30)]


def test_what_is_not_set_is_said(client: PageClient, team: Team, lead: User) -> None:
    page = client.page(at(team))
    for kind in KINDS:
        if kind.kind != "review_clock":
            assert str(kind.not_set) in section(page, kind.kind)
    assert client.page("/rules").link("Step Forward") == at(team)


# For each form: what is typed, and what the pure rule of its kind makes of what was kept.
WRITTEN: list[tuple[str, str, dict[str, Any]]] = [
    ("least-contact", "minimum_contact", {"every_days": "7", "channels": ["face_to_face", "video"]}),
    ("ladder", "contact_ladder", {
        "channel_1": "telephone", "words_1": "At another time of day", "channel_2": "text", "after_2": "2",
        "channel_4": "lead", "after_4": "5",
    }),
    ("criterion", "eligibility", {
        "name": "Lives here", "question": "Do they live here?", "valid_days": "90",
        "evidence": "Council tax bill\n\n Tenancy   agreement\nCouncil tax bill",
    }),
    ("equality", "equality", {"questions": ["religion", "pregnancy"]}),
    ("wording", "message_wording", {
        "wording_code": "call_me", "wording": "Hello {name}, please ring {worker}.",
    }),
    ("goal-words", "plan_words", {"relevant": "Realistic"}),
    ("into-work", "into_work", {}),
    ("weeks", "sustained", WEEKS | {"self_employment": "own", "own_weeks": "20", "own_gap_days": "7"}),
    ("days", "sustained", {"name": "182 days", "days": "182", "window_days": "365"}),
    ("earnings", "sustained", {"name": "Earned enough", "hours": "16.5", "weeks": "26"}),
    ("hours", "sustained", {"name": "16 hours", "hours": "16", "weeks": "26", "of_weeks": "32"}),
    ("point", "sustained", {"name": "In work after six months", "months": "6", "from": "exit"}),
    ("event", "sustained", {"name": "A job", "progression_kinds": ["paid_work"]}),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "kind", "typed"), WRITTEN, ids=[each[0] for each in WRITTEN])
def test_each_kind_is_written_read_by_its_rule_and_written_again(
    app: Flask, client: PageClient, team: Team, lead: User, slug: str, kind: str, typed: dict[str, Any]
) -> None:
    write(client, at(team, f"/new/{slug}"), **typed)
    (rule,) = kept(app, kind)
    assert (rule.from_on, rule.source, rule.entered_by_id) == (NOW.date(), SOURCE, lead.id)
    read_by_its_rule(kind, rule)
    # Its next version opens with what it says now, and keeps it.
    write(client, at(team, f"/{rule.id}/next"), from_on="1 12 2026")
    old, new = kept(app, kind)
    assert (new.settings, new.label, new.code) == (old.settings, old.label, old.code)
    assert old.until_on == date(2026, 11, 30)
    said = section(client.page(at(team)), kind)
    assert "To come" in said
    client.send(at(team, f"/{new.id}/take-back"), reason="other")
    assert [each.until_on for each in kept(app, kind)] == [None]


def read_by_its_rule(kind: str, rule: Any) -> None:
    settings = rule.settings
    if kind == "minimum_contact":
        assert Minimum.read(settings) == Minimum(7, frozenset({"face_to_face", "video"}))
    elif kind == "contact_ladder":
        steps = read_ladder(settings)
        assert [(each.channel, each.after_days) for each in steps] == [
            ("telephone", 0),
            ("text", 2),
            ("lead", 5),
        ]
    elif kind == "eligibility":
        found = Criterion.read(rule.code, rule.label, settings)
        assert found.evidence == ("Council tax bill", "Tenancy agreement")
        assert (found.label, found.valid_days, rule.code) == ("Lives here", 90, "eligibility_lives_here")
    elif kind == "sustained":
        nobody = Journey(started_on=LONG_AGO, status_at_start="11", jobs=(), exited_on=LONG_AGO)
        sustained(nobody, settings)
    else:
        assert settings is not None


def test_weeks_without_more_have_the_name_reports_know(
    app: Flask, client: PageClient, team: Team, lead: User
) -> None:
    write(client, at(team, "/new/weeks"), **WEEKS)
    (rule,) = kept(app, "sustained")
    assert rule.code == "sustained_26_weeks"
    assert rule.settings == {"kind": "continuous_weeks", "weeks": 26, "gap_days": 14}
    twice = read(client.send(at(team, "/new/weeks"), source=SOURCE, **WEEKS), 422)
    assert "There is such a rule already" in twice.text


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("least-contact", {"every_days": "0"}, "every_days"),
    ("ladder", {}, "channel_1"),
    ("ladder", {"channel_1": "lead", "channel_2": "text", "after_2": "1"}, "channel_2"),
    ("ladder", {"channel_1": "text", "channel_2": "letter"}, "after_2"),
    ("ladder", {"channel_1": "text", "words_2": "Say hello"}, "channel_2"),
    ("criterion", {"name": "A", "question": "B?", "evidence": "x" * 41}, "evidence"),
    ("criterion", {"name": "A", "question": "B?", "evidence": "\n".join("abcdefghi")}, "evidence"),
    ("equality", {}, "questions"),
    ("wording", {"wording_code": "call_me", "wording": "Hello {surname}"}, "wording"),
    ("wording", {"wording_code": "call_me", "wording": "Hello {name.__class__}"}, "wording"),
    ("wording", {"wording_code": "call_me", "wording": "Hello {name!r}"}, "wording"),
    ("wording", {"wording_code": "call_me", "wording": "Hello {name"}, "wording"),
    ("wording", {"wording_code": "call_me", "wording": "See you on {day}"}, "wording"),
    ("wording", {"wording_code": "call_me", "wording": "It is STEP FORWARD here"}, "wording"),
    ("goal-words", {}, "specific"),
    ("weeks", WEEKS | {"self_employment": "own"}, "own_weeks"),
    ("days", {"name": "A", "days": "100", "window_days": "90"}, "window_days"),
    ("hours", {"name": "A", "hours": "16", "weeks": "26", "of_weeks": "25"}, "of_weeks"),
    ("into-work", {"from_on": "31 12 2019"}, "from_on"),
    ("into-work", {"from_on": "1 1 2040"}, "from_on"),
]


def test_what_cannot_be_a_rule_is_refused_at_its_field(
    app: Flask, client: PageClient, team: Team, lead: User
) -> None:
    for slug, typed, field in WRONG:
        page = read(client.send(at(team, f"/new/{slug}"), source=SOURCE, **typed), 422)
        assert set(page.problems) == {field}, (slug, typed)
    assert len(rows(app, ProgrammeRule)) == 1


def test_a_day_that_is_taken_and_a_rule_that_has_its_end(
    app: Flask, client: PageClient, team: Team, lead: User
) -> None:
    (clock_rule,) = kept(app, "review_clock")
    path = at(team, f"/{clock_rule.id}/next")
    page = read(client.send(path, source=SOURCE, from_on="1 1 2020"), 422)
    assert set(page.problems) == {"from_on"}
    assert client.send(at(team, f"/{clock_rule.id}/end"), until_on="30 11 2026").status_code == 303
    (clock_rule,) = kept(app, "review_clock")
    assert clock_rule.until_on == date(2026, 11, 30)
    assert "To come" not in section(client.page(at(team)), "review_clock")
    # A version inside the time that is left ends with it.
    write(client, path, from_on="25 11 2026")
    assert [each.until_on for each in kept(app, "review_clock")] == [date(2026, 11, 24), date(2026, 11, 30)]


def test_a_colleague_who_was_quicker_is_a_conflict_and_a_double_click_writes_once(
    app: Flask, client: PageClient, team: Team, lead: User
) -> None:
    (clock_rule,) = kept(app, "review_clock")
    path = at(team, f"/{clock_rule.id}/next")
    stale = client.get_form(path)
    form = client.get_form(path).fill(source=SOURCE, from_on="1 12 2026")
    assert [client.submit(form).status_code for _ in range(2)] == [303, 303]
    assert len(kept(app, "review_clock")) == 2
    assert client.submit(stale, source=SOURCE, from_on="2 12 2026").status_code == 409


def test_hostile_words_are_kept_or_refused_and_never_break_the_page(
    app: Flask, client: PageClient, team: Team, lead: User
) -> None:
    # No form carries half a character; a page parsed strictly takes no C1 control, which is shown again.
    sendable = [typed for typed in HOSTILE_TEXT if not UNSENDABLE.search(typed)]
    for typed in sendable[::9]:
        said = {"name": typed, "question": typed, "evidence": typed}
        assert client.send(at(team, "/new/criterion"), source=typed, **said).status_code in (303, 422)
        said = {"wording_code": "call_me", "wording": typed}
        assert client.send(at(team, "/new/wording"), source=SOURCE, **said).status_code in (303, 422)
    client.page(at(team))
    assert kept(app, "eligibility")


def test_only_the_lead_of_the_programme_and_an_administrator_of_the_organisation(
    client: PageClient, given: Given, team: Team
) -> None:
    with given():
        other = a_team()
        organisation = db.session.get(Organisation, team.programme.organisation_id)
        above = a_user(Role.ADMINISTRATOR, organisation=organisation)
    for user in (other.lead, team.keyworker, team.tutor):
        client.sign_in(user)
        for rest in ("", "/new/clock", "/new/ladder"):
            client.page(at(team, rest), 404)
    client.sign_in(above)
    assert client.page("/").link("Step Forward") == at(team)
    client.page(at(team))
    client.page(at(other), 404)
    client.page(at(team, "/new/nothing"), 404)


def test_few_queries_however_many_rules(app: Flask, client: PageClient, team: Team, lead: User) -> None:
    with statements(app) as before:
        client.page(at(team))
    for number in range(4):
        write(client, at(team, "/new/criterion"), name=f"Rule {number}", question="Is it?")
    with statements(app) as after:
        client.page(at(team))
    assert len(after) == len(before) < 15


def test_a_programmes_own_wording_and_questions_are_used(
    client: PageClient, given: Given, team: Team, lead: User
) -> None:
    words = {"wording_code": "call_me", "wording": "Hello {name}, ring {worker} on a bright day."}
    write(client, at(team, "/new/wording"), **words)
    write(client, at(team, "/new/equality"), questions=["religion"])
    with given():
        case = started(team)
        known_as = case.participant.known_as
    client.sign_in(team.keyworker)
    assert (
        f"Hello {known_as}, ring Priya on a bright day."
        in client.page(f"/enrolments/{case.id}/contacts/text").text
    )
    asked = client.page(f"/enrolments/{case.id}/equality").text
    assert "What is your religion?" in asked
    assert "sexual orientation" not in asked
