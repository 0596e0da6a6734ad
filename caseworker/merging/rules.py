"""What the kept record says after a merge: chosen where two differ, joined where nothing may be lost."""

from collections.abc import Mapping
from typing import Any, Literal

Side = Literal["kept", "absorbed"]

# One of the two is kept, and where they differ somebody says which.
CHOSEN = (
    "given_name",
    "family_name",
    "preferred_name",
    "born_on",
    "postcode",
    "phone",
    "email",
    "address",
    "ni_number",
    "own_reference",
)
# What protects somebody is never lost: on for either is on.
FLAGS = ("no_voicemail", "no_texts", "no_letters", "no_emails", "restricted")
# Both are kept, one below the other.
JOINED = ("safe_times", "learning_needs")
# The later of the two days.
LATEST = ("keep_until_on", "safety_asked_on")
# What goes with a chosen field.
WITH = {"born_on": ("birth_not_known",), "ni_number": ("ni_number_mark",)}
# Columns that are of the record and not of the person.
OF_THE_RECORD = frozenset(
    {
        "id",
        "organisation_id",
        "reference",
        "version",
        "entered_at",
        "entered_by_id",
        "voided_at",
        "voided_by_id",
        "void_reason",
    }
)


def differing(kept: Any, absorbed: Any) -> list[str]:
    """The fields in which both say something, and not the same."""
    return [
        name
        for name in CHOSEN
        if getattr(kept, name) and getattr(absorbed, name) and getattr(kept, name) != getattr(absorbed, name)
    ]


def merged_values(kept: Any, absorbed: Any, choices: Mapping[str, Side]) -> dict[str, Any]:
    """Everything the kept record will say that it does not say now, by the name of the field."""
    values: dict[str, Any] = {}
    for name in CHOSEN:
        mine, theirs = getattr(kept, name), getattr(absorbed, name)
        taken = theirs and (not mine or choices.get(name) == "absorbed")
        if taken:
            values |= {each: getattr(absorbed, each) for each in (name, *WITH.get(name, ()))}
    if not kept.born_on and not absorbed.born_on:
        values["birth_not_known"] = kept.birth_not_known or absorbed.birth_not_known
    for name in FLAGS:
        values[name] = getattr(kept, name) or getattr(absorbed, name)
    for name in JOINED:
        said = dict.fromkeys(filter(None, (getattr(kept, name), getattr(absorbed, name))))
        values[name] = "\n".join(said) or None
    for name in LATEST:
        days = [day for day in (getattr(kept, name), getattr(absorbed, name)) if day is not None]
        values[name] = max(days, default=None)
    return {name: value for name, value in values.items() if value != getattr(kept, name)}
