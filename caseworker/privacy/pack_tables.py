"""The parts of the privacy pack as tables: the same rows on the page, on paper and in a spreadsheet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from caseworker.core.formatting import date_short
from caseworker.privacy.pack import Pack

Rows = list[Sequence[str]]


@dataclass(frozen=True)
class Part:
    """`share` is how the columns divide the width of a page of paper."""

    key: str
    title: str
    lead: str
    head: Sequence[str]
    share: Sequence[float]
    rows: Callable[[Pack], Rows]
    empty: str


def _held(pack: Pack) -> Rows:
    return [
        (row.holds, row.whose, ", ".join(row.kinds) or "–", ", ".join(row.sealed) or "–") for row in pack.held
    ]


def _inside(pack: Pack) -> Rows:
    return [
        (
            row.role,
            str(row.holders),
            "; ".join(f"{area}: {', '.join(deeds)}" for area, deeds in row.opens.items()),
        )
        for row in pack.inside
    ]


def _outside(pack: Pack) -> Rows:
    return [(row.agency, row.organisation, str(row.referred), str(row.agreed)) for row in pack.outside]


def _shared(pack: Pack) -> Rows:
    return [
        (
            row.giver,
            row.receiver,
            row.covers,
            row.reference,
            f"{date_short(row.from_on)} to {date_short(row.until_on) if row.until_on else 'further notice'}",
        )
        for row in pack.shared
    ]


def _kept(pack: Pack) -> Rows:
    return [
        (
            row.programme,
            row.purpose,
            "; ".join(words for words in (row.article_6, row.article_9, row.offences) if words),
            row.keep or "–",
            row.source or "–",
        )
        for row in pack.kept
    ]


def _asked(pack: Pack) -> Rows:
    return [(row.programme, row.field, row.why, date_short(row.from_on)) for row in pack.asked]


PARTS: tuple[Part, ...] = (
    Part(
        "keeping",
        "Lawful basis and how long",
        "For each programme and purpose: the basis in law, and for how long records are kept.",
        ("Programme", "Purpose", "Basis and conditions", "Kept for", "Where it is written"),
        (2, 2, 3, 2, 2),
        _kept,
        "No programmes here",
    ),
    Part(
        "fields",
        "Sensitive fields that may be asked",
        "What is not here is off: no form of that programme shows it.",
        ("Programme", "Field", "Why", "Since"),
        (2, 2, 4, 1),
        _asked,
        "None is switched on",
    ),
    Part(
        "roles",
        "Who sees it here",
        "Each role with how many hold it now and what it opens. Which people a role opens is a second "
        "question: own caseload, own courses, own programmes.",
        ("Role", "Hold it", "What it opens"),
        (2, 1, 7),
        _inside,
        "No roles",
    ),
    Part(
        "agencies",
        "Who receives it outside",
        "Agencies, with how many people were referred with something shared, and how many agreed to sharing "
        "by that name.",
        ("Agency", "Organisation", "Referred", "Agreed"),
        (3, 3, 1, 1),
        _outside,
        "No agency is recorded",
    ),
    Part(
        "sharing",
        "Agreements between organisations",
        "Without one of these nothing crosses from one organisation to another.",
        ("Whose records", "Who sees them", "What", "Where it is kept", "When"),
        (2, 2, 2, 2, 2),
        _shared,
        "No agreement is recorded, so nothing crosses",
    ),
    Part(
        "data",
        "What is held",
        "Every table with personal data. What is sealed is encrypted with the installation's key.",
        ("What it holds", "Of whom", "Kinds of data", "Sealed"),
        (4, 2, 3, 2),
        _held,
        "Nothing",
    ),
)
BY_KEY = {part.key: part for part in PARTS}
