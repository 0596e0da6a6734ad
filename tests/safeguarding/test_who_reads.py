"""Nobody reaches a concern who should not: every route, every role, and the rule itself against itself."""

import random
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from caseworker.accounts.models import Role, User
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.merging.services import merge_people
from caseworker.participants.models import Participant
from caseworker.programmes.models import Organisation, Programme
from caseworker.safeguarding.leads import Belongs, leads
from caseworker.safeguarding.models import Concern, ConcernStep
from caseworker.safeguarding.queries import concerns_about, count_unread, is_read_by
from caseworker.safeguarding.rules import reference_of
from tests.casefile.situations import NOW, TODAY
from tests.conftest import Given
from tests.safeguarding.situations import CANARIES, Worry, a_concern, a_worry, worked_on
from tests.support.builders import (
    a_participant,
    a_programme,
    a_user,
    an_enrolment,
    an_organisation,
    grant_role,
)
from tests.support.client import PageClient
from tests.support.stored import row
from tests.support.unseen import TOKENS

# How often somebody looked at a case, which these very tests do.
TIMES = re.compile(rb" \(\d+ times\)")


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def worry(given: Given) -> Worry:
    with given():
        return a_worry()


def addresses(app: Flask, known: dict[str, Any]) -> list[str]:
    """Every address that answers GET, with the keys of this test in its places."""
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and rule.endpoint not in {"static", "accounts.sign_out"}:
                built = rule.build({name: _value(rule, name, known) for name in rule.arguments})
                assert built is not None
                found.append(built[1])
    return found


def _value(rule: Any, name: str, known: dict[str, Any]) -> Any:
    kind = type(rule._converters[name]).__name__
    other = {"UUIDConverter": known["case"], "IntegerConverter": 1, "DateConverter": TODAY.isoformat()}
    names = {
        "concern_id": known["concern"],
        "step_id": known["step"],
        "participant_id": known["person"],
        "kept_id": known["person"],
        "absorbed_id": known["other"],
        "programme_code": known["code"],
        "code": known["code"],
        "kind": "note",
    }
    return names.get(name) if name in names and kind != "IntegerConverter" else other.get(kind, "nothing")


def answers(app: Flask, client: PageClient, user: User, paths: list[str]) -> Iterator[tuple[str, bytes]]:
    """(address, body without its tokens) of every address, as one user."""
    client.sign_in(user)
    for path in paths:
        answer = FlaskClient.open(client, path)
        assert answer.status_code < 500, path
        yield path, TIMES.sub(b"", TOKENS.sub(rb"\1", answer.data))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SAFEGUARDING_LEAD])
def test_no_route_of_any_other_role_says_a_word_of_it(
    app: Flask, client: PageClient, given: Given, role: Role
) -> None:
    """A role everywhere, and the keyworker's own case: the same bytes with the concern as without it."""
    with given():
        worry = a_worry()
        user = worry.team.keyworker if role is Role.KEYWORKER else a_user(role)
        other = an_enrolment(
            db.session.merge(worry.team.programme),
            a_participant(organisation_id=worry.person.organisation_id),
            db.session.merge(worry.team.keyworker),
        )
    known = {
        "case": worry.case.id,
        "person": worry.person.id,
        "other": other.participant_id,
        "code": worry.team.programme.code,
        "concern": worry.case.id,
        "step": worry.case.id,
    }
    with given():
        concern = a_concern(worry, worry.person, by=worry.team.colleague)
        worked_on(concern, worry.lead, TODAY)
        step = db.session.scalars(select(ConcernStep.id).where(ConcernStep.kind == "referral")).one()
    signs = [*CANARIES, str(concern.id), reference_of(concern.id)]
    paths = addresses(app, known | {"concern": concern.id, "step": step})
    assert len(paths) > 100
    for path, body in answers(app, client, user, paths):
        shown = [sign for sign in signs if sign.encode() in body and sign not in path]
        assert shown == [], path


def test_a_case_reads_the_same_with_a_concern_and_without(
    app: Flask, client: PageClient, given: Given, worry: Worry
) -> None:
    at = f"/enrolments/{worry.case.id}"
    paths = ["/", "/caseload", at, f"{at}/timeline", f"{at}/chronology", f"{at}/story", "/due"]
    before = dict(answers(app, client, worry.team.lead, [*paths, *paths]))
    with given():
        worked_on(a_concern(worry, worry.person, by=worry.team.lead), worry.lead, TODAY)
    client.sign_in(worry.lead)
    client.page(f"/concerns/{row(app, Concern).id}")
    assert dict(answers(app, client, worry.team.lead, paths)) == before


