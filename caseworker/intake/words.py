"""What the pages of intake call things."""

from typing import Any

from flask_babel import lazy_gettext as _

from caseworker.intake.later import Missing, Part
from caseworker.participants.matching import Match
from caseworker.participants.words import SHARED


def shared_words(match: Match) -> str:
    """What a person and the description share: "same name, same date of birth"."""
    return ", ".join(str(SHARED[reason]) for reason in match.comparison.shared)


# (heading, what it says when asked for, endpoint where it is answered).
PARTS: dict[Part, tuple[Any, Any, str]] = {
    Part.SAFETY: (_("How to reach them safely"), _("Ask how to reach them safely"), "intake.safety"),
    Part.CONTACT: (_("Name, birth and contact details"), _("Fill in their details"), "intake.details"),
    Part.AGREEMENTS: (_("Agreements"), _("Ask what they agree to"), "intake.agreements"),
    Part.ELIGIBILITY: (_("Eligibility"), _("Check they are eligible"), "intake.eligibility"),
    Part.STATUS: (_("Work and benefits"), _("Ask about work and benefits"), "intake.status"),
    Part.EQUALITY: (_("Equality questions"), _("Ask the equality questions"), "intake.equality"),
}

FIELDS: dict[str, Any] = {
    "safety": _("voicemail, texts, letters, e-mail, safe times"),
    "status": _("work and benefits"),
    "born_on": _("date of birth"),
    "phone": _("telephone"),
    "email": _("e-mail"),
    "postcode": _("postcode"),
    "address": _("address"),
    "ni_number": _("National Insurance number"),
    "notice": _("privacy notice"),
    "take_part": _("taking part"),
    "share": _("sharing with an agency"),
    "photo": _("photo"),
    "story": _("story"),
    "contact_after": _("contact after leaving"),
    "sex": _("sex"),
    "ethnicity": _("ethnicity"),
    "disability": _("disability"),
    "learning_difficulty": _("learning difficulty"),
    "carer": _("caring for somebody"),
    "lone_parent": _("lone parent"),
    "care_leaver": _("care leaver"),
    "veteran": _("armed forces"),
    "refugee": _("refugee"),
}


def missing_words(missing: Missing, labels: dict[str, str]) -> str:
    """What of a part has not been asked: "telephone, e-mail". `labels` name the programme's criteria."""
    return ", ".join(str(FIELDS.get(each) or labels.get(each, each)) for each in missing.what)


# The equality questions as they are put.
QUESTION: dict[str, Any] = {
    "sex": _("What is your sex?"),
    "ethnicity": _("What is your ethnic group?"),
    "disability": _("Does a condition or illness lasting 12 months or more limit your daily life?"),
    "learning_difficulty": _("Do you have a learning difficulty, or a health problem that affects learning?"),
    "carer": _("Do you look after somebody who could not manage without you?"),
    "lone_parent": _("Do you bring up children on your own?"),
    "care_leaver": _("Were you in care as a child?"),
    "veteran": _("Have you served in the armed forces?"),
    "refugee": _("Are you a refugee?"),
    "gender_identity": _("Is your gender the same as the sex registered when you were born?"),
    "religion": _("What is your religion?"),
    "orientation": _("Which best describes your sexual orientation?"),
    "pregnancy": _("Are you pregnant, or have you had a baby in the last 26 weeks?"),
}

PURPOSE: dict[str, Any] = {
    "notice": _("Privacy notice given"),
    "take_part": _("Taking part"),
    "share": _("Sharing with a named agency"),
    "photo": _("Photo of them"),
    "story": _("Their story"),
    "contact_after": _("Contact after leaving"),
}

ANSWER: dict[str, Any] = {"given": _("Yes"), "declined": _("No"), "not_asked": _("Not asked")}

STANDING: dict[str, tuple[Any, str]] = {
    "met": (_("Met"), "ok"),
    "expired": (_("Evidence out of date"), "danger"),
    "no_evidence": (_("Met, no evidence seen"), "warn"),
    "not_met": (_("Not met"), "danger"),
    "not_known": (_("Not known"), "neutral"),
    "not_asked": (_("Not asked yet"), "neutral"),
}
