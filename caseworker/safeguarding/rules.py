"""What a concern is called where its words must not be."""

from uuid import UUID

from caseworker.core.ids import sayable_reference

_NUMBERS = 32**6


def reference_of(concern_id: UUID) -> str:
    """`SC-` and seven characters, from the random end of the key: it tells nothing of when or whom."""
    return "SC-" + sayable_reference(concern_id.int % _NUMBERS).removeprefix("CW-")
