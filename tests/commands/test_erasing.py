"""`caseworker erasures` says whether the certificates hold."""

import sqlalchemy as sa
from flask import Flask

from caseworker.commands.erasing import erasures
from caseworker.core.db import transaction
from caseworker.core.installation import Installation
from caseworker.retention.models import Erasure
from tests.conftest import Given
from tests.retention.people import a_desk, gone
from tests.retention.test_services import decide, proposed


def test_certificates_hold_until_one_is_changed(app: Flask, given: Given) -> None:
    with given() as session:
        session.add(
            Installation(kind="live", key_fingerprint=app.extensions["caseworker.keyring"].fingerprint())
        )
        desk, person = (made := a_desk()), gone(made)
        together = proposed(desk, person)
    with given():
        decide(together, desk.officer)
    runner = app.test_cli_runner()
    done = runner.invoke(erasures, ["verify"])
    assert done.output.startswith("1 certificates hold"), done.output
    assert runner.invoke(erasures, ["tidy"]).exit_code == 0
    with app.app_context(), transaction() as session:
        session.execute(sa.update(Erasure).values(because="asked"))
    done = runner.invoke(erasures, ["verify"])
    assert done.exit_code == 1
    assert "What it says was changed" in done.output
