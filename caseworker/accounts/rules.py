"""What a password must be, and how long guessing must wait. Pure decisions."""

import re
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 1000
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(minutes=15)

_LEET = str.maketrans("013457@$!+", "oleastasit")
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "zaqxswcdevfrbgtnhymjukilop",
)


def wait_after(beyond_free: int, last: datetime, now: datetime) -> int:
    """Whole seconds still to wait when `beyond_free` tries too many were made, the last at `last`.

    15 seconds after the last free try, doubling with each further one, 15 minutes at most.
    """
    if beyond_free < 0:
        return 0
    delay = min(FIRST_WAIT * 2 ** min(beyond_free, 10), LONGEST_WAIT)
    return max(0, -int(-(last + delay - now).total_seconds() // 1))


def password_refusal(password: str, email: str = "", name: str = "") -> str | None:
    """Why this password cannot be taken, in words that say what to do; None when it can.

    Length and commonness only, as NIST SP 800-63B and the NCSC advise: no rules of composition.
    """
    if len(password) < SHORTEST_PASSWORD:
        return f"Make it {SHORTEST_PASSWORD} characters or longer. Three random words make a good password"
    if len(password) > LONGEST_PASSWORD:
        return f"Make it {LONGEST_PASSWORD:,} characters or fewer"
    if is_common(password, email, name):
        return "That password is easy to guess. Choose another: three random words make a good one"
    return None


def is_common(password: str, email: str = "", name: str = "") -> bool:
    """One of the commonest passwords, or one of them with digits and signs around it, or a pattern."""
    plain = password.casefold()
    stems = {plain, _letters(plain), _letters(plain.translate(_LEET)), _letters_and_digits(plain)}
    own = {word for word in re.split(r"\W+", f"{email} {name}".casefold()) if len(word) >= 3}
    return any(_is_worn(stem, own) for stem in stems if stem) or len(set(plain)) < 5


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())


def _letters_and_digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isalnum())


def _is_worn(stem: str, own: set[str]) -> bool:
    """Made of the owner's own words, at most two common ones, keyboard walks and digits."""
    rest, common = _shortest_repeat(stem), 0
    for word in sorted(own, key=len, reverse=True):
        rest = rest.replace(word, " ")
    for word in sorted(common_words(), key=len, reverse=True):
        if word in rest:
            rest, common = rest.replace(word, " "), common + 1
    return common <= 2 and len(_letters(_without_runs(rest))) < 3


def _shortest_repeat(text: str) -> str:
    for length in range(1, len(text) // 2 + 1):
        if len(text) % length == 0 and text[:length] * (len(text) // length) == text:
            return text[:length]
    return text


def _without_runs(text: str) -> str:
    for run in _RUNS:
        for length in range(len(run), 2, -1):
            for start in range(len(run) - length + 1):
                part = run[start : start + length]
                text = text.replace(part, "").replace(part[::-1], "")
    return text


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    lines = Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
