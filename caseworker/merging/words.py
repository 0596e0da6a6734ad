"""What the pages of merging call things."""

from typing import Any

from flask_babel import lazy_gettext as _

HELD: dict[str, Any] = {
    "enrolment": _("Times on a programme"),
    "contact": _("Contacts"),
    "appointment": _("Appointments"),
    "task": _("Tasks"),
    "barrier_assessment": _("Barriers talked about"),
    "action_plan": _("Plans"),
    "wellbeing_assessment": _("Wellbeing questions"),
    "progression": _("Progressions"),
    "sustainment_check": _("Checks whether work lasted"),
    "course_enrolment": _("Places on courses"),
    "support_given": _("Support given"),
    "stored_file": _("Files"),
    "agreement": _("Agreements"),
    "equality_answer": _("Equality answers"),
    "eligibility_check": _("Eligibility checks"),
    "status_history": _("Changes of status"),
    "event_attendance": _("Events"),
    "taken_message": _("Messages taken"),
    "survey_response": _("Survey answers"),
    "participant_access": _("Who may see them"),
    "stated_reason": _("Reasons stated for opening the case"),
    "person_link": _("Links to other organisations"),
}
FLAGS: dict[str, Any] = {
    "no_voicemail": _("No voicemail"),
    "no_texts": _("No texts"),
    "no_letters": _("No letters"),
    "no_emails": _("No e-mails"),
    "restricted": _("Restricted record"),
    "safe_times": _("Safe times to call"),
}


def held_words(name: str) -> Any:
    """A table in words; one without words of its own by its name."""
    return HELD.get(name) or name.replace("_", " ").capitalize()
