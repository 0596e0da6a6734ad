"""Answers picked from a list."""

from collections.abc import Collection, Iterable

from caseworker.core.values.invalid import Invalid, pick
from caseworker.core.values.texts import is_blank

YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"no", "n", "false", "0"})


def choice(raw: object, allowed: Collection[str], noun: str = "an answer") -> str:
    """One of `allowed`, exactly as listed. Raises Invalid when blank or not on the list."""
    if is_blank(raw):
        raise Invalid(pick(noun))
    if not isinstance(raw, str) or raw not in allowed:
        raise Invalid(pick(noun) + " from the list")
    return raw


def choices(raw: Iterable[object], allowed: Collection[str], noun: str = "at least one answer") -> list[str]:
    """Some of `allowed`, each once, in the order given. Raises Invalid when none or one is not listed."""
    picked: list[str] = []
    for each in raw:
        if is_blank(each):
            continue
        if choice(each, allowed, noun) not in picked:
            picked.append(str(each))
    if not picked:
        raise Invalid(pick(noun))
    return picked


def yes_no(raw: object, noun: str = "yes or no") -> bool:
    """True for yes, False for no."""
    if is_blank(raw):
        raise Invalid(pick(noun))
    if isinstance(raw, bool):
        return raw
    word = raw.strip().lower() if isinstance(raw, str) and len(raw) < 10 else ""
    if word not in YES | NO:
        raise Invalid(pick(noun))
    return word in YES
