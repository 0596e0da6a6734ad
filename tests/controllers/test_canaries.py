"""Who may not see a concern, a restricted record, whom somebody is kept apart from, a paper about health or
what an entry said before it was moved never does.

A row is planted in every table for one restricted person, and for one whom everybody on the programme may
see and about whom there is a concern and somebody to be kept apart from. Then every role asks for every
address, with the keys of those rows and with keys that do not belong together, follows links, searches, and
sends every form that would change something. What comes back, files opened, holds none of the words planted,
nor does the cookie or the log, and no row of the restricted person is another.
"""

import io
import re
import secrets
import zipfile
from collections import Counter, deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urldefrag, urljoin
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import Table, select
from sqlalchemy.exc import IntegrityError
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from caseworker.accounts.models import Role, User
from caseworker.accounts.permissions import ROLE_PERMISSIONS
from caseworker.contacts.rules import ContactDetails
from caseworker.contacts.services import record_contact
from caseworker.core.clock import now, today
from caseworker.core.codes import codes
from caseworker.core.db import db
from caseworker.core.ids import new_id
from caseworker.core.sealing import seal
from caseworker.courses.models import Course
from caseworker.documents.models import Document
from caseworker.enrolments.models import Enrolment
from caseworker.models import metadata
from caseworker.outcomes.queries import outcomes_of
from caseworker.outcomes.subjects import of_programme
from caseworker.participants.belonging import key_of, ways
from caseworker.participants.models import Participant, Scope
from caseworker.participants.services import open_access
from caseworker.programmes.models import Programme
from caseworker.retention.models import Erasure
from caseworker.rights.moving import move_entry
from caseworker.safeguarding.leads import Belongs
from caseworker.safeguarding.models import Concern
from caseworker.safeguarding.services import Seen, raise_concern
from caseworker.visits.models import Visit
from tests.conftest import Given
from tests.support.builders import LONG_AGO, a_participant, a_user, an_enrolment, grant_role
from tests.support.client import PageClient
from tests.support.crawl import endpoint_of
from tests.support.everything import Made, a_row_in_every_table
from tests.support.unseen import TOKENS

FORGERY = re.compile(rb'name="csrf-token" content="([^"]*)"')
LINK = re.compile(r'<a [^>]*?href="([^"#][^"]*)"')
CODED = re.compile(r"[Cc]ode list ([a-z_0-9]+)")
# Left out: signing out would end the asking; readiness asks the migrations, not the rows.
LEFT_OUT = frozenset({"accounts.sign_out", "account.sign_out_everywhere", "static", "health.ready"})
NAME, MOVED, HEALTH, OF_THE_LEAD = "Canaryname", "Canarymoved", "Canaryhealth", "Canarylead"
CONCERNS = re.compile(r"concern(?:_step)?\.[a-z_]+ of ")
APART = re.compile(r"keep_apart\.[a-z_]+ of ")
# Tables that rows of people hang on, and that are of nobody.
HUNG_ON = frozenset({
    "agency", "caseload_import", "course", "course_session", "employer", "event", "handover", "survey",
    "survey_statement",
})  # fmt: skip
# Whose work on a restricted record is theirs: rights, keeping, concerns, a class.
WHO_MAY_WRITE = frozenset({Role.DATA_PROTECTION, Role.ADMINISTRATOR, Role.SAFEGUARDING_LEAD, Role.TUTOR})
CASEWORK = (Role.KEYWORKER, Role.LEAD)


@dataclass(frozen=True)
class Planted:
    """The rows of the restricted person and of the one everybody sees, and a programme they are on."""

    hidden: Made
    seen: Made
    hidden_case: UUID
    seen_case: UUID
    other_reference: str
    keyworker_id: UUID


class Browser(FlaskClient):
    """A browser that only asks: what pages look like is for other tests, and takes long."""

    def sign_in(self, user: User) -> None:
        PageClient.sign_in(self, user)  # type: ignore[arg-type]


