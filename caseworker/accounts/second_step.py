"""The second step at sign-in: six digits from an app (TOTP, RFC 6238), each good once."""

import hmac
import io

import pyotp
import segno
from sqlalchemy import or_, update

from caseworker.accounts.models import User
from caseworker.core import clock
from caseworker.core.db import db

STEP_SECONDS = 30
DIGITS = 6
# A telephone's clock may be half a minute out either way.
STEPS_AROUND = (0, -1, 1)


def is_on(user: User) -> bool:
    """On once a first code has proved that the app holds the secret."""
    return user.second_step_sealed is not None and user.second_step_counter is not None


def begin_setting_up(user: User) -> None:
    """A fresh secret, which asks for nothing at sign-in until it is confirmed."""
    user.second_step, user.second_step_counter = pyotp.random_base32(), None


def take_off(user: User) -> None:
    user.second_step, user.second_step_counter = None, None


def accept(user: User, code: str) -> bool:
    """True once for a code of now or half a minute around it; never again for it or an earlier one."""
    step = _step_of(user, code)
    if step is None:
        return False
    fresh = or_(User.second_step_counter.is_(None), User.second_step_counter < step)
    done = db.session.execute(
        update(User)
        .where(User.id == user.id, fresh)
        .values(second_step_counter=step)
        .execution_options(synchronize_session=False)
    )
    return bool(done.rowcount == 1)  # type: ignore[attr-defined]


def _step_of(user: User, code: str) -> int | None:
    secret = user.second_step
    if secret is None:
        return None
    totp, now = pyotp.TOTP(secret), int(clock.now().timestamp()) // STEP_SECONDS
    matching = [
        now + around
        for around in STEPS_AROUND
        if hmac.compare_digest(totp.generate_otp(now + around).encode(), code.encode())
    ]
    return matching[0] if matching else None


def secret_in_groups(user: User) -> str:
    """To type where no camera is: the secret in groups of four."""
    secret = user.second_step or ""
    return " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))


def picture(user: User) -> bytes:
    """The secret as an SVG picture that an app reads with the camera."""
    address = pyotp.TOTP(user.second_step or "").provisioning_uri(name=user.email, issuer_name="Caseworker")
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", scale=5, light="white", xmldecl=False)
    return drawn.getvalue()
