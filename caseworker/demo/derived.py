"""What the product works out from records, worked out for all of them at once by the same rules."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from caseworker.contacts.queries import heard, reached_by
from caseworker.contacts.rules import Reached
from caseworker.core.calendar import age_on
from caseworker.core.ids import sayable_reference
from caseworker.demo.seeds import Row, key_for
from caseworker.enrolments.rules import Spell, contact_due, plan_due, review_due
from caseworker.enrolments.services import follow_up_stopped_on
from caseworker.participants.agreed import CONTACT_AFTER, DECLINED, GIVEN
from caseworker.participants.models import Scope
from caseworker.participants.rules import name_words
from caseworker.participants.sameness import sound
from caseworker.participants.spelling import spellings
from caseworker.progressions.queries import asked_days, evidence_level, evidence_rank, work_kinds
from caseworker.progressions.rules import Check, Job, Journey, settle
from caseworker.rights.rules import begins_on, due_on

Tables = dict[str, list[Row]]


@dataclass
class _Edition:
    id: UUID
    kind: str
    code: str
    settings: dict[str, Any]
    from_on: date
    until_on: date | None


def complete(tables: Tables) -> None:
    """Fill in references and ages, and add the rows that come with others."""
    for number, person in enumerate(tables["participant"], start=1):
        digest = hashlib.sha256(f"reference/{number}".encode()).digest()
        person["reference"] = sayable_reference(int.from_bytes(digest[:8], "big") % 32**6)
    born = {person["id"]: person["born_on"] for person in tables["participant"]}
    for enrolment in tables["enrolment"]:
        day, birthday = enrolment["started_on"] or enrolment["referred_on"], born[enrolment["participant_id"]]
        enrolment["age_at_start"] = age_on(birthday, day) if birthday else None
    tables["name_key"] = _numbered("name_key", _names(tables["participant"]))
    tables["name_spelling"] = _numbered("name_spelling", _spellings(tables["name_key"]))
    tables["participant_access"] = _numbered("participant_access", _access(tables))
    for request in tables.get("rights_request", []):
        begin = begins_on(request["received_on"], request["identity_on"])
        request["due_on"] = None if begin is None else due_on(begin)
    tables["due_item"], tables["outcome_state"] = [], []
    _settle(tables)


def _numbered(table: str, rows: Iterable[Row]) -> list[Row]:
    return [{"id": key_for(table, number), **row} for number, row in enumerate(rows, start=1)]


def _names(people: list[Row]) -> Iterable[Row]:
    for person in people:
        for word in name_words(person["given_name"], person["family_name"], person["preferred_name"]):
            yield {"participant_id": person["id"], "word": word, "sound": sound(word)}


def _spellings(names: list[Row]) -> Iterable[Row]:
    for word in dict.fromkeys(name["word"] for name in names):
        for less in spellings(word):
            yield {"less": less, "word": word}


def _access(tables: Tables) -> Iterable[Row]:
    """As a start, a course place and an event open somebody to their programme, keyworker and tutor."""
    leads = defaultdict(list)
    for grant in tables["role_grant"]:
        if grant["role"] == "lead":
            leads[grant["programme_id"]].append(grant["user_id"])
    restricted = {person["id"] for person in tables["participant"] if person["restricted"]}
    for enrolment in tables["enrolment"]:
        opened = {"scope": Scope.CASE, "because_id": enrolment["id"], "from_on": enrolment["referred_on"]}
        person = enrolment["participant_id"]
        yield _row(person, programme_id=enrolment["programme_id"], why="enrolment", **opened)
        if enrolment["keyworker_id"]:
            yield _row(person, user_id=enrolment["keyworker_id"], why="keyworker", **opened)
        if person in restricted:
            for lead in leads[enrolment["programme_id"]]:
                yield _row(person, user_id=lead, why="enrolment", **opened)
    people = {enrolment["id"]: enrolment["participant_id"] for enrolment in tables["enrolment"]}
    tutors = {course["id"]: course["tutor_id"] for course in tables["course"]}
    for place in tables["course_enrolment"]:
        yield _row(
            people[place["enrolment_id"]], user_id=tutors[place["course_id"]], why="course",
            scope=Scope.LEARNER, because_id=place["id"], from_on=place["joined_on"],
            until_on=place["left_on"],
        )  # fmt: skip
    events = {event["id"]: event for event in tables["event"]}
    for came in tables["event_attendance"]:
        event = events[came["event_id"]]
        yield _row(
            came["participant_id"], programme_id=event["programme_id"], why="event", scope=Scope.PEOPLE,
            because_id=event["id"], from_on=event["held_on"],
        )  # fmt: skip


def _row(participant_id: UUID, **values: Any) -> Row:
    return {
        "participant_id": participant_id,
        "user_id": None,
        "programme_id": None,
        "until_on": None,
    } | values


def _settle(tables: Tables) -> None:
    """Due items and outcomes of every enrolment, in its programme's rules."""
    clocks, outcomes = _editions(tables, {"review_clock"}), _editions(tables, {"into_work", "sustained"})
    minimums, ladders = _editions(tables, {"minimum_contact"}), _editions(tables, {"contact_ladder"})
    tried, plans = _tried(tables), {plan["enrolment_id"]: plan for plan in tables["action_plan"]}
    # Safe times are sealed in the row; they warn, and close no way.
    people = {row["id"]: SimpleNamespace(**row, safe_times=None) for row in tables["participant"]}
    jobs, said_no, pauses = _jobs(tables), _said_no(tables), _pauses(tables)
    for enrolment in tables["enrolment"]:
        own = pauses.get(enrolment["id"], ())
        spell = Spell(enrolment["id"], enrolment["started_on"], enrolment["exited_on"], own)
        programme = enrolment["programme_id"]
        clock, person = clocks[programme], people[enrolment["participant_id"]]
        told = heard(tried.get(enrolment["id"], []), ladders[programme], person)
        plan = plans.get(enrolment["id"], {})
        agreed, reviewed = plan.get("agreed_on"), plan.get("reviewed_on")
        journey = _journey(enrolment, jobs[enrolment["id"]], said_no.get(enrolment["participant_id"]))
        settled = settle(journey, outcomes[programme])
        dues = (
            contact_due(spell, clock, told, minimums[programme]),
            plan_due(spell, clock, agreed),
            review_due(spell, clock, plan.get("id"), agreed, reviewed),
        )
        for due in dues:
            if due is not None:
                _due(tables, enrolment, due.kind, due.about_id, due)
        for check in settled.checks:
            _due(tables, enrolment, "sustainment", check.rule_id, check)
        for rule, found in settled.outcomes.items():
            tables["outcome_state"].append(
                {
                    "id": key_for("outcome_state", len(tables["outcome_state"]) + 1),
                    "enrolment_id": enrolment["id"],
                    "rule": rule,
                    "achieved_on": found.achieved_on,
                    "matures_on": found.matures_on,
                    "unknown_on": found.unknown_on,
                    "evidence_level": evidence_level(found.evidence_rank),
                    "progression_id": found.job_id,
                }
            )