@pytest.fixture
def planted(app: Flask, given: Given) -> Planted:
    with given():
        case = an_enrolment()
        programme, seen = case.programme, case.participant
        keyworker = a_user(Role.KEYWORKER, programme)
        restricted = an_enrolment(programme, keyworker=keyworker)
        hidden, other = restricted.participant, a_participant(organisation_id=programme.organisation_id)
        hidden.restricted = other.restricted = True
        hidden.given_name = hidden.preferred_name = NAME
        made = Planted(
            hidden=_rows_of(hidden, programme),
            seen=a_row_in_every_table(
                seen, other, {"concern", "concern_step", "keep_apart", "concern_reader"}
            ),
            hidden_case=restricted.id,
            seen_case=case.id,
            other_reference=other.reference,
            keyworker_id=keyworker.id,
        )
        db.session.get_one(Enrolment, made.hidden.keys["enrolment"]).programme_id = programme.id
        visit = db.session.get_one(Visit, made.hidden.keys["visit"])
        visit.visitor_id, visit.back_at = keyworker.id, None
        visit.out_at, visit.expected_back_at = now(), now() + timedelta(hours=1)
        for rows in (made.hidden, made.seen):
            _with_codes(rows)
        made.seen.keys["document"] = _health_paper(case)
        proposal = db.session.get_one(Erasure, made.hidden.keys["erasure"])
        proposal.state, made.hidden.keys["together"] = "proposed", proposal.together_id
        db.session.flush()
        db.session.expire_all()
        made.seen.keys["moved_entry"] = _moved_from(case, restricted, keyworker)
    return made


def _rows_of(person: Participant, programme: Programme) -> Made:
    """A row in every table for somebody. What it hangs on is not theirs and says nothing of them."""
    of_people = {table for table, way in ways().items() if way}
    made = a_row_in_every_table(person, only=of_people | HUNG_ON)
    assert made.failed == {}
    for name in HUNG_ON:
        table = metadata.tables[name]
        row = key_of(table) == made.keys[name]
        held = db.session.execute(select(table).where(row)).one()._mapping
        plain: dict[str, Any] = {
            column: seal(b"plain", name, made.keys[name], column) if isinstance(value, bytes) else "plain"
            for column, value in held.items()
            if isinstance(value, bytes) or (isinstance(value, str) and person.reference in value)
        }
        db.session.execute(table.update().where(row).values(plain | _of_programme(table, programme)))
    return made


def _of_programme(table: Table, programme: Programme) -> dict[str, Any]:
    read_in = {"state": "done", "sheet_sealed": None} if table.name == "caseload_import" else {}
    return read_in | ({"programme_id": programme.id} if "programme_id" in table.c else {})


def _health_paper(case: Enrolment) -> UUID:
    kind = next(row.code for row in codes("document_kind") if row.extras["shows"] == "health")
    paper = Document(enrolment=case, kind=kind)
    paper.note = HEALTH
    db.session.add(paper)
    return paper.id


def _moved_from(case: Enrolment, to: Enrolment, by: User) -> UUID:
    """What was written on the person everybody sees, and is the restricted person's."""
    details = ContactDetails(
        happened_at=now(), channel="telephone", direction="out", result="spoke", note=MOVED
    )
    written = record_contact(case, details, recorded_by=by, now=now())
    return move_entry("contact", written, to, by=by, now=now(), today=today()).id


def _with_codes(made: Made) -> None:
    """A code of its list where a column holds none: pages look its words up."""
    for name in made.keys.keys() & metadata.tables.keys() - {"participant", "programme", "user"}:
        table = metadata.tables[name]
        its_row = key_of(table) == made.keys[name]
        held = db.session.execute(select(table).where(its_row)).one()._mapping
        mended = {
            column.name: codes(found[1])[0].code
            for column in table.columns
            if (found := CODED.search(column.comment or "")) and held[column.name] is not None
            if held[column.name] not in {each.code for each in codes(found[1])}
        }
        for column, code in mended.items():
            with suppress(IntegrityError), db.session.begin_nested():
                db.session.execute(table.update().where(its_row).values({column: code}))


def asks(given: Given, planted: Planted, role: Role) -> User:
    """Somebody with a role on the programme, who sees the other person by name where the role has cases,
    and about whom there is a concern."""
    with given():
        case = db.session.get_one(Enrolment, planted.seen_case)
        user = a_user(role, case.programme)
        if role in CASEWORK:
            case.keyworker_id = user.id
            open_access(
                planted.seen.person.id, scope=Scope.CASE, why="keyworker", because_id=planted.seen_case,
                user_id=user.id, from_on=LONG_AGO,
            )  # fmt: skip
        if role is Role.TUTOR:
            db.session.get_one(Course, planted.hidden.keys["course"]).tutor_id = user.id
        where = Belongs(case.programme.organisation_id, case.programme_id, None, user.id)
        raise_concern(Seen(OF_THE_LEAD, today()), where, by=a_user(), now=now())
    return user


