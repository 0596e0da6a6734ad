"""`caseworker value` and `caseworker programmes`: what they print, and what they refuse in words."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select

from caseworker.commands.valuing import programmes, value
from caseworker.core.db import begin, db
from caseworker.impact.models import ValuationRun
from tests.conftest import Given
from tests.outcomes.situations import a_group, a_job, a_place, a_start, known_to_both, put_in


@pytest.fixture
def placed(app: Flask, given: Given) -> Flask:
    with given():
        place = a_place(code="steady", name="Steady")
        put_in(place, 1000)
        a_job(a_start(place, benefit_at_start="none"))
        _, one, two, _ = a_group()
        for enrolment in known_to_both(one, two):
            a_job(enrolment)
    return app


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(value, list(arguments))


def runs(app: Flask) -> int:
    with app.app_context():
        begin("read")
        return db.session.scalar(select(func.count()).select_from(ValuationRun)) or 0


def test_codes_are_listed(placed: Flask) -> None:
    listed = placed.test_cli_runner().invoke(programmes, []).output.splitlines()
    assert "steady\tSteady\tprogramme of" in " ".join(row.rsplit(" ", 2)[0] for row in listed)
    assert any(row.startswith("group\t") and row.endswith("organisation") for row in listed)


def test_the_table_says_what_it_is_worth(placed: Flask) -> None:
    told = run(placed, "steady").output
    assert "Invested £1,000.00" in told
    assert "Not independently assured" in told
    assert max(map(len, told.splitlines())) <= 110


def test_an_organisation_is_its_whole_tree(placed: Flask) -> None:
    found = json.loads(run(placed, "group", "--format", "json").output)
    assert found["programme"] == "group"
    assert next(row for row in found["outcomes"] if row["name"] == "into_work")["n"] == 2


def test_the_same_seed_gives_the_same_range(placed: Flask) -> None:
    one = run(placed, "steady", "--format", "json", "--draws", "500", "--seed", "7").output
    assert one == run(placed, "steady", "--format", "json", "--draws", "500", "--seed", "7").output
    other = run(placed, "steady", "--format", "json", "--draws", "500", "--seed", "8").output
    assert json.loads(one)["range"]["seed"] == 7
    assert json.loads(one)["range"]["p50"] != json.loads(other)["range"]["p50"]


def test_only_save_and_pdf_keep_a_run(placed: Flask, tmp_path: Path) -> None:
    for kind in ("table", "json", "csv"):
        assert run(placed, "steady", "--format", kind).exit_code == 0
    assert run(placed, "steady", "--format", "xlsx", "--output", str(tmp_path / "a.xlsx")).exit_code == 0
    assert runs(placed) == 0
    assert run(placed, "steady", "--format", "pdf", "--output", str(tmp_path / "a.pdf")).exit_code == 0
    assert runs(placed) == 1
    assert run(placed, "steady", "--save", "Spring").exit_code == 0
    assert runs(placed) == 2
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-1.7")


REFUSED = [
    (["nowhere"], "There is no programme or organisation nowhere"),
    ([], "Name a programme or organisation"),
    (["steady", "--from", "31 2 2026"], "--from"),
    (["steady", "--to", "2026-13-01"], "--to"),
    (["steady", "--as-at", "NaN"], "--as-at"),
    (["steady", "--as-at", ""], "--as-at"),
    (["steady", "--from", "2025-02-01", "--to", "2025-01-01"], "--to is before --from"),
    (["steady", "--from", "2026-01-01"], "The period of steady is empty"),
    (["steady", "--as-at", "2001-01-01"], "The period of steady is empty"),
    (["steady", "--draws", "1e9"], "--draws"),
    (["steady", "--draws", "-1"], "--draws"),
    (["steady", "--seed", "1_0x"], "--seed"),
    (["steady", "--format", "word"], "--format"),
    (["steady", "--format", "pdf"], "--format pdf needs --output FILE"),
    (["steady", "--format", "xlsx"], "--format xlsx needs --output FILE"),
    (["--run", "VR-NOWHERE", "--verify"], "There is no run VR-NOWHERE"),
    (["--run", "VR-NOWHERE"], "Use --run REFERENCE --verify"),
    (["--verify"], "Use --run REFERENCE --verify"),
    (["steady", "--run", "VR-NOWHERE", "--verify"], "Use --run REFERENCE --verify"),
]


@pytest.mark.parametrize(("arguments", "words"), REFUSED, ids=lambda value: " ".join(value)[:40])
def test_bad_input_is_refused_in_words(placed: Flask, arguments: list[str], words: str) -> None:
    refused = run(placed, *arguments)
    assert refused.exit_code == 2
    assert refused.stdout == ""
    assert words in " ".join(refused.stderr.split())
    assert "Traceback" not in refused.stderr
    assert runs(placed) == 0


def test_a_file_that_cannot_be_written_leaves_no_run(placed: Flask, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    refused = run(placed, "steady", "--format", "pdf", "--output", str(tmp_path / "file" / "below.pdf"))
    assert refused.exit_code == 2
    assert refused.stdout == ""
    assert "cannot be written" in refused.stderr
    assert runs(placed) == 0
