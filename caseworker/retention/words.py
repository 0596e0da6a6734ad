"""What the pages of keeping and erasing call things."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from caseworker.core.codes import label
from caseworker.core.db import Base
from caseworker.core.formatting import date_uk
from caseworker.retention.fates import FATES, Way
from caseworker.retention.keeping import KeptFor

WAYS: dict[Way, Any] = {
    Way.REMOVE: _("Removed"),
    Way.EMPTY: _("Emptied"),
    Way.LEAVE: _("Kept for figures"),
}


# Where the comment of a table is for those who build, these are for those who decide.
PLAIN: Mapping[str, Any] = {
    "participant": _("Name and contact details"),
    "name_key": _("Words of the name, for search"),
    "contact": _("Contacts and attempts"),
    "stored_file": _("Files"),
    "task": _("Tasks"),
    "visit": _("Visits"),
    "enrolment": _("Times on programmes"),
    "agreement": _("Agreements, and notices given"),
    "equality_answer": _("Answers to equality questions"),
    "communication_needs": _("Communication needs"),
    "access_pack": _("Access packs made"),
    "barrier_assessment": _("Barriers"),
    "status_history": _("Work and benefits"),
    "wellbeing_assessment": _("Answers and scores of wellbeing"),
    "outcome_state": _("Outcomes as counted"),
    "rights_request": _("Requests about the record"),
    "onward_referral": _("Onward referrals"),
    "participant_access": _("Who may see the record"),
    "moved_entry": _("Entries moved to the right person"),
    "plan_version": _("Plans as they were agreed"),
    "action_plan": _("Plans"),
    "support_given": _("Help given"),
}


def table_words(name: str) -> str:
    """A table as people say it: its own comment where that is plain."""
    if name in PLAIN:
        return str(PLAIN[name])
    return Base.metadata.tables[name].comment or name.replace("_", " ").capitalize()


def counted(rows: Mapping[str, int]) -> list[tuple[str, int, Any, str]]:
    """(what, rows, what becomes of them, why) of a dry run, what is removed first."""
    order = list(Way)
    named = sorted(rows, key=lambda name: (order.index(FATES[name].way), table_words(name)))
    return [(table_words(name), rows[name], WAYS[FATES[name].way], FATES[name].reason) for name in named]


def why_kept(purposes: Sequence[KeptFor]) -> str:
    """The rule behind a day: that of the purpose which asks for the record the longest."""
    known = [each for each in purposes if each.until_on is not None]
    if not known:
        return ""
    last = max(known, key=lambda each: (str(each.until_on), each.purpose or ""))
    return rule_words(last)


def rule_words(kept: KeptFor) -> str:
    """Like `Helping them: 72 months from the day they left`."""
    if kept.purpose is None or kept.keep_from is None:
        return str(_("No rule yet"))
    begins = label("keep_from", kept.keep_from)
    said: str = gettext(
        "%(purpose)s: %(months)s months from %(begins)s",
        purpose=label("processing_purpose", kept.purpose),
        months=kept.keep_months,
        begins=begins[:1].lower() + begins[1:],
    )
    return said


def kept_words(basis: Mapping[str, Any], names: Mapping[UUID, str]) -> str:
    """Like `Step Forward – Helping them: 24 months from the day they left, until 31 March 2023`."""
    until_on = date.fromisoformat(basis["until_on"]) if basis["until_on"] else None
    programme_id = UUID(basis["programme"])
    held = KeptFor(
        programme_id, basis["purpose"], basis["article_6"], basis["keep_from"], basis["keep_months"], until_on
    )
    ends = f", until {date_uk(until_on)}" if until_on else ""
    law = f" ({label('article_6_basis', held.article_6)})" if held.article_6 else ""
    return f"{names.get(programme_id, 'A programme')}: {rule_words(held)}{ends}{law}"
