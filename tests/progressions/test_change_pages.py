"""Changes of a step, its evidence and the readiness list, as a browser without script uses them."""

import struct
import zlib
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask

from caseworker.accounts.models import Role
from caseworker.core import clock
from caseworker.core.audit import AuditEvent
from caseworker.core.files import StoredFile
from caseworker.enrolments.models import Enrolment
from caseworker.progressions.models import (
    Progression,
    ProgressionEvidence,
    ProgressionTerms,
    ReadinessItem,
    WorkBreak,
)
from tests.casefile.situations import Team
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT, TODAY
from tests.progressions.test_pages import NOON, _at_noon, a_step, at, case, tap, team, text
from tests.support.builders import a_user
from tests.support.client import Form, PageClient, read
from tests.support.counting import statements
from tests.support.stored import newest, row, rows
from tests.support.throwing import shows_all, throw
from tests.support.unseen import looks_missing

__all__ = ["_at_noon", "case", "team"]

PLACE = b"GPS 51.4816 N 3.1791 W"
EXIF_TURNED = (
    b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00" + PLACE
)


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


PHOTO = (
    b"\xff\xd8" + segment(0xE1, EXIF_TURNED) + segment(0xE0, b"JFIF\x00\x01\x01" + bytes(7))
    + segment(0xFE, PLACE) + segment(0xDA, b"\x01\x01\x00\x00?\x00") + b"picture\xff\x00more" + b"\xff\xd9"
    + b"\xff\xd8" + segment(0xE1, PLACE) + b"\xff\xd9"
)  # fmt: skip


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


PNG = b"\x89PNG\r\n\x1a\n" + b"".join(
    (chunk(b"IHDR", bytes(13)), chunk(b"tEXt", PLACE), chunk(b"IDAT", b"picture"), chunk(b"IEND", b""))
)


