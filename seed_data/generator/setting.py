"""Organisations, programmes with what they play by and spend, and the people who work there."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from seed_data.generator.book import Book, Days
from seed_data.generator.dice import parts


@dataclass
class Place:
    """A programme as the journeys need it."""

    code: str
    number: int
    organisation: int
    area: str
    days: Days
    first: int
    last: int
    cohorts: list[dict[str, Any]]
    staff: dict[str, list[int]] = field(default_factory=dict)

    def cohort_on(self, day: int) -> int:
        found = [each["number"] for each in self.cohorts if each["starts"] <= day <= each["ends"]]
        return int(found[0])


def read(folder: Path, name: str) -> Any:
    return yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8"))


def lay_out(book: Book, folder: Path) -> dict[str, Place]:
    """Everything that is there before the first person comes. Places by programme code."""
    table = read(folder, "programmes")
    organisations: dict[str, int] = {}
    for each in table["organisations"]:
        parent = organisations.get(each.get("parent", ""))
        organisations[each["code"]] = book.add(
            "organisation", code=each["code"], name=each["name"], parent_id=parent, entered_at=LONG_AGO
        )
    places = {
        each["code"]: _programme(book, each, organisations[each["organisation"]], table["rules"])
        for each in table["programmes"]
    }
    for each in table["published"]:
        where = places.get(each.get("programme", ""))
        book.add(
            "published_figure",
            organisation_id=organisations[each["organisation"]],
            programme_id=where.number if where else None,
            measure=each["measure"],
            words=each["words"],
            source=each["source"],
            entered_at=LONG_AGO,
        )
    for each in table["targets"]:
        _targets(book, places[each["programme"]], each)
    _users(book, read(folder, "users"), organisations, places)
    return places


LONG_AGO = "2019-07-01T09:00"


def _programme(book: Book, each: dict[str, Any], organisation: int, rules: list[dict[str, Any]]) -> Place:
    first: date | None = each.get("first")
    days = Days(first)
    number = book.add(
        "programme",
        organisation_id=organisation,
        code=each["code"],
        name=each["name"],
        summary=each["summary"],
        funder=each["funder"],
        starts_on=days.on(each["starts"]),
        ends_on=days.on(each["ends"]),
        report_on=days.on(each["report"]) if "report" in each else None,
        entered_at=LONG_AGO,
    )
    cohorts = [dict(cohort) for cohort in each["cohorts"]]
    for cohort in cohorts:
        cohort["number"] = book.add(
            "cohort",
            programme_id=number,
            name=cohort["name"],
            starts_on=days.on(cohort["starts"]),
            ends_on=days.on(cohort["ends"]),
            entered_at=LONG_AGO,
        )
    clock = {
        "kind": "review_clock",
        "code": "review_clock",
        "label": "Contact, plan and review",
        "settings": each["review_clock"],
        "source": "The programme’s own rule",
    }
    for rule in [clock, *rules]:
        book.add(
            "programme_rule",
            programme_id=number,
            **rule,
            from_on=days.on(each["starts"]),
            entered_at=LONG_AGO,
        )
    _investment(book, each, number, days)
    return Place(
        each["code"], number, organisation, each["area"], days, each["starts"], each["ends"], cohorts
    )


def _investment(book: Book, each: dict[str, Any], programme: int, days: Days) -> None:
    """One row for each source and quarter; together exactly the programme's investment."""
    quarters, sources = each["quarters"], each["sources"]
    shares = [source["share"] for _ in range(quarters) for source in sources]
    amounts = iter(parts(each["investment_pence"], shares))
    for quarter in range(quarters):
        spent = days.on(each["starts"] + 91 * quarter + 45)
        for source in sources:
            book.add(
                "investment",
                programme_id=programme,
                spent_on=spent,
                amount_pence=next(amounts),
                in_kind=bool(source.get("in_kind")),
                from_whom=source["from_whom"],
                what_for=source["what_for"],
                internal=bool(source.get("internal")),
                entered_at=f"{spent}T17:00",
            )


def _targets(book: Book, place: Place, each: dict[str, Any]) -> None:
    for measure in each["measures"]:
        for year, target, actual in measure["by_year"]:
            book.add(
                "target",
                programme_id=place.number,
                measure=measure["measure"],
                framework="toms",
                label=measure["label"],
                unit=measure["unit"],
                from_on=f"academic{year:+d}:first",
                until_on=f"academic{year:+d}:last",
                target_hundredths=target,
                actual_hundredths=actual,
                counted_how=measure.get("counted_how", each["counted_how"])
                if actual is not None
                else "Not returned yet: counted at the end of the academic year",
                entered_at=LONG_AGO,
            )


def _users(
    book: Book, users: list[dict[str, Any]], organisations: dict[str, int], places: dict[str, Place]
) -> None:
    below: dict[int, list[Place]] = {}
    for place in places.values():
        above = book.row("organisation", place.organisation).get("parent_id")
        for organisation in filter(None, (place.organisation, above)):
            below.setdefault(organisation, []).append(place)
    for each in users:
        user = book.add(
            "user",
            email=f"{_mailbox(each['name'])}@example.org",
            name=each["name"],
            active=each["sign_in"],
            entered_at=LONG_AGO,
        )
        for grant in each["grants"]:
            programme = places.get(grant.get("programme", ""))
            organisation = organisations.get(grant.get("organisation", ""))
            book.add(
                "role_grant",
                user_id=user,
                role=grant["role"],
                programme_id=programme.number if programme else None,
                organisation_id=organisation,
                from_on="2019-07-01",
                entered_at=LONG_AGO,
            )
            for place in [programme] if programme else below.get(organisation or 0, []):
                place.staff.setdefault(grant["role"], []).append(user)


def _mailbox(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.lower().replace("ø", "o").replace("ł", "l"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^a-z]+", ".", letters).strip(".")
