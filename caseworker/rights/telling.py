"""A row of a record in words a person understands: what it is, when, and what each part says."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table
from sqlalchemy.types import Date

from caseworker.core.formatting import date_short, pounds, when
from caseworker.core.types import Instant
from caseworker.rights.code_words import words_of
from caseworker.rights.giving import Entry, columns_given, day_column, target_of
from caseworker.rights.reading import is_text

# Sections in the order of the pack; a table that none names is under the last.
SECTIONS: tuple[tuple[str, frozenset[str]], ...] = (
    ("About you", frozenset({
        "participant", "name_key", "status_history", "equality_answer", "communication_needs", "person_link",
        "merge",
    })),
    ("What you agreed to, and what we may do", frozenset({
        "agreement", "agreement_decision", "contact_stop", "processing_limit", "participant_access",
        "stated_reason", "restricted_mark",
    })),
    ("Your times on programmes", frozenset({
        "enrolment", "eligibility_check", "enrolment_exit", "closed_by_exit", "review_pause", "due_item",
        "handed_case", "handed_thing", "imported_row", "outcome_state",
    })),
    ("Contacts and messages", frozenset({
        "contact", "contact_theme", "contact_part", "case_work", "taken_message", "learner_message",
        "learner_message_read",
    })),
    ("Appointments, visits and tasks", frozenset({"appointment", "task", "visit"})),
    ("Plans, goals and actions", frozenset({
        "action_plan", "goal", "goal_declined", "action", "plan_version",
    })),
    ("Barriers, strengths and wellbeing", frozenset({
        "barrier_assessment", "strength", "readiness_item", "wellbeing_assessment", "handed_screen",
        "survey_response", "survey_answer",
    })),
    ("Learning", frozenset({"course_enrolment", "attendance", "completion", "event_attendance"})),
    ("Work", frozenset({
        "application", "application_stage", "progression", "progression_employer", "progression_evidence",
        "progression_terms", "sustainment_check", "work_break",
    })),
    ("Help given, and referrals", frozenset({"support_given", "onward_referral"})),
    ("Safety", frozenset({"risk_flag", "risk_review", "emergency_card"})),
    ("Documents and files", frozenset({"document", "document_use", "stored_file"})),
    ("Your requests", frozenset({
        "entry_statement", "rights_request", "request_pause", "access_pack", "moved_entry",
    })),
    ("Other records", frozenset({"erasure"})),
)  # fmt: skip
# Who looked is told by the day, at the end.
LOOKS = "audit_event"
TITLES: Mapping[str, str] = {
    "participant": "Your details",
    "name_key": "A word of your name, to find you by",
    "equality_answer": "An answer about you",
    "participant_access": "Who may see your record",
    "enrolment": "A time on a programme",
    "action": "A step towards a goal",
    "case_work": "Work on your case",
    "contact_theme": "What a contact was about",
    "contact_part": "What was done in a contact",
    "due_item": "A date somebody keeps for you",
    "stored_file": "A file",
    "moved_entry": "An entry that was moved",
    "rights_request": "Something you asked about your record",
    "person_link": "A link to another record of yours",
    "attendance": "A class",
    "audit_event": "Somebody looked or changed something",
    "outcome_state": "A result the programme counts",
    "status_history": "Work and benefits",
    "entry_statement": "Your own word about an entry",
    "restricted_mark": "Your record is seen by named people only",
}
LABELS: Mapping[str, str] = {
    "entered_at": "Written down",
    "entered_by_id": "By",
    "voided_at": "Taken back on",
    "void_reason": "Why",
    "voided_by_id": "Taken back by",
    "two_way": "You spoke or met",
    "born_on": "Born",
    "result": "What came of it",
    "happened_at": "When",
    "minutes": "How long",
    "length_minutes": "How long",
    "user_id": "Who",
    "keyworker_id": "Keyworker",
    "with_id": "With",
    "benefit_at_start": "Benefit at the start",
    "required_to_look": "Had to look for work",
    "required_to_look_at_start": "Had to look for work at the start",
    "given_name": "First names",
    "family_name": "Surname",
    "birth_not_known": "Day of birth not known",
    "no_voicemail": "Never leave a message",
    "no_texts": "Never text",
    "no_letters": "Never write a letter",
    "no_emails": "Never e-mail",
    "ni_number": "National Insurance number",
}
UNTOLD = frozenset({"id", "version"})


def section_of(table: str) -> str:
    return next((title for title, tables in SECTIONS if table in tables), SECTIONS[-1][0])


def title_of(table: str) -> str:
    return TITLES.get(table) or table.replace("_", " ").capitalize()


def day_of(entry: Entry, table: Table) -> str:
    """The day of a row in words; empty where it has none."""
    column = day_column(table)
    value = entry.values.get(column.name) if column is not None else None
    return _said(column, value, entry.values) if column is not None and value is not None else ""


def told(entry: Entry, table: Table) -> tuple[list[tuple[str, str]], list[str]]:
    """(short facts as (label, words), longer texts) of a row; what says nothing is left out."""
    if "moved_on" in entry.values and len(entry.values) == 2:
        day = date_short(date.fromisoformat(entry.values["moved_on"]))
        return [], [f"Entry moved, {day}. It was written here by mistake and is not about you."]
    facts, texts = [], []
    for column in columns_given(table):
        value = entry.values.get(column.name.removesuffix("_sealed"))
        if value in (None, "", {}) or column.name in UNTOLD or column is day_column(table):
            continue
        named = entry.names.get(column.name)
        if _is_bare_key(column) and not named:
            continue
        if is_text(column):
            texts.append(f"{label_of(column)}: {_flat(str(value))}")
        else:
            facts.append((label_of(column), named or _said(column, value, entry.values)))
    return facts, texts


def label_of(column: Column[Any]) -> str:
    if column.name in LABELS:
        return LABELS[column.name]
    name = re.sub(r"_(sealed|id|on|at|pence|minutes|hundredths)$", "", column.name)
    return LABELS.get(name) or name.replace("_", " ").capitalize()


def _is_bare_key(column: Column[Any]) -> bool:
    """A key says nothing to a person; those of people who work here are given as roles."""
    who = target_of(column) == "user" or column.name == "user_id"
    return (column.name.endswith("_id") and not who) or column.name == "link"


def _said(column: Column[Any], value: Any, row: Mapping[str, Any]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return _counted(column.name, value)
    if isinstance(column.type, Instant):
        return when(datetime.fromisoformat(value))
    if isinstance(column.type, Date):
        return date_short(date.fromisoformat(value))
    if isinstance(value, dict | list):
        return _flat(json.dumps(value, ensure_ascii=False))
    return words_of(column, str(value), row)


def _counted(name: str, value: int) -> str:
    if name.endswith("_pence"):
        return pounds(value)
    if name.endswith("_hundredths"):
        return f"{value / 100:g}"
    return f"{value} min" if name.endswith("minutes") else str(value)


def _flat(text: str) -> str:
    """Words that are kept as JSON (a plan as it was agreed), as sentences of them."""
    if not text.startswith(("{", "[")):
        return text
    try:
        return "; ".join(_leaves(json.loads(text)))
    except ValueError:
        return text


def _leaves(held: Any, called: str = "") -> Iterator[str]:
    if isinstance(held, dict):
        for name, inner in held.items():
            yield from _leaves(inner, str(name).replace("_", " "))
    elif isinstance(held, list):
        for inner in held:
            yield from _leaves(inner, called)
    elif held not in (None, ""):
        try:
            UUID(str(held))
        except ValueError:
            yield f"{called}: {held}" if called else str(held)
