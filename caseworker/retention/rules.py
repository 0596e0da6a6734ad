"""What stands in the way of erasing somebody, and what a certificate says. Pure."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

PROPOSED, KEPT, ERASED, WITHDRAWN = "proposed", "kept", "erased", "withdrawn"
TIME, ASKED, UNLAWFUL = "time", "asked", "unlawful"

# Code of what stands in the way to the words for it. It says that a duty stands, never which.
IN_THE_WAY: Mapping[str, str] = {
    "gone": "The record was merged or erased already",
    "held": "It is on legal hold",
    "open_case": "They are on a programme now",
    "no_rule": "No rule says how long one of their programmes keeps records",
    "not_due": "The time to keep it is not over",
    "request": "A request of theirs is not answered yet",
    "limited": "Their record is restricted: they may need it kept",
    "proposed": "Somebody proposed it already",
    "kept": "It was decided to keep it for now",
}
# These stand in the way only where nothing but time is the reason.
ONLY_FOR_TIME = frozenset({"no_rule", "not_due", "limited", "kept"})


def digest(facts: Mapping[str, Any]) -> str:
    """SHA-256 of what a certificate says, in a form that is always the same."""
    said = json.dumps(facts, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def seen(rows: Mapping[Any, Mapping[str, int]]) -> str:
    """A short mark of a dry run: another one means that something was written since."""
    return digest({str(key): dict(counts) for key, counts in rows.items()})[:16]
