"""Every figure is the same, to the byte, after people behind it were erased; the audit's chain holds."""

import re

import pytest
import sqlalchemy as sa
from flask import Flask

from caseworker.accounts.models import Role, User
from caseworker.casefile.rebuild import rebuild
from caseworker.core import audit, clock
from caseworker.core.db import db, transaction
from caseworker.enrolments.models import Enrolment
from caseworker.impact.models import ValuationRun
from caseworker.impact.services import save_run
from caseworker.impact.valued import Choices, value_subject
from caseworker.outcomes.overview import overview_of
from caseworker.outcomes.queries import outcomes_of
from caseworker.outcomes.subjects import Subject, of_organisation, of_programme
from caseworker.participants.models import Participant
from caseworker.programmes.models import Organisation, Programme
from caseworker.retention.erasing import ERASED, erase
from tests.support.builders import a_user, grant_role
from tests.support.client import PageClient
from tests.support.counting import statements

TOKENS = re.compile(rb'name="(?:csrf-token|csrf_token|post_token)" (?:content|value)="[^"]*"')
AT = re.compile(r" at 0x[0-9a-f]+")
# Three of every four who left: figures that rest on what was erased would fall.
CHOSEN = ("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "a", "b")
DRAWS = 200


def subjects() -> list[Subject]:
    programmes = db.session.scalars(sa.select(Programme).order_by(Programme.code)).all()
    groups = db.session.scalars(sa.select(Organisation).order_by(Organisation.code)).all()
    return [
        *(of_programme(each, clock.today()) for each in programmes),
        *(of_organisation(each, clock.today()) for each in groups),
    ]


def figures() -> dict[str, str]:
    """What every function of outcomes and value says of every programme and group."""
    found = {}
    for subject in subjects():
        valued = value_subject(subject, Choices(draws=DRAWS))
        found[f"{subject.code} outcomes"] = repr(outcomes_of(subject))
        found[f"{subject.code} overview"] = AT.sub("", repr(overview_of(subject, None)))
        found[f"{subject.code} counted"] = repr(valued.counted)
        found[f"{subject.code} value"] = repr(valued.result.to_programme_dict())
    return found


def pages(app: Flask, client: PageClient) -> dict[str, bytes]:
    """Every page of figures, but for the lists of people, and every stored report."""
    with app.app_context():
        codes = list(db.session.scalars(sa.select(Programme.code)))
        runs = db.session.execute(
            sa.select(Programme.code, ValuationRun.reference).join(
                Programme, Programme.id == ValuationRun.programme_id
            )
        ).all()
    paths = [
        "/programmes",
        *(f"/programmes/{code}/{page}" for code in codes for page in ("outcomes", "value")),
    ]
    paths += [f"/programmes/{code}/reports/{reference}.pdf" for code, reference in runs]
    found = {}
    for path in paths:
        response = client.get(path)
        assert response.status_code == 200, path
        found[path] = TOKENS.sub(b"", response.data)
    return found


def readers() -> User:
    reader = a_user()
    grant_role(reader, Role.GROUP_LEAD)
    grant_role(reader, Role.LEAD)
    return reader


def keep_a_run(reader: User) -> None:
    programme = db.session.scalars(sa.select(Programme).order_by(Programme.code)).all()[0]
    subject = of_programme(programme, clock.today())
    valued = value_subject(subject, Choices(draws=DRAWS))
    save_run(valued, outcomes_of(subject), programme_id=programme.id, name=None, by=reader.id)


@pytest.mark.demonstration
def test_figures_reports_and_runs_are_the_same_after_an_erasure(app: Flask, client: PageClient) -> None:
    with app.app_context(), transaction():
        reader = readers()
        keep_a_run(reader)
        db.session.expunge_all()
    client.sign_in(reader)
    with app.app_context():
        before = figures()
    pages_before = pages(app, client)
    people = sa.select(Participant.id).where(
        Participant.voided_at.is_(None),
        sa.func.lower(sa.func.substr(Participant.reference, 10, 1)).in_(CHOSEN),
        Participant.id.not_in(sa.select(Enrolment.participant_id).where(Enrolment.exited_on.is_(None))),
    )
    with statements(app) as sent, app.app_context(), transaction():
        keys = list(db.session.scalars(people))
        erase(sa.select(Participant.id).where(Participant.id.in_(keys)), by_id=reader.id, now=clock.now())
    assert len(keys) > 200
    assert len(sent) < 150
    with app.app_context():
        gone = sa.select(sa.func.count()).where(Participant.void_reason == ERASED)
        assert db.session.scalar(gone) == len(keys)
        after = figures()
        assert [name for name in before if before[name] != after[name]] == []
        assert audit.verify().fault is None
    pages_after = pages(app, client)
    assert [path for path in pages_before if pages_before[path] != pages_after[path]] == []
    with app.app_context(), transaction():
        assert rebuild().outcomes_mended == 0