def said(response: TestResponse) -> str:
    """Everything an answer holds: headers, text, and what is inside a PDF or an archive."""
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers)
    return f"{headers}\n{_opened(response.get_data(), response.mimetype or '')}"


def _opened(body: bytes, kind: str) -> str:
    if kind == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    if body[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "\n".join(_opened(archive.read(name), "") for name in archive.namelist())
    return body.decode("utf-8", "replace")


def leaked(text: str, planted: Planted, role: Role | None = None, endpoint: str = "") -> list[str]:
    """What of the words planted is in a text and should not be, for somebody of this role."""
    room = endpoint.split(".")[0]
    words = {NAME, MOVED, HEALTH, OF_THE_LEAD, planted.hidden.person.reference, planted.other_reference}
    if role is Role.DATA_PROTECTION:
        words -= {MOVED, HEALTH, planted.hidden.person.reference, planted.other_reference}
        words -= {NAME} if room in {"rights", "rights_answers", "moving"} else set()
    if role is Role.SAFEGUARDING_LEAD and room == "safeguarding":
        words -= {NAME, planted.hidden.person.reference}
    if role is Role.TUTOR and room == "courses":
        words -= {planted.hidden.person.reference}  # a roll has everybody on it, or its counts were wrong
    if role in CASEWORK:
        words -= {HEALTH}
    found = [word for word in sorted(words) if word in text]
    if role is not Role.SAFEGUARDING_LEAD:
        found += CONCERNS.findall(text)
    if role is not Role.LEAD:
        found += APART.findall(text)
    return found


def addresses(app: Flask, keys: Mapping[str, Any], method: str, least: int = 0) -> list[tuple[str, str]]:
    """(endpoint, address) of every one that takes a method and at least so many arguments."""
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if method not in (rule.methods or ()) or rule.endpoint in LEFT_OUT:
                continue
            if len(rule.arguments) >= least:
                built = rule.build({name: _value(rule, name, keys) for name in rule.arguments})
                assert built is not None
                found.append((rule.endpoint, built[1]))
    return found


def opened_by(app: Flask, role: Role) -> set[str]:
    """The views of a role and of everybody; that the others are shut is shown for each role and route
    elsewhere."""
    held = ROLE_PERMISSIONS[role] | {None}
    return {name for name, view in app.view_functions.items() if getattr(view, "permission", None) in held}


def _value(rule: Rule, name: str, keys: Mapping[str, Any]) -> Any:
    kind = type(rule._converters[name]).__name__
    if kind == "UUIDConverter":
        return keys.get(name) or keys.get(name.removesuffix("_id")) or _like(name, keys) or new_id()
    return {"IntegerConverter": 1, "DateConverter": "2026-11-02"}.get(kind, keys.get(name, "nothing"))


def _like(name: str, keys: Mapping[str, Any]) -> Any:
    """The key of the table whose name ends, or begins, as the argument does: `check_id`, `version_id`."""
    stem = name.removesuffix("_id")
    return next((key for table, key in keys.items() if table.endswith(stem) or table.startswith(stem)), None)


def sweeps(planted: Planted) -> Iterator[tuple[Mapping[str, Any], int]]:
    """Keys to ask with, and of how many arguments: the restricted person's; the other's; and theirs below a
    case or a person that is open."""
    hidden, seen = planted.hidden, planted.seen
    theirs = hidden.keys | _named_otherwise(hidden)
    yield theirs | {"participant_id": hidden.person.id, "person_id": hidden.person.id}, 0
    here = {"enrolment_id": planted.seen_case, "participant_id": seen.person.id, "person_id": seen.person.id}
    yield seen.keys | _named_otherwise(seen) | here, 1
    yield theirs | here, 2


def _named_otherwise(made: Made) -> dict[str, Any]:
    """Arguments that are not called by their table."""
    return {"kind": "contact", "key": made.keys.get("contact"), "pair_id": made.keys.get("keep_apart")}


def versions(planted: Planted) -> dict[str, Any]:
    """How often each row of the restricted person was written."""
    found = {}
    for name in planted.hidden.keys.keys() & metadata.tables.keys() - HUNG_ON:
        table = metadata.tables[name]
        if "version" in table.c:
            row = select(table.c.version).where(key_of(table) == planted.hidden.keys[name])
            found[name] = db.session.scalar(row)
    return found


def check(browser: Browser, response: TestResponse, planted: Planted, role: Role | None, where: str) -> str:
    """Nothing planted is in an answer, nor in the cookie that comes with it; the page, if it is one."""
    asked = f"{role} {response.request.method} {response.request.path} {where}"
    assert response.status_code < 500, asked
    text = said(response)
    assert leaked(text, planted, role, where) == [], asked
    if response.status_code == 303:
        with browser.session_transaction() as kept:
            assert leaked(str(dict(kept)), planted, role, where) == [], asked
    return text if response.mimetype == "text/html" else ""


def follow_links(app: Flask, browser: Browser, planted: Planted, role: Role, opened: dict[str, str]) -> int:
    """Every page that links lead to from the first one on, one of each kind; how many. `opened` were read."""
    waiting, known, counts = deque(["/"]), {"/"}, Counter[str]()
    while waiting:
        path = waiting.popleft()
        endpoint = endpoint_of(app, path) or "static"
        counts[endpoint] += 1
        if endpoint in LEFT_OUT or counts[endpoint] > 1:
            continue
        if path not in opened:
            response = browser.get(path, follow_redirects=True)
            opened[path] = check(browser, response, planted, role, endpoint)
        for href in LINK.findall(opened[path]):
            link = urldefrag(urljoin(path, href.replace("&amp;", "&"))).url
            if link.startswith("/") and link not in known:
                known.add(link)
                waiting.append(link)
    return len(counts)


def sent(browser: Browser) -> dict[str, str]:
    """What every form carries: as good as any page of ours would have sent it."""
    forgery = FORGERY.search(browser.get("/account").data)
    assert forgery is not None
    return {"csrf_token": forgery[1].decode(), "post_token": secrets.token_urlsafe(32), "record_version": "1"}


@pytest.mark.parametrize("role", list(Role))
def test_nobody_finds_what_was_planted(
    app: Flask, given: Given, planted: Planted, role: Role, caplog: pytest.LogCaptureFixture
) -> None:
    browser = Browser(app)
    browser.sign_in(asks(given, planted, role))
    with app.app_context():
        before = versions(planted)
    theirs, opened = opened_by(app, role), dict[str, str]()
    for keys, least in sweeps(planted):
        for endpoint, path in addresses(app, keys, "GET", least):
            if path not in opened and endpoint in theirs:
                opened[path] = check(browser, browser.get(path), planted, role, endpoint)
    assert len(opened) > len(theirs) / 3
    assert follow_links(app, browser, planted, role, opened) > 3
    move = f"/enrolments/{planted.seen_case}/move/document/{planted.seen.keys['document']}"
    data, hidden = sent(browser), planted.hidden.person
    for words in (NAME, hidden.reference, planted.other_reference):
        for path, name in (("/find", "find"), ("/people/find", "find"), (move, "whose")):
            response = browser.post(path, data=data | {name: words})
            assert response.status_code != 405, path
            text = said(response).replace(f'value="{words}"', "").replace(words, "", 2)
            assert leaked(text, planted, role) == [], (path, words)
            assert str(planted.hidden_case) not in text and str(hidden.id) not in text, (path, words)
    tried = set[str]()
    for keys, least in sweeps(planted):
        for endpoint, path in addresses(app, keys, "POST", least):
            if endpoint in theirs and path not in tried:
                tried.add(path)
                data["post_token"] = secrets.token_urlsafe(32)
                check(browser, browser.post(path, data=data), planted, role, endpoint)
    assert browser.get("/account").status_code == 200
    with app.app_context():
        if role not in WHO_MAY_WRITE:
            assert versions(planted) == before
    assert leaked(" ".join(str(vars(line)) for line in caplog.records), planted) == []


@pytest.mark.parametrize("who", ["nobody", "somebody whose roles ended yesterday", "a screen handed over"])
def test_nobody_without_a_role_today_does(
    app: Flask, given: Given, planted: Planted, who: str, caplog: pytest.LogCaptureFixture
) -> None:
    browser = Browser(app)
    with given():
        programme = db.session.get_one(Enrolment, planted.seen_case).programme
        user = a_user()
        for role in Role:
            grant = grant_role(user, role, programme)
            if who != "a screen handed over":
                grant.until_on = today() - timedelta(days=1)
        open_access(
            planted.seen.person.id, scope=Scope.CASE, why="keyworker", because_id=planted.seen_case,
            user_id=user.id, from_on=LONG_AGO,
        )  # fmt: skip
    if who != "nobody":
        browser.sign_in(user)
    if who == "a screen handed over":
        with browser.session_transaction() as kept:
            kept["handed"] = str(new_id())
    _theirs, (keys, _least), _mixed = sweeps(planted)
    for endpoint, path in addresses(app, keys, "GET"):
        page = check(browser, browser.get(path), planted, None, endpoint)
        assert planted.seen.person.reference not in page, path
    assert leaked(" ".join(str(vars(line)) for line in caplog.records), planted) == []


def test_what_is_not_theirs_and_what_is_not_there_are_the_same(
    app: Flask, given: Given, planted: Planted
) -> None:
    """A lead who is not named, and a safeguarding lead whom a concern is about, are told nothing: every
    address of the restricted person and of that concern answers, byte for byte, as one that leads nowhere."""
    with given():
        programme = db.session.get_one(Enrolment, planted.seen_case).programme
        user = a_user(Role.LEAD, programme)
        grant_role(user, Role.SAFEGUARDING_LEAD, programme)
        concern = db.session.get_one(Concern, planted.seen.keys["concern"])
        concern.about_user_id = user.id
        hidden = planted.hidden
        keys = hidden.keys | {"participant_id": hidden.person.id, "concern": concern.id}
    browser = Browser(app)
    browser.sign_in(user)
    nowhere = {name: keys[name] if name in HUNG_ON | {"programme"} else new_id() for name in keys}
    shared, opened = 0, opened_by(app, Role.LEAD) | opened_by(app, Role.SAFEGUARDING_LEAD)
    for (endpoint, path), (_same, other) in zip(
        addresses(app, keys, "GET", 1), addresses(app, nowhere, "GET", 1), strict=True
    ):
        if endpoint not in opened:
            continue
        here, there = browser.get(path), browser.get(other)
        assert here.status_code == there.status_code, endpoint
        if here.status_code == 404:
            assert TOKENS.sub(b"", here.data) == TOKENS.sub(b"", there.data), endpoint
            shared += 1
    assert shared > 150


def test_they_are_there_to_be_found(app: Flask, client: PageClient, given: Given, planted: Planted) -> None:
    """Whoever is named does find them; else the tests above would prove nothing."""
    with given():
        programme = db.session.get_one(Enrolment, planted.seen_case).programme
        keyworker = a_user(Role.KEYWORKER, programme)
        for key in (planted.hidden_case, planted.hidden.keys["enrolment"]):
            open_access(
                planted.hidden.person.id, scope=Scope.CASE, why="named", because_id=key,
                user_id=keyworker.id, from_on=LONG_AGO,
            )  # fmt: skip
        safeguarding = a_user(Role.SAFEGUARDING_LEAD, programme)
    client.sign_in(keyworker)
    page = said(client.get(f"/enrolments/{planted.hidden_case}"))
    assert NAME in page
    assert MOVED in said(client.get(f"/enrolments/{planted.hidden_case}/timeline"))
    client.sign_in(safeguarding)
    told = said(client.get(f"/concerns/{planted.seen.keys['concern']}"))
    assert CONCERNS.findall(told), told[:2000]


def test_the_restricted_are_counted(given: Given, planted: Planted) -> None:
    """The figures of a programme hold everybody, whoever may see them; nobody else is told who."""
    with given():
        programme = db.session.get_one(Enrolment, planted.seen_case).programme
        subject = of_programme(programme, today(), from_on=LONG_AGO)
        started = db.session.scalars(select(Enrolment.id).where(subject.started())).all()
        assert outcomes_of(subject).counts.starts == len(started) > 1
