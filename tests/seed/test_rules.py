"""The rules of the demonstration's live programmes: known to loading, and the same as worked out again."""

import pytest
from flask import Flask

from caseworker.casefile.rebuild import rebuild
from caseworker.core.db import begin, db
from tests.seed.conftest import Ask

pytestmark = pytest.mark.demonstration


def test_ladder_least_contact_wording_and_equality_are_there(ask: Ask) -> None:
    found: dict[str, int] = dict(ask("SELECT kind, count(*) FROM programme_rule GROUP BY kind"))
    assert found["contact_ladder"] == 2
    assert {found[kind] for kind in ("minimum_contact", "message_wording", "equality")} == {1}
    due: dict[str, int] = dict(
        ask("SELECT rule, count(*) FROM due_item WHERE closed_on IS NULL GROUP BY rule")
    )
    assert due["contact_ladder"] > 0
    assert due["minimum_contact"] > 0


def test_some_clocks_are_paused_and_for_some_it_lasts(ask: Ask) -> None:
    reasons: dict[str, int] = dict(ask("SELECT reason, count(*) FROM review_pause GROUP BY reason"))
    lasting = ask("SELECT count(*) FROM review_pause WHERE until_on IS NULL")[0][0]
    assert len(reasons) >= 4
    assert 0 < lasting < sum(reasons.values())


def test_what_is_loaded_is_what_the_rules_give(app: Flask) -> None:
    with app.app_context():
        begin("write")
        assert (rebuild().dues_mended, rebuild().outcomes_mended) == (0, 0)
        db.session.rollback()