def _due(tables: Tables, enrolment: Row, kind: str, about_id: UUID, due: Any) -> None:
    tables["due_item"].append(
        {
            "id": key_for("due_item", len(tables["due_item"]) + 1),
            "enrolment_id": enrolment["id"],
            "kind": str(kind),
            "about_id": about_id,
            "due_on": due.due_on,
            "rule": due.rule,
            "closed_on": due.closed_on,
        }
    )


def _editions(tables: Tables, kinds: set[str]) -> dict[UUID, list[_Edition]]:
    found: dict[UUID, list[_Edition]] = defaultdict(list)
    for rule in sorted(tables["programme_rule"], key=lambda rule: (rule["from_on"], rule["code"])):
        if rule["kind"] in kinds:
            found[rule["programme_id"]].append(
                _Edition(
                    rule["id"],
                    rule["kind"],
                    rule["code"],
                    rule["settings"],
                    rule["from_on"],
                    rule["until_on"],
                )
            )
    return found


def _tried(tables: Tables) -> dict[UUID, list[Reached]]:
    """Contacts and attempts that stand, by case, the oldest first."""
    corrected = {contact["corrects_id"] for contact in tables["contact"]} - {None}
    found: dict[UUID, list[Reached]] = defaultdict(list)
    for contact in sorted(tables["contact"], key=lambda row: (row["happened_at"], row["id"])):
        if contact["id"] not in corrected:
            said = (contact[name] for name in ("happened_at", "channel", "two_way", "result", "direction"))
            found[contact["enrolment_id"]].append(reached_by(*said))
    return found


def _jobs(tables: Tables) -> dict[UUID, list[Job]]:
    checks = defaultdict(list)
    for check in tables["sustainment_check"]:
        rank = evidence_rank(check["evidence_level"])
        checks[check["progression_id"]].append(Check(check["checked_on"], check["result"], rank))
    found: dict[UUID, list[Job]] = defaultdict(list)
    kinds = work_kinds()
    for step in tables["progression"]:
        if step["kind"] in kinds:
            rank = evidence_rank(step["evidence_level"])
            job = Job(step["id"], step["started_on"], step["ended_on"], rank, tuple(checks[step["id"]]))
            found[step["enrolment_id"]].append(job)
    return found


def _pauses(tables: Tables) -> dict[UUID, list[SimpleNamespace]]:
    found: dict[UUID, list[SimpleNamespace]] = defaultdict(list)
    for row in sorted(tables["review_pause"], key=lambda row: row["from_on"]):
        found[row["enrolment_id"]].append(SimpleNamespace(from_on=row["from_on"], until_on=row["until_on"]))
    return found


def _said_no(tables: Tables) -> dict[UUID, date]:
    """From when on people's last word on contact after leaving is no."""
    found: dict[UUID, date] = {}
    answers = [row for row in tables["agreement"] if row["purpose"] == CONTACT_AFTER]
    for row in sorted(answers, key=lambda row: (row["given_on"], row["id"])):
        if row["answer"] == DECLINED or row["withdrawn_on"] is not None:
            found[row["participant_id"]] = row["withdrawn_on"] or row["given_on"]
        elif row["answer"] == GIVEN:
            found.pop(row["participant_id"], None)
    return found


def _journey(enrolment: Row, jobs: list[Job], no_since: date | None) -> Journey:
    stopped_on = follow_up_stopped_on(enrolment["exited_on"], enrolment["exit_reason"], no_since)
    return Journey(
        started_on=enrolment["started_on"],
        status_at_start=enrolment["status_at_start"],
        jobs=tuple(jobs),
        asked_on=asked_days(tuple(jobs)),
        follow_up_stopped_on=stopped_on,
    )
