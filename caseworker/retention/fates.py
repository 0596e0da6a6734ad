"""What becomes of each table when a person is erased, column by column, with the reason.

A row is removed, or it stays for a figure with what identifies or describes somebody emptied, or it is left
as it is. A table or a column that is not named here makes a test fail.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

# The version and dates of entry, and who entered it: they say nothing of the person.
OF_EVERY_ROW = frozenset(
    {"id", "version", "entered_at", "voided_at", "void_reason", "entered_by_id", "voided_by_id"}
)


class Way(StrEnum):
    REMOVE = "removed"
    EMPTY = "emptied"
    LEAVE = "left"


@dataclass(frozen=True)
class Fate:
    """`emptied` and `stays` name every column between them; `says` what stands in an emptied one that may
    not be null; `why` gives the reason for each personal column that stays."""

    way: Way
    reason: str
    emptied: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    says: Mapping[str, Any] = field(default_factory=dict)
    why: Mapping[str, str] = field(default_factory=dict)


def _remove(reason: str) -> Fate:
    return Fate(Way.REMOVE, reason)


def _leave(reason: str, /, **why: str) -> Fate:
    return Fate(Way.LEAVE, reason, why=why)


def _empty(
    reason: str, emptied: str, stays: str, says: Mapping[str, Any] | None = None, /, **why: str
) -> Fate:
    return Fate(Way.EMPTY, reason, tuple(emptied.split()), tuple(stays.split()), says or {}, why)


_FLAGS = ("birth_not_known", "no_voicemail", "no_texts", "no_letters", "no_emails")
_AT_START = "figures are counted by how things stood at the start"
_EARNED = "outcomes by earnings are counted from it"

FATES: Mapping[str, Fate] = {
    # Who they are, and what protects them.
    "participant": _empty(
        "the tombstone: its key is what the rows that stay and the audit name",
        "own_reference given_name family_name preferred_name born_on birth_not_known postcode phone email"
        " no_voicemail no_texts safe_times_sealed learning_needs_sealed no_letters no_emails safety_asked_on"
        " address_sealed ni_number_sealed ni_number_mark keep_until_on",
        "organisation_id reference restricted",
        {"given_name": "Erased", "family_name": "record"} | dict.fromkeys(_FLAGS, False),
    ),
    "name_key": _remove("search words are names"),
    "status_history": _remove("figures read the copy on the enrolment"),
    "equality_answer": _remove("special category; no figure of a past period reads it"),
    "communication_needs": _remove("describes the person"),
    "emergency_card": _remove("names the person and somebody near them"),
    "contact_stop": _remove("there is nobody left to contact"),
    "closed_by_stop": _remove("only for taking a stop back"),
    "risk_flag": _remove("describes the person"),
    "risk_review": _remove("describes the person"),
    "restricted_mark": _remove("says why the person is protected"),
    "keep_apart": _remove("names two people who must not meet; one of them comes no more"),
    "not_the_same": _remove("says whom the person is not"),
    "stated_reason": _remove("words about the person"),
    "person_link": _leave("totals over controllers count a human being once: a random key, it opens nothing"),
    "participant_access": _leave("says who may be told that the record was erased"),
    # What they agreed to and asked for.
    "agreement": _empty(
        "shows that what was done was agreed to",
        "agency",
        "participant_id purpose answer given_on notice_version how used_for withdrawn_on",
    ),
    "agreement_decision": _remove("names who decided, and how somebody was judged"),
    "processing_limit": _remove("nothing is processed any more"),
    "rights_request": _empty(
        "shows that requests were answered in time",
        "asker_sealed words_sealed answer_sealed wanted_sealed",
        "participant_id kind received_on how asked_by identity_on due_on extended_on extension_reason"
        " answered_on outcome about_kind about_id",
        asked_by="a code: whether they asked themselves",
    ),
    "entry_statement": _remove("their own words about an entry"),
    "request_pause": _leave("dates of a request's clock"),
    "passage_mark": _remove("places in texts that are gone"),
    "access_pack": _remove("a copy of everything held"),
    "legal_hold": _remove("over, or it would not be erased; its words are about the person"),
    "erasure": _leave("the tombstone's own record"),
    "audit_event": _leave("never changed; ids and names of fields, nothing of the person"),
    "merge": _empty(
        "shows that two records were one; it can no longer be taken apart",
        "moved before_sealed",
        "kept_id absorbed_id merged_on",
        {"moved": {}},
    ),
    "moved_entry": _leave("keys and dates of an entry that was moved"),
    "stored_file": _empty(
        "rows that stay point at it",
        "size name_sealed body_sealed",
        "participant_id kind",
        {"size": 0, "name_sealed": b"", "body_sealed": b""},
    ),
    # Their time on a programme: counted, by codes and dates.
    "enrolment": _empty(
        "starts, leavers and everything counted by them",
        "exit_note_sealed",
        "participant_id programme_id cohort_id keyworker_id referral_source referred_on started_on exited_on"
        " exit_reason non_start_reason status_at_start required_to_look_at_start benefit_at_start"
        " age_at_start",
        status_at_start=_AT_START,
        required_to_look_at_start=_AT_START,
        benefit_at_start=_AT_START,
        age_at_start="whole years, copied at the start for this; the date of birth goes",
    ),
    "due_item": _leave("days and rules"),
    "outcome_state": _leave("outcomes as counted"),
    "review_pause": _leave("pauses move clocks and are counted by reason", reason="a code, counted"),
    "enrolment_exit": _remove("only for taking an exit back"),
    "closed_by_exit": _remove("only for taking an exit back"),
    "eligibility_check": _remove("no figure reads it"),
    "imported_row": _remove("leads to a line of somebody's sheet"),
    "handed_case": _leave("who worked a case and when; nothing of the person"),
    "handed_thing": _leave("keys"),
    "handed_screen": _leave("dates and keys"),
    # What was done.
    "contact": _empty(
        "contacts are counted, and rules run on them",
        "note_sealed not_attended_reason",
        "happened_at channel direction result two_way minutes sensitive message_kind corrects_id"
        " correction_reason enrolment_id",
    ),
    "contact_part": _leave("what kind of thing was done, by key"),
    "contact_theme": _remove("what was talked about describes the person"),
    "appointment": _empty(
        "attendance is counted",
        "place_sealed note_sealed interpreter",
        "enrolment_id with_id starts_on starts_time starts_at length_minutes channel result closed_on"
        " contact_id rebooked_from_id",
    ),
    "case_work": _empty("time worked is counted", "note_sealed", "done_on kind minutes enrolment_id"),
    "task": _remove("words about the person"),
    "taken_message": _remove("words of the person"),
    "learner_message": _remove("words about the person"),
    "learner_message_read": _remove("goes with its message"),
    "visit": _remove("where somebody lives"),
    "support_given": _empty(
        "budgets must add up",
        "theme note_sealed",
        "kind state asked_on given_on amount_pence units_hundredths budget_id decided_by_id decided_on"
        " handed_out_by_id refusal_reason receipt_file_id contact_id enrolment_id",
        kind="what money was spent on is reported",
    ),
    "document": _remove("papers about the person"),
    "document_use": _remove("goes with its document"),
    "onward_referral": _empty(
        "referrals are counted by agency and result",
        "words_sealed shared",
        "agency_id reason signposted_only agreement_id sent_on accepted_on attended_on result closed_on"
        " chase_on enrolment_id",
        {"shared": []},
        reason="a code, counted",
    ),
    # Barriers, plan, wellbeing.
    "barrier_assessment": _empty(
        "barriers and how they eased are counted",
        "note_sealed",
        "theme barrier state severity assessed_on enrolment_id",
        theme="counted by theme",
        barrier="counted by code",
        state="counted",
        severity="how far it eased is counted and valued",
    ),
    "strength": _remove("describes the person"),
    "readiness_item": _remove("no figure reads it"),
    "goal_declined": _remove("no figure reads it"),
    "action_plan": _leave("when plans were agreed and reviewed is counted"),
    "plan_version": _remove("a copy of the plan in the person's words, signed"),
    "goal": _remove("the person's own words; no figure reads it"),
    "action": _remove("words of a goal"),
    "wellbeing_assessment": _empty(
        "wellbeing is counted and valued in pairs",
        "answers_sealed",
        "instrument stage assessed_on completed_how life_satisfaction worthwhile happiness anxiety"
        " score_hundredths enrolment_id",
        life_satisfaction="a score, counted",
        worthwhile="a score, counted",
        happiness="a score, counted",
        anxiety="a score, counted",
        score_hundredths="a score, counted",
    ),
    "survey_response": _leave("whether people answered is counted"),
    "survey_answer": _leave("answers are counted", value="a point on a scale, counted"),
    # Courses, events, steps forward.
    "course_enrolment": _leave("learners are counted"),
    "attendance": _leave("marks are counted"),
    "completion": _empty(
        "completed courses are counted and valued",
        "grade",
        "place_id completed_on achieved_on certificate_seen_on",
    ),
    "event_attendance": _leave("people at an event are counted"),
    "progression": _empty(
        "steps forward are counted and valued",
        "employer job_title",
        "kind started_on ended_on end_reason weekly_minutes pay_pence pay_period contract sector"
        " priority_sector green planned_until_on evidence_level evidence_file_id enrolment_id",
        pay_pence=_EARNED,
    ),
    "progression_employer": _remove("where somebody works"),
    "progression_evidence": _leave("when evidence was seen, and how strong it is"),
    "progression_terms": _leave("hours and pay as they changed: outcomes run on them", pay_pence=_EARNED),
    "sustainment_check": _leave("whether work lasted is counted and valued"),
    "work_break": _leave("whether work lasted is counted and valued"),
    "application": _empty(
        "applications are counted by stage",
        "vacancy_id employer_words job_title",
        "stage stage_on enrolment_id",
        {"employer_words": "erased"},
    ),
    "application_stage": _leave("stages and days"),
    # Concerns: closed ones go with the person; an open one is kept on its own basis. Neither is ever counted.
    "concern": _remove("closed: its purpose is over"),
    "concern_step": _remove("goes with its concern"),
    "concern_alert": _remove("goes with its concern"),
    "concern_reader": _remove("goes with its concern"),
}

# Never told to anybody outside the safeguarding room, not even as a number.
UNTOLD = frozenset({"concern", "concern_step", "concern_alert", "concern_reader"})
# Nor these: that such a row stands protects somebody, or tells of another organisation.
GUARDED = frozenset({"keep_apart", "restricted_mark", "person_link", "not_the_same"})
# No line in what is shown: those above, and what the erasure itself is made of.
UNSHOWN = UNTOLD | GUARDED | {"audit_event", "erasure", "participant_access"}
