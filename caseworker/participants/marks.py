"""A National Insurance number is found again by a keyed hash: the number itself is sealed."""

import hmac

from caseworker.core.keys import Keyring
from caseworker.core.sealing import keyring

_PURPOSE = "mark of an NI number"


def ni_mark(number: str) -> bytes:
    """What is stored beside the sealed number: 32 bytes, by the newest key."""
    ring = keyring()
    return _mark(ring, ring.newest, number)


def ni_marks(number: str | None) -> frozenset[bytes]:
    """What may be stored for a number, one mark for each key on the ring; empty when there is none."""
    if number is None:
        return frozenset()
    ring = keyring()
    return frozenset(_mark(ring, version, number) for version in ring.masters)


def _mark(ring: Keyring, version: int, number: str) -> bytes:
    return hmac.digest(ring.derive(_PURPOSE, version), number.encode(), "sha256")
