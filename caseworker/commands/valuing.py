"""`caseworker programmes` and `caseworker value`: other programs depend on their words and keys."""

import sys
from datetime import date
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from caseworker.core.clock import today
from caseworker.core.db import begin, db, transaction
from caseworker.core.values import Invalid, date_
from caseworker.impact.models import ValuationRun
from caseworker.impact.services import differences, save_run
from caseworker.impact.valued import DRAWS, SEED, Choices, Valued, value_subject
from caseworker.outcomes.subjects import Subject, of_organisation, of_programme
from caseworker.programmes.models import Organisation, Programme
from caseworker.valuation import ValuationError
from caseworker.valuation.rounding import pence

FORMATS = ("table", "json", "csv", "xlsx", "pdf")
NEED_A_FILE = ("pdf", "xlsx")
MOST_DRAWS = 1_000_000


class Day(click.ParamType[date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return value if isinstance(value, date) else date_(value, today(), "the date")
        except Invalid as refused:
            self.fail(refused.message, param, ctx)


@click.command()
@with_appcontext
def programmes() -> None:
    """The codes of programmes and organisations."""
    begin("read")
    for organisation in db.session.scalars(select(Organisation).order_by(Organisation.code)):
        click.echo(f"{organisation.code}\t{organisation.name}\torganisation")
    for programme in db.session.scalars(select(Programme).order_by(Programme.code)):
        click.echo(f"{programme.code}\t{programme.name}\tprogramme of {programme.organisation.name}")


@click.command()
@click.argument("code", required=False)
@click.option("--from", "from_on", type=Day(), help="First day of the period")
@click.option("--to", "until_on", type=Day(), help="Last day of the period")
@click.option("--as-at", "as_at", type=Day(), help="Count facts dated up to this day")
@click.option("--format", "kind", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file")
@click.option("--draws", type=click.IntRange(0, MOST_DRAWS), default=DRAWS, show_default=True)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=SEED, show_default=True)
@click.option("--save", "name", help="Store the valuation as a draft run of this name")
@click.option("--run", "reference", help="A stored run")
@click.option("--verify", is_flag=True, help="Compute the stored run again")
@with_appcontext
def value(
    code: str | None, from_on: date | None, until_on: date | None, as_at: date | None, kind: str,
    output: Path | None, draws: int, seed: int, name: str | None, reference: str | None, verify: bool,
) -> None:  # fmt: skip
    """Value what a programme's or an organisation's records add up to."""
    if reference is not None or verify:
        _verify(reference, verify, code)
        return
    if code is None:
        raise click.UsageError("Name a programme or organisation; caseworker programmes lists them")
    if kind in NEED_A_FILE and output is None:
        raise click.UsageError(f"--format {kind} needs --output FILE")
    begin("read")
    subject = _subject(code, from_on, until_on, as_at)
    try:
        valued = value_subject(subject, Choices(draws=draws, seed=seed))
    except ValuationError as refused:
        raise click.UsageError(f"This cannot be valued: {refused}") from None
    if name is None and kind != "pdf":
        _write(_rendered(valued, kind), output)
    else:
        _keep(valued, name, kind, output)


def _keep(valued: Valued, name: str | None, kind: str, output: Path | None) -> None:
    """Store a draft run and write the file: both, or neither."""
    from caseworker.outcomes.overview import overview_of

    ids = valued.subject.programme_ids
    with transaction():
        programme = None if valued.subject.is_group else db.session.get(Programme, ids[0])
        view = overview_of(valued.subject, programme)
        key = programme.id if programme else None
        run = save_run(valued, view.outcomes, programme_id=key, name=name, by=None)
        if kind == "pdf":
            from caseworker.reports.programme import programme_report

            content = programme_report(view, valued, run.reference)
        else:
            content = _rendered(valued, kind)
        _write(content, output)
        saved = run.reference
    click.echo(f"Saved as draft run {saved}", err=True)


def _rendered(valued: Valued, kind: str) -> bytes:
    from caseworker.impact import tables

    makers = {"table": tables.as_text, "json": tables.as_json, "csv": tables.as_csv, "xlsx": tables.as_xlsx}
    return makers[kind](valued)


def _verify(reference: str | None, verify: bool, code: str | None) -> None:
    if reference is None or not verify or code is not None:
        raise click.UsageError("Use --run REFERENCE --verify, without a programme")
    begin("read")
    run = db.session.scalar(select(ValuationRun).where(ValuationRun.reference == reference.strip().upper()))
    if run is None:
        raise click.UsageError(f"There is no run {reference}")
    subject = _subject_of(run)
    differing = differences(run, subject)
    if differing:
        click.echo(f"Run {run.reference} comes out otherwise: {', '.join(differing)}", err=True)
        sys.exit(1)
    click.echo(f"Run {run.reference} is equal to the penny")
    _compare_with_today(run, subject)


def _compare_with_today(run: ValuationRun, subject: Subject) -> None:
    """How the records of today differ from those of the run: said, and no failure."""
    now = value_subject(subject, Choices(draws=0, sensitivity=False)).result.headline
    kept = pence(run.result["total_present_value"])
    changed = pence(now.total_present_value) - kept
    words = "the same value" if not changed else f"£{changed / 100:+,.2f} of present value beside the run's"
    click.echo(f"Today's records of the same period give {words}")


def _subject_of(run: ValuationRun) -> Subject:
    whose = (
        db.session.get(Programme, run.programme_id)
        if run.programme_id
        else db.session.get(Organisation, run.organisation_id)
    )
    if whose is None:
        raise click.UsageError(f"What run {run.reference} is about is no longer there")
    return _subject(whose.code, run.from_on, run.until_on, run.as_at_on)


def _subject(code: str, from_on: date | None, until_on: date | None, as_at: date | None) -> Subject:
    if from_on and until_on and until_on < from_on:
        raise click.UsageError("--to is before --from")
    programme = db.session.scalar(select(Programme).where(Programme.code == code))
    organisation = db.session.scalar(select(Organisation).where(Organisation.code == code))
    if programme is not None:
        subject = of_programme(programme, today(), from_on, until_on, as_at)
    elif organisation is not None:
        subject = of_organisation(organisation, today(), from_on, until_on, as_at)
    else:
        raise click.UsageError(
            f"There is no programme or organisation {code}; caseworker programmes lists them"
        )
    if subject.until_on < subject.from_on or subject.as_at < subject.from_on:
        raise click.UsageError(
            f"The period of {code} is empty: it would begin on {subject.from_on} and end on "
            f"{min(subject.until_on, subject.as_at)}"
        )
    return subject


def _write(content: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(content)
        return
    try:
        output.write_bytes(content)
    except OSError as failed:
        raise click.UsageError(f"{output} cannot be written: {failed.strerror}") from None
