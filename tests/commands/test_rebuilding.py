"""Rules run again over everything: what was right stays, what was not is mended and said."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import delete, select

from caseworker.commands.rebuilding import rebuild
from caseworker.core.db import transaction
from caseworker.enrolments.models import DueItem
from tests.commands.program import run, set_up


def test_an_empty_installation_has_nothing_to_mend(tmp_path: Path) -> None:
    data = tmp_path / "data"
    set_up(data)
    done = run(data, "rebuild")
    assert done.returncode == 0
    said = "0 due days, 0 mended; 0 outcomes, 0 mended; 0 people made findable again"
    assert done.stdout == f"{said}; 0 keep-until days mended\n"


@pytest.mark.demonstration
def test_a_lost_due_day_comes_back(app: Flask) -> None:
    runner = app.test_cli_runner()
    with app.app_context(), transaction() as session:
        some = list(session.scalars(select(DueItem.id).limit(3)))
        session.execute(delete(DueItem).where(DueItem.id.in_(some)))
    first, second = (runner.invoke(rebuild).output for _ in range(2))
    assert "due days, 3 mended" in first
    assert "due days, 0 mended" in second
    assert "; 0 people made findable" in first, "the demonstration's names are indexed as the product does"
