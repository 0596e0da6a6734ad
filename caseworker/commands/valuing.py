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
from caseworker.impact.services import DRAWS, SEED, Choices, Valued, differences, save_run, value_subject
from caseworker.outcomes.subjects import Subject, of_organisation, of_programme
from caseworker.programmes.models import Organisation, Programme

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
    code: str | None,
    from_on: date | None,
    until_on: date | None,
    as_at: date | None,
    kind: str,
    output: Path | None,
    draws: int,
    seed: int,
    name: str | None,
    reference: str | None,
    verify: bool,
) -> None:
    """Value what a programme's or an organisation's records add up to."""
    if reference is not None:
        _verify(reference, verify, code)
        return
    if code is None:
        raise click.UsageError("Name a programme or organisation; caseworker programmes lists them")
    if kind in NEED_A_FILE and output is None:
        raise click.UsageError(f"--format {kind} needs --output FILE")
    begin("read")
    subject = _subject(code, from_on, until_on, as_at)
    valued = value_subject(subject, Choices(draws=draws, seed=seed))
    saved = _save(valued, name) if name is not None or kind == "pdf" else None
    if saved and name is not None:
        click.echo(f"Saved as draft run {saved}", err=True)
    _write(_rendered(valued, kind, saved), output)


def _verify(reference: str, verify: bool, code: str | None) -> None:
    if not verify or code is not None:
        raise click.UsageError("Use --run REFERENCE --verify, without a programme")
    begin("read")
    run = db.session.scalar(select(ValuationRun).where(ValuationRun.reference == reference.strip().upper()))
    if run is None:
        raise click.UsageError(f"There is no run {reference}")
    differing = differences(run, _subject_of(run))
    if differing:
        click.echo(f"Run {run.reference} comes out otherwise: {', '.join(differing)}", err=True)
        sys.exit(1)
    click.echo(f"Run {run.reference} is equal to the penny")


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
    if programme is not None:
        return of_programme(programme, today(), from_on, until_on, as_at)
    organisation = db.session.scalar(select(Organisation).where(Organisation.code == code))
    if organisation is not None:
        return of_organisation(organisation, today(), from_on, until_on, as_at)
    raise click.UsageError(f"There is no programme or organisation {code}; caseworker programmes lists them")


def _save(valued: Valued, name: str | None) -> str:
    subject = valued.subject
    with transaction():
        programme = None if subject.is_group else subject.programme_ids[0]
        return save_run(valued, programme_id=programme, name=name, by=None).reference


def _rendered(valued: Valued, kind: str, reference: str | None) -> bytes:
    if kind == "pdf":
        from caseworker.outcomes.overview import overview_of
        from caseworker.reports.programme import programme_report

        ids = valued.subject.programme_ids
        programme = None if valued.subject.is_group else db.session.get(Programme, ids[0])
        return programme_report(overview_of(valued.subject, programme), valued, reference or "")
    from caseworker.impact import tables

    return {"table": tables.as_text, "json": tables.as_json, "csv": tables.as_csv, "xlsx": tables.as_xlsx}[
        kind
    ](valued)


def _write(content: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(content)
        return
    try:
        output.write_bytes(content)
    except OSError as failed:
        raise click.UsageError(f"{output} cannot be written: {failed.strerror}") from None
