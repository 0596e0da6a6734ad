"""Postcodes, e-mail addresses, telephone and National Insurance numbers: right in form, not proved real."""

import re

from caseworker.core.values.invalid import Invalid, ask, sentence
from caseworker.core.values.texts import is_blank

_LONGEST_EMAIL = 254
_LONGEST = 60

# The form published by the UK government's data standards; ZZ99 is the NHS block for no fixed address.
_POSTCODE = re.compile(
    r"GIR0AA|ZZ99[0-9][A-Z]{2}"
    r"|(?:[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9](?:[0-9]|[ABEHMNPRV-Y])?|[0-9][A-HJKPSTUW]))"
    r"[0-9][ABD-HJLNP-UW-Z]{2}"
)
_MAILBOX = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)
_PHONE = re.compile(r"\+?[0-9]+")
_NI_NUMBER = re.compile(r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]")


def postcode(raw: object, noun: str = "a postcode") -> str:
    """A UK postcode in capitals with one space, "m1 1ae" → "M1 1AE"."""
    joined = _joined_capitals(_typed(raw, noun, "M1 1AE", _LONGEST))
    if not _POSTCODE.fullmatch(joined):
        raise Invalid(f"{sentence(noun)} must be a full UK postcode, like M1 1AE")
    return f"{joined[:-3]} {joined[-3:]}"


def email(raw: object, noun: str = "an e-mail address") -> str:
    """An e-mail address, its domain in lower case. ASCII only: one mailbox, one @, one domain."""
    typed = _typed(raw, noun, "name@example.org", 4 * _LONGEST_EMAIL)
    mailbox, _, domain = typed.rpartition("@")
    right = len(typed) <= _LONGEST_EMAIL and len(mailbox) <= 64
    if not right or not _MAILBOX.fullmatch(mailbox) or not _DOMAIN.fullmatch(domain):
        raise Invalid(f"{sentence(noun)} must be in the right form, like name@example.org")
    return f"{mailbox}@{domain.lower()}"


def phone(raw: object, noun: str = "a telephone number") -> str:
    """A telephone number as digits: UK ones start with 0 ("+44 (0)7700 900123" → "07700900123").

    Numbers of other countries keep "+" and their code.
    """
    typed = _typed(raw, noun, "07700 900123", _LONGEST)
    digits = re.sub(r"[ .()/-]", "", typed.replace("(0)", "") if typed.startswith(("+", "00")) else typed)
    refused = Invalid(f"{sentence(noun)} must be a telephone number, like 07700 900123 or +353 1 234 5678")
    if not _PHONE.fullmatch(digits):
        raise refused
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    if digits.startswith("+44"):
        digits = "0" + digits[3:].removeprefix("0")
    if re.fullmatch(r"0[1-9][0-9]{8,9}|08001111|\+(?!44)[1-9][0-9]{6,14}", digits):
        return digits
    raise refused


def ni_number(raw: object, noun: str = "a National Insurance number") -> str:
    """A National Insurance number in capitals without spaces, by HMRC's rules of which letters are used."""
    joined = _joined_capitals(_typed(raw, noun, "QQ 12 34 56 C", _LONGEST))
    if not _NI_NUMBER.fullmatch(joined):
        raise Invalid(
            f"{sentence(noun)} must be 2 letters, 6 numbers and a letter from A to D, like QQ 12 34 56 C"
        )
    return joined


def _joined_capitals(typed: str) -> str:
    # Capitals of some letters beyond ASCII (ſ, ı) are ASCII: those must not slip through.
    return typed.replace(" ", "").upper() if typed.isascii() else ""


def _typed(raw: object, noun: str, example: str, longest: int) -> str:
    if is_blank(raw):
        raise Invalid(ask(noun, example))
    if not isinstance(raw, str):
        raise Invalid(f"{sentence(noun)} must be text, like {example}")
    typed = raw.strip().replace("\N{NO-BREAK SPACE}", " ")
    if len(typed) > longest:
        raise Invalid(f"{sentence(noun)} is too long to be right. Enter one like {example}")
    return typed
