"""Documents as a case and a programme's office record, see, use and take them back."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from flask import Flask

from caseworker.accounts.models import Role, User
from caseworker.casefile.unfinished import count_unfinished, list_unfinished
from caseworker.core import clock, values
from caseworker.core.db import db
from caseworker.documents.models import Document, DocumentUse
from caseworker.documents.rules import standing
from caseworker.enrolments.models import Enrolment
from caseworker.intake.models import EligibilityCheck
from caseworker.programmes.models import ProgrammeRule
from tests.casefile.situations import NOW, TODAY, Team, a_team, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_DATES, HOSTILE_TEXT
from tests.core.verdicts import verdict
from tests.support.builders import LONG_AGO, a_user, kept
from tests.support.client import Form, PageClient, read
from tests.support.counting import statements
from tests.support.stored import newest, row, rows
from tests.support.throwing import REFUSED, shows_all, throw
from tests.support.unseen import looks_missing

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def team(given: Given) -> Iterator[Team]:
    with clock.at(NOW):
        with given():
            made = a_team()
        yield made


@pytest.fixture
def office(given: Given, team: Team) -> User:
    with given():
        return a_user(Role.PROGRAMME_ADMINISTRATOR, db.session.merge(team.programme), name="Bea Hall")


@pytest.fixture
def case(given: Given, team: Team, client: PageClient) -> Enrolment:
    with given():
        enrolment = started(team, 300)
    client.sign_in(team.keyworker)
    return enrolment


def at(case: Enrolment, rest: str = "") -> str:
    return f"/enrolments/{case.id}/documents{rest}"


@pytest.mark.parametrize(
    ("seen_on", "expires_on", "expected"),
    [
        (TODAY, None, "holds"),
        (TODAY, TODAY + timedelta(days=29), "holds"),
        (TODAY, TODAY + timedelta(days=28), "soon"),
        (TODAY, TODAY, "soon"),
        (TODAY, TODAY - timedelta(days=1), "expired"),
        (None, None, "not_seen"),
        (None, TODAY - timedelta(days=1), "expired"),
    ],
)
def test_how_a_document_stands(seen_on: date | None, expires_on: date | None, expected: str) -> None:
    assert standing(seen_on, expires_on, TODAY) == expected


@pytest.mark.both_databases
def test_seen_copied_shown_and_taken_back(app: Flask, client: PageClient, case: Enrolment) -> None:
    assert "No documents yet" in client.page(at(case)).text
    response = client.send(
        at(case, "/new"), kind="benefit_letter", expires_on="31/12/26", note="Brought by hand",
        copy=(BytesIO(PDF), "letter.pdf"),
    )  # fmt: skip
    assert (response.status_code, response.headers["Location"]) == (303, at(case))
    made = row(app, Document)
    assert (made.original_seen_on, made.expires_on, made.note) == (
        TODAY,
        date(2026, 12, 31),
        "Brought by hand",
    )
    page = client.page(at(case))
    for said in (
        "Benefit award letter",
        "seen on 20 Nov 2026 by Priya Shah",
        "31 Dec 2026",
        "Brought by hand",
    ):
        assert said in page.text, said
    got = client.get(at(case, f"/{made.id}/file"))
    assert (got.data, got.mimetype) == (PDF, "application/pdf")
    assert "attachment" in got.headers["Content-Disposition"]
    assert "letter" not in got.headers["Content-Disposition"]
    timeline = client.page(f"/enrolments/{case.id}/timeline?kind=paper").text
    assert "Document" in timeline
    assert "holds until 31 Dec 2026" in timeline
    client.post(at(case, f"/{made.id}/take-back"), data=client.get_form(at(case, "/new")).data)
    assert row(app, Document).voided_at is not None
    assert "No documents yet" in client.page(at(case)).text
    assert client.get(at(case, f"/{made.id}/file")).status_code == 404


def test_a_copy_is_no_original(app: Flask, client: PageClient, case: Enrolment) -> None:
    page = read(client.send(at(case, "/new"), kind="passport", seen_on=""), 422)
    assert page.problems == {"seen_on": "Enter the day you saw the original, or add a copy"}
    client.send(at(case, "/new"), kind="passport", seen_on="", copy=(BytesIO(PDF), "p.pdf"))
    made = row(app, Document)
    assert (made.original_seen_on, made.original_seen_by_id) == (None, None)
    assert "Copy only: original not seen" in client.page(at(case)).text
    first, second = (client.get_form(at(case, f"/{made.id}/original")) for _ in range(2))
    assert client.submit(first, seen_on="20/11/26").status_code == 303
    assert client.submit(second, seen_on="19/11/26").status_code == 409
    assert row(app, Document).original_seen_on == TODAY


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"seen_on": "21/11/26"}, "seen_on"),
        ({"issued_on": "21/11/26"}, "issued_on"),
        ({"issued_on": "1/11/26", "expires_on": "31/10/26"}, "expires_on"),
        ({"kind": ""}, "kind"),
    ],
)
def test_days_out_of_order_are_refused(
    app: Flask, client: PageClient, case: Enrolment, typed: dict[str, str], field: str
) -> None:
    page = read(client.send(at(case, "/new"), **{"kind": "passport"} | typed), 422)
    assert list(page.problems) == [field]
    assert rows(app, Document) == []


def test_a_second_send_records_once(app: Flask, client: PageClient, case: Enrolment) -> None:
    form = client.get_form(at(case, "/new")).fill(kind="passport")
    assert [client.submit(form).status_code for _ in range(3)] == [303] * 3
    assert len(rows(app, Document)) == 1


def test_hostile_text_and_days(app: Flask, client: PageClient, case: Enrolment) -> None:
    def form() -> Form:
        return client.get_form(at(case, "/new")).fill(kind="other")

    cases = []
    for typed in HOSTILE_TEXT[::8]:
        note = verdict(values.note, typed, values.NOTE, "the note")
        blank = values.is_blank(values.showable(typed))
        cases.append(({"note": typed}, {"note": None if blank else note if note is not None else REFUSED}))
    for typed, parsed in HOSTILE_DATES[::8]:
        if not values.is_blank(typed):
            cases.append(({"expires_on": typed}, {"expires_on": REFUSED if parsed is None else parsed}))
    saved, refused = throw(client, form, cases, lambda: newest(app, Document))
    assert saved > 30
    assert refused > 5
    shows_all(client, at(case))


def test_the_office_sees_papers_but_none_about_health(
    app: Flask, client: PageClient, case: Enrolment, office: User
) -> None:
    for kind in ("fit_note", "passport"):
        client.send(at(case, "/new"), kind=kind, note="canary of a note")
    health = next(each for each in rows(app, Document) if each.kind == "fit_note")
    client.sign_in(office)
    place = f"/people/{case.id}/documents"
    page = client.page(place)
    assert "Passport" in page.text
    for hidden in ("Fit note", "canary"):
        assert hidden not in str(page.soup)
    assert "fit_note" not in str(client.page(f"{place}/new").soup)
    for rest in ("file", "original", "copy"):
        assert client.get(f"{place}/{health.id}/{rest}").status_code == 404
    form = client.get_form(f"{place}/new")
    page = read(client.post(form.action, data=form.data | {"kind": ["fit_note"]}), 422)
    assert list(page.problems) == ["kind"]
    slipped = form.data | {"kind": ["address_proof"], "note": ["slipped in"]}
    assert client.post(form.action, data=slipped).status_code == 303
    made = next(each for each in rows(app, Document) if each.kind == "address_proof")
    assert (made.note, made.entered_by_id) == (None, office.id)
    assert client.get(at(case)).status_code == 404


@pytest.mark.both_databases
def test_a_document_is_evidence_of_a_criterion(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    with given():
        kept(
            ProgrammeRule(
                programme_id=team.programme.id, kind="eligibility", code="on_benefits", label="On benefits",
                settings={"question": "Do they get one?", "evidence": ["Award letter"], "valid_days": 90},
                source="Made up for a test", from_on=LONG_AGO,
            )
        )  # fmt: skip
    client.send(at(case, "/new"), kind="benefit_letter", expires_on="1/12/26")
    paper = row(app, Document)
    path = f"/enrolments/{case.id}/eligibility"
    client.send(f"{path}/on_benefits", answer="met", document=paper.id)
    check = row(app, EligibilityCheck)
    assert (check.evidence, check.seen_on) == ("Benefit award letter", TODAY)
    assert check.valid_until_on == date(2026, 12, 1)
    assert (row(app, DocumentUse).document_id, row(app, DocumentUse).about_id) == (paper.id, check.id)
    assert "holds until 1 Dec 2026" in client.page(path).text


@pytest.mark.both_databases
def test_what_runs_out_is_on_home_until_it_is_renewed(
    app: Flask, client: PageClient, team: Team, case: Enrolment
) -> None:
    def waiting() -> list[UUID]:
        with app.app_context():
            keyworker = db.session.merge(team.keyworker)
            listed = list_unfinished(keyworker, "document")
            assert count_unfinished(keyworker)["document"] == len(listed)
            return [line.enrolment_id for line in listed]

    client.send(at(case, "/new"), kind="share_code", expires_on="1/3/27")
    assert waiting() == []
    client.send(at(case, "/new"), kind="passport", expires_on="1/12/26")
    assert waiting() == [case.id]
    assert "Documents running out" in client.page("/").text
    assert "Passport" in client.page("/unfinished?show=document").text
    client.send(at(case, "/new"), kind="passport", expires_on="1/11/36")
    assert waiting() == []


def test_others_see_nothing(
    client: PageClient, app: Flask, given: Given, team: Team, case: Enrolment
) -> None:
    client.send(at(case, "/new"), kind="passport")
    key = row(app, Document).id
    with given():
        outsider = a_team(code="elsewhere")
    paths = [at(case), at(case, "/new"), at(case, f"/{key}/file"), at(case, f"/{key}/take-back")]
    for user in (outsider.keyworker, team.tutor):
        assert looks_missing(client, user, case.id, paths) == len(paths)


@pytest.mark.both_databases
def test_statements_do_not_grow(app: Flask, client: PageClient, case: Enrolment) -> None:
    found = set()
    for _ in range(2):
        for _ in range(4):
            client.send(at(case, "/new"), kind="passport")
        client.page(at(case))
        with statements(app) as sent:
            client.page(at(case))
        found.add(len(sent))
    assert len(found) == 1, found
    assert max(found) < 15