def test_a_lead_never_sees_one_about_themselves(
    app: Flask, client: PageClient, given: Given, worry: Worry
) -> None:
    """In no list, count, page or file; while the other lead sees it in each."""
    with given():
        concern = a_concern(worry, worry.person, about_user_id=worry.lead.id)
        worked_on(concern, worry.other_lead, TODAY)
        step = db.session.scalars(select(ConcernStep.id).where(ConcernStep.kind == "referral")).one()
    known = {"case": worry.case.id, "person": worry.person.id, "other": worry.person.id}
    known |= {"code": worry.team.programme.code, "concern": concern.id, "step": step}  # type: ignore[dict-item]
    paths = [path for path in addresses(app, known) if path.startswith("/concerns") or path == "/"]
    signs = [sign.encode() for sign in (*CANARIES, reference_of(concern.id))]

    def seen_by(user: User) -> set[str]:
        return {
            path for path, body in answers(app, client, user, paths) if any(sign in body for sign in signs)
        }

    assert seen_by(worry.lead) == set()
    at = f"/concerns/{concern.id}"
    assert {"/concerns", at, f"{at}/close"} <= seen_by(worry.other_lead)


def test_merging_carries_it_along_unseen(app: Flask, client: PageClient, given: Given, worry: Worry) -> None:
    with given():
        concern = a_concern(worry, worry.person)
        keep = a_participant(organisation_id=worry.person.organisation_id)
        with_case = an_enrolment(a_programme(db.session.get(Organisation, keep.organisation_id)), keep)
        grant_role(
            db.session.merge(worry.team.lead), Role.LEAD, db.session.get(Programme, with_case.programme_id)
        )
    client.sign_in(worry.team.lead)
    compared = client.page(f"/merging/{keep.id}/with/{worry.person.id}")
    assert "oncern" not in compared.text.replace("Raise a concern", "")
    with given():
        kept, absorbed = db.session.get(Participant, keep.id), db.session.get(Participant, worry.person.id)
        assert kept is not None and absorbed is not None
        by = db.session.get(User, worry.team.lead.id)
        assert by is not None
        merge_id = merge_people(kept, absorbed, {}, by=by, today=TODAY, now=NOW).id
        assert list(db.session.scalars(concerns_about(keep.id))) == [db.session.get(Concern, concern.id)]
        assert db.session.scalars(concerns_about(worry.person.id)).all() == []
    shown = client.page(f"/merging/{merge_id}")
    assert "oncern" not in shown.text.replace("Raise a concern", "")
    client.sign_in(worry.lead)
    assert keep.reference in client.page(f"/concerns/{concern.id}").text


@pytest.mark.both_databases
def test_the_rule_asked_either_way_says_the_same(given: Given) -> None:
    """Random trees, grants and concerns: whoever is named as a reader reads it, and nobody else."""
    draw = random.Random(4)
    with given():
        tops = [an_organisation() for _ in range(2)]
        organisations = [*tops, *(an_organisation(parent_id=draw.choice(tops).id) for _ in range(3))]
        organisations += [an_organisation(parent_id=draw.choice(organisations).id) for _ in range(3)]
        programmes = [a_programme(draw.choice(organisations)) for _ in range(5)]
        users = [_somebody(draw, organisations, programmes) for _ in range(14)]
        people = [an_enrolment(draw.choice(programmes)).participant for _ in range(4)]
        team = a_worry()
        made = [_one(draw, team, organisations, programmes, users, people) for _ in range(40)]
        db.session.flush()
        told = leads(TODAY, {each.id for each in people})
        every: dict[UUID, set[UUID]] = {
            user.id: set(db.session.scalars(select(Concern.id).where(is_read_by(user)))) for user in users
        }
        reached = 0
        for concern in made:
            said = {user.id for user in told.told(Belongs.of(concern)).readers} & set(every)
            assert said == {key for key, seen in every.items() if concern.id in seen}
            assert concern.about_user_id not in said
            reached += len(said)
        assert reached > 40
        for user in users:
            assert count_unread(user) == len(every[user.id])


def _somebody(draw: random.Random, organisations: list[Organisation], programmes: list[Programme]) -> User:
    user = a_user()
    for _ in range(draw.randint(1, 2)):
        role = draw.choice([Role.SAFEGUARDING_LEAD, Role.SAFEGUARDING_LEAD, Role.LEAD])
        kind = draw.choice("eoopp")
        grant_role(
            user,
            role,
            draw.choice(programmes) if kind == "p" else None,
            draw.choice(organisations) if kind == "o" else None,
        )
    return user


def _one(
    draw: random.Random,
    worry: Worry,
    organisations: list[Organisation],
    programmes: list[Programme],
    users: list[User],
    people: list[Participant],
) -> Concern:
    person = draw.choice([None, *people])
    programme = None if person else draw.choice([None, *programmes])
    organisation_id = programme.organisation_id if programme else draw.choice(organisations).id
    about = draw.choice([None, *users])
    return a_concern(
        worry,
        person,
        organisation_id=organisation_id,
        programme_id=programme.id if programme else None,
        about_user_id=about.id if about else None,
    )
