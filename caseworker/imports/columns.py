"""The columns a sheet may have, the names they go by, and how a cell of each is read."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from caseworker.core import codes, values
from caseworker.core.values import Invalid
from caseworker.participants.own_numbers import OWN_REFERENCE_LENGTH, own_reference

# Excel's day 1 is 1 January 1900; it also has a 29 February 1900, so counting starts a day earlier.
_DAY_ZERO = date(1899, 12, 30)
_SERIAL = re.compile(r"[1-7][0-9]{4}(?:\.0+)?")
_NOT_KNOWN = frozenset({"not known", "unknown", "n/k", "nk", "n/a", "?", "-"})


@dataclass(frozen=True)
class Reading:
    """What reading a cell needs besides its text. `days_late` is of `grid.Grid`."""

    today: date
    days_late: int = 0


@dataclass(frozen=True)
class Column:
    """`read` gives the value of a cell with something in it, or raises Invalid."""

    name: str
    label: str
    takes: str
    also: tuple[str, ...]
    read: Callable[[str, Reading], Any]
    needed: bool = False


def _text(noun: str, longest: int) -> Callable[[str, Reading], str]:
    return lambda cell, _: values.text(cell, longest, noun)


def _day(noun: str, *, past: bool) -> Callable[[str, Reading], date]:
    def read(cell: str, reading: Reading) -> date:
        latest = reading.today if past else None
        return values.date_(_dated(cell, reading), reading.today, noun, latest=latest)

    return read


def _dated(cell: str, reading: Reading) -> Any:
    """A day that lost its format shows as a number: 46000 is 9 December 2025."""
    if _SERIAL.fullmatch(cell):
        return _DAY_ZERO + timedelta(days=int(float(cell)) + reading.days_late)
    return cell


def _birth(cell: str, reading: Reading) -> date | None:
    if cell.lower() in _NOT_KNOWN:
        return None
    noun = "their date of birth"
    raw = _dated(cell, reading)
    if isinstance(raw, str) and not re.search(r"[0-9]{4}", raw):
        raise Invalid("Their date of birth must have a year of 4 numbers, like 31 3 1990")
    day = values.date_(raw, reading.today, noun, latest=reading.today)
    return values.date_of_birth(day.day, day.month, str(day.year), reading.today, noun)


def _phone(cell: str, _: Reading) -> str:
    # A spreadsheet takes a number that begins with 0 for a sum, and drops the 0.
    return values.phone("0" + cell if re.fullmatch(r"[1-9][0-9]{9}", cell) else cell)


def _coded(name: str, noun: str) -> Callable[[str, Reading], str]:
    def read(cell: str, reading: Reading) -> str:
        offered = codes.codes(name, reading.today)
        found = {plain(word): each.code for each in offered for word in (each.code, each.label_en)}
        code = found.get(plain(cell))
        if code is None:
            some = "; ".join(each.label_en for each in offered[:4])
            raise Invalid(f"{values.sentence(noun)} must be one of the list, such as: {some}")
        return code

    return read


def _yes_no(noun: str) -> Callable[[str, Reading], bool]:
    def read(cell: str, _: Reading) -> bool:
        try:
            return values.yes_no("yes" if cell.lower() == "x" else cell, noun)
        except Invalid:
            raise Invalid(f"{values.sentence(noun)} must be yes or no") from None

    return read


COLUMNS = (
    Column(
        "given_name", "First name", "Their first names, up to 100 letters",
        ("given name", "given names", "first names", "forename", "forenames", "christian name"),
        _text("their first name", 100), needed=True,
    ),
    Column(
        "family_name", "Last name", "Their surname, up to 100 letters",
        ("family name", "surname", "second name"),
        _text("their last name", 100), needed=True,
    ),
    Column(
        "preferred_name", "Known as", "What they like to be called",
        ("preferred name", "nickname", "likes to be called"),
        _text("what they are known as", 100),
    ),
    Column(
        "born_on", "Date of birth", "A date such as 17/05/1990, or “not known”",
        ("dob", "d o b", "birth date", "birthdate", "born", "born on", "birthday"),
        _birth,
    ),
    Column(
        "postcode", "Postcode", "A full UK postcode",
        ("post code", "home postcode", "zip"),
        lambda cell, _: values.postcode(cell),
    ),
    Column(
        "phone", "Phone", "A telephone number",
        ("telephone", "mobile", "tel", "phone number", "telephone number", "mobile number", "contact number"),
        _phone,
    ),
    Column(
        "email", "E-mail", "An e-mail address",
        ("email", "mail", "email address", "e mail address"),
        lambda cell, _: values.email(cell),
    ),
    Column(
        "own_reference", "Our own number", "Your organisation's own number for them: they are found by it",
        ("own reference", "our reference", "client number", "client id", "client reference", "case number",
         "participant number", "participant id", "id number", "reference", "reference number", "ref"),
        lambda cell, _: own_reference(values.text(cell, OWN_REFERENCE_LENGTH, "your own number")),
    ),
    Column(
        "referral_source", "Referred by", "A referral source in our words, or left empty for not known",
        ("referral source", "source", "source of referral", "referrer", "referral"),
        _coded("referral_source", "who referred them"),
    ),
    Column(
        "referred_on", "Referred on", "A date; left empty, it is the start date",
        ("referral date", "date of referral", "referred", "date referred"),
        _day("the day they were referred", past=True),
    ),
    Column(
        "started_on", "Start date", "A date; left empty, they have not started yet",
        ("start", "started", "started on", "date started", "start of support", "date of start", "start on"),
        _day("the start date", past=False),
    ),
    Column(
        "keyworker", "Keyworker", "E-mail address or name of a colleague who does casework on the programme",
        ("key worker", "caseworker", "case worker", "adviser", "advisor", "worker", "coach",
         "employment coach", "keyworker email", "keyworker name"),
        _text("the keyworker", 200),
    ),
    Column(
        "economic_status", "In work at the start", "An economic status or its ILR code (10, 11, 12, 98)",
        ("economic status", "employment status", "status at start", "empstat", "work status"),
        _coded("economic_status", "their status in work"),
    ),
    Column(
        "no_voicemail", "No voicemail", "Yes, where a message must never be left",
        ("do not leave voicemail", "no messages"), _yes_no("no voicemail"),
    ),
    Column("no_texts", "No texts", "Yes, where they must never be texted",
           ("no text", "do not text", "no sms"), _yes_no("no texts")),
    Column("no_letters", "No letters", "Yes, where nothing must ever be posted",
           ("no letter", "no post", "do not post"), _yes_no("no letters")),
    Column("no_emails", "No e-mails", "Yes, where they must never be e-mailed",
           ("no email", "no emails", "do not email"), _yes_no("no e-mails")),
    Column(
        "safe_times", "Safe times to call", "When it is safe to call, in a few words",
        ("safe times", "safe to call", "when to call"), _text("the safe times", 200),
    ),
)  # fmt: skip
BY_NAME: Mapping[str, Column] = {column.name: column for column in COLUMNS}


def plain(words: str) -> str:
    """Words as they are compared: no case, accents, marks or double spaces."""
    apart = unicodedata.normalize("NFKD", words[:300]).lower()
    kept = "".join(
        letter if letter.isalnum() else " " for letter in apart if not unicodedata.combining(letter)
    )
    return " ".join(kept.split())


_KNOWN = {
    plain(words): column.name for column in COLUMNS for words in (column.name, column.label, *column.also)
}


def named(heads: Sequence[str]) -> dict[int, str]:
    """Place of a head to the name of its column, for the heads that are understood."""
    found = {}
    for place, head in enumerate(heads):
        known = plain(head)
        for ending in (" required", " optional"):
            known = known.removesuffix(ending)
        if known in _KNOWN:
            found[place] = _KNOWN[known]
    return found