@pytest.mark.both_databases
def test_a_pay_rise_is_one_page_and_undone_on_the_spot(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    step = a_step(
        given, team, case, started_on=TODAY - timedelta(days=90), weekly_minutes=960, pay_pence=1221,
        pay_period="hour",
    )  # fmt: skip
    form = client.get_form(at(case, f"/{step.id}/terms"))
    assert (form.data["hours"], form.data["pay"], form.data["pay_period"]) == (["16"], ["12.21"], ["hour"])
    form.fill(from_on="yesterday", hours="20", pay="13")
    assert [client.submit(form).status_code for _ in range(2)] == [303, 303]
    kept = row(app, ProgressionTerms)
    assert (kept.weekly_minutes, kept.pay_pence) == (1200, 1300)
    page = client.page(at(case))
    assert "Usual week 20 hours" in page.text
    assert "from 24 Aug 2026: 16 hours, £12.21 an hour" in page.text
    assert tap(client, page, "/take-back").status_code == 303
    assert row(app, ProgressionTerms).voided_at is not None
    assert "Usual week 16 hours" in client.page(at(case)).text


def test_a_break_and_the_way_back(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    step = a_step(given, team, case, kind="self_employment", started_on=TODAY - timedelta(days=90))
    path = at(case, f"/{step.id}/break")
    wrong = read(client.send(path, from_on="1 9 2026", until_on="31 8 2026"), 422)
    assert list(wrong.problems) == ["until_on"]
    assert client.send(path, from_on="1 9 2026").status_code == 303
    page = client.page(at(case))
    assert "1 Sep 2026 to now" in page.text
    back = client.get_form(page.link("They are back – 1 Sep 2026"))
    stale = client.get_form(page.link("They are back – 1 Sep 2026")).fill(until_on="20 9 2026")
    assert client.submit(back, until_on="9 9 2026").status_code == 303
    page = client.page(at(case))
    assert "1 Sep 2026 to 9 Sep 2026" in page.text
    assert client.submit(stale).status_code == 409
    assert tap(client, page, "/reopen").status_code == 303
    assert row(app, WorkBreak).until_on is None


@pytest.mark.both_databases
def test_a_photo_of_a_payslip_raises_the_evidence_and_tells_no_place(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    step = a_step(given, team, case)
    form = client.get_form(at(case, f"/{step.id}/evidence"))
    assert form.data["level"] == ["official"]
    response = client.submit(form, evidence_file=(BytesIO(PHOTO), "IMG_2041.jpg"))
    assert response.status_code == 303
    assert row(app, Progression).evidence_level == "official"
    assert row(app, ProgressionEvidence).level_before == "self_reported"
    page = client.page(at(case))
    assert "At first: they told us" in page.text
    with_looks = len(rows(app, AuditEvent))
    shown = client.get(page.link("IMG_2041.jpg"))
    assert len(rows(app, AuditEvent)) == with_looks + 1
    assert PLACE not in shown.data
    assert b"picture\xff\x00more\xff\xd9" in shown.data
    assert shown.data.endswith(b"\xff\xd9")
    assert b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in shown.data, "the picture would lie on its side"
    assert b"JFIF" in shown.data
    assert tap(client, page, "/take-back").status_code == 303
    assert row(app, Progression).evidence_level == "self_reported"


def test_a_png_tells_no_place(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    step = a_step(given, team, case)
    client.send(at(case, f"/{step.id}/evidence"), evidence_file=(BytesIO(PNG), "slip.png"))
    shown = client.get(client.page(at(case)).link("slip.png")).data
    assert shown == PNG.replace(chunk(b"tEXt", PLACE), b"")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "x.jpg"),
        (b"MZ\x90\x00", "x.jpg"),
        (PHOTO[:40], "x.jpg"),
        (b"%PDF-1.7 cut short", "x.pdf"),
    ],
)  # fmt: skip
def test_what_is_no_document_is_refused(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment, content: bytes, name: str
) -> None:
    step = a_step(given, team, case)
    sent = client.send(at(case, f"/{step.id}/evidence"), evidence_file=(BytesIO(content), name))
    assert list(read(sent, 422).problems) == ["evidence_file"]
    assert rows(app, StoredFile) == rows(app, ProgressionEvidence) == []


def test_an_administrator_sends_evidence_and_sees_no_notes(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    step = a_step(given, team, case, employer="Brook Bakery")
    with given():
        clerk = a_user(Role.PROGRAMME_ADMINISTRATOR, team.programme, name="Ana Lima")
    client.sign_in(clerk)
    listed = client.page("/people/evidence")
    path = next(str(a["href"]) for a in listed.soup.select("main a") if str(step.id) in str(a["href"]))
    sent = client.send(path, evidence_file=(BytesIO(PHOTO), "slip.jpg"))
    assert sent.headers["Location"] == "/people/evidence"
    assert row(app, Progression).evidence_level == "official"
    listed = client.page("/people/evidence")
    assert str(step.id) not in str(listed.soup.main)
    assert tap(client, listed, "/take-back").status_code == 303
    assert row(app, Progression).evidence_level == "self_reported"
    assert client.get(at(case)).status_code == 404
    for user in (team.tutor, team.keyworker, team.colleague):
        assert looks_missing(
            client, user, case.id, [path, f"/people/{case.id}/evidence/proofs/{step.id}/take-back"]
        )


@pytest.mark.both_databases
def test_readiness_is_one_tap_an_item(app: Flask, client: PageClient, case: Enrolment) -> None:
    path = at(case, "/readiness")
    assert "Nothing asked yet" in client.page(at(case)).text
    form = client.get_form(path)
    other = client.get_form(path)
    form.fill(photo_id="have", cv="need", bank_account="declined")
    assert [client.submit(form).status_code for _ in range(2)] == [303, 303]
    assert len(rows(app, ReadinessItem)) == 3
    assert client.submit(other, email="getting").status_code == 303
    assert len(rows(app, ReadinessItem)) == 4, "what a colleague tapped meanwhile stays"
    page = client.page(at(case))
    assert "1 of 11 there, 1 on the way, 7 not asked" in page.text
    assert "Still needed: CV" in page.text
    form = client.get_form(path)
    assert (form.data["cv"], form.data["references"]) == (["need"], [])
    with clock.at(NOON + timedelta(minutes=5)):
        client.submit(form, cv="have")
        page = client.page(path)
        assert page.text.count("CV – ") == 2
        assert tap(client, page, "/take-back").status_code == 303
    assert client.get_form(path).data["cv"] == ["need"]


@pytest.mark.parametrize("typed", ["nothing", "<script>", "have\x00", "9" * 50_000])
def test_readiness_takes_only_what_is_offered(
    app: Flask, client: PageClient, case: Enrolment, typed: str
) -> None:
    form = client.get_form(at(case, "/readiness"))
    form.data["cv"] = [typed]
    assert list(read(client.post(form.action, data=form.data), 422).problems) == ["cv"]
    form.data["cv"], form.data["seen"] = ["have"], [typed]
    assert client.post(form.action, data=form.data).status_code == 303


def test_hostile_text_in_the_details(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    step = a_step(given, team, case)

    def form() -> Form:
        return client.get_form(at(case, f"/{step.id}/description"))

    cases: list[tuple[dict[str, str], dict[str, Any]]] = []
    for typed in HOSTILE_TEXT[::6]:
        expected = {"employer": text(typed, 160), "job_title": text(typed, 120)}
        cases.append((dict.fromkeys(expected, typed), expected))
    saved, _refused = throw(client, form, cases, lambda: newest(app, Progression))
    assert saved > 50
    shows_all(client, at(case))


@pytest.mark.both_databases
def test_pages_send_few_statements(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    step = a_step(given, team, case)
    client.send(at(case, f"/{step.id}/evidence"), evidence_file=(BytesIO(PHOTO), "slip.jpg"))
    client.send(at(case, f"/{step.id}/terms"), from_on="today", hours="20")
    client.send(at(case, "/readiness"), cv="have")
    for path in (
        at(case),
        at(case, "/readiness"),
        at(case, f"/{step.id}/terms"),
        at(case, f"/{step.id}/evidence"),
    ):
        client.page(path)
        with statements(app) as sent:
            client.page(path)
        assert len(sent) < 15, (path, len(sent))
