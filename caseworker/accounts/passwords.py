"""Password hashes: Argon2id, no more at once than the memory allows, the same time for right and wrong.

19 MiB, two passes, one lane: the OWASP Password Storage Cheat Sheet's setting for Argon2id.
"""

import secrets
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from caseworker.core.errors import Busy

MEMORY_KIB, PASSES, LANES = 19_456, 2, 1
AT_ONCE = 4
WAIT_SECONDS = 10
LONGEST = 1000
# Without the letters and digits that are mistaken for one another when read from paper.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"

_hasher = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)
_places = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class Checked:
    """Whether the password is right, and a newer hash to keep where the old one is of weaker settings."""

    right: bool
    new_hash: str | None = None


def hash_password(password: str) -> str:
    """Raises Busy when too many are being made."""
    with _a_place():
        return _hasher.hash(_as_kept(password))


def check_password(kept: str | None, password: str) -> Checked:
    """Compare with a kept hash; `None` for nobody takes as long. Raises Busy when too many are at it."""
    with _a_place():
        right = _verify(kept or _nobody(), password) and kept is not None
        if right and kept and _hasher.check_needs_rehash(kept):
            return Checked(True, _hasher.hash(_as_kept(password)))
    return Checked(right)


def new_password() -> str:
    """A random password to read out or write down: four groups of five, 99 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(5)) for _ in range(4))


def _as_kept(password: str) -> str:
    """The same letters from any keyboard: some send é as one character, some as two."""
    return unicodedata.normalize("NFC", password)


def _verify(kept: str, password: str) -> bool:
    try:
        return len(password) <= LONGEST and _hasher.verify(kept, _as_kept(password))
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash that no password opens, so that an unknown address costs what a known one does."""
    return _hasher.hash(secrets.token_hex(32))


_nobody()


@contextmanager
def _a_place() -> Iterator[None]:
    if not _places.acquire(timeout=WAIT_SECONDS):
        raise Busy
    try:
        yield
    finally:
        _places.release()
