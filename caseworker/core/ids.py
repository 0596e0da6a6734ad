"""Keys and references."""

import os
import secrets
import time
from uuid import UUID

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECKS = _ALPHABET + "*~$=U"
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, then random bits, so that keys sort by time."""
    stamp = time.time_ns() // 1_000_000
    body = bytearray(stamp.to_bytes(6, "big") + os.urandom(10))
    body[6] = body[6] & 0x0F | 0x70
    body[8] = body[8] & 0x3F | 0x80
    return UUID(bytes=bytes(body))


def check_character(digits: str) -> str:
    """Crockford's check symbol: the number modulo 37."""
    value = 0
    for digit in digits:
        value = value * 32 + _ALPHABET.index(digit)
    return _CHECKS[value % 37]


def reference_for(number: int) -> str:
    """`CW-` and six Crockford digits with a check character, for a number below 32**6."""
    digits = ""
    for _ in range(6):
        number, digit = divmod(number, 32)
        digits = _ALPHABET[digit] + digits
    return f"CW-{digits}{check_character(digits)}"


def sayable_reference(number: int) -> str:
    """The reference of this number or the next whose check character is a letter or digit: the standard
    also has * ~ $ and =, which nobody can say on the telephone."""
    reference = reference_for(number)
    while not reference[-1].isalnum():
        number = (number + 1) % 32**6
        reference = reference_for(number)
    return reference


def new_reference() -> str:
    """A random reference: it tells nothing of who came when."""
    return sayable_reference(secrets.randbelow(32**6))


def read_reference(typed: str) -> str | None:
    """The reference meant by what somebody typed, or None when it is not one or its check fails."""
    text = typed.strip().upper().replace(" ", "").removeprefix("CW").removeprefix("-")
    if len(text) != 7:
        return None
    digits, check = text[:6].translate(_LOOK_ALIKES), text[6]
    if any(digit not in _ALPHABET for digit in digits):
        return None
    expected = check_character(digits)
    if check != expected and check.translate(_LOOK_ALIKES) != expected:
        return None
    return f"CW-{digits}{expected}"
