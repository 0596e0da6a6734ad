"""Guessing is slowed down by a growing delay, counted in the database so that a restart forgets nothing.

Each try is counted before its password is looked at, so that tries in parallel count too; a try that
turns out right is taken back. A browser that signed in to an account before is counted on its own:
whoever guesses from elsewhere cannot lock its owner out.
"""

import hmac
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select

from caseworker.accounts.models import SignInAttempt
from caseworker.accounts.rules import wait_after
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.core.ids import new_id
from caseworker.core.sealing import keyring

COUNTED_FOR = timedelta(hours=1)
FREE_PER_ACCOUNT, FREE_PER_ADDRESS = 5, 10


@dataclass(frozen=True)
class Counter:
    """What tries are counted against, and how many are free before the delay begins."""

    what: str
    free: int

    @property
    def who_hash(self) -> bytes:
        return hmac.digest(keyring().derive("sign-in tries"), self.what.encode(), "sha256")


class TooManyTries(Exception):
    """Nothing was looked at; `seconds` from now it may be tried again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def counters_for(account: str, address: str, device: str | None) -> list[Counter]:
    """`account` is the address typed; `device` a browser known to this account, or None."""
    if device:
        return [Counter(f"device {device} {account}", FREE_PER_ACCOUNT)]
    return [Counter(f"account {account}", FREE_PER_ACCOUNT), address_counter(address)]


def address_counter(address: str) -> Counter:
    """One household or office of IPv6 holds 2**64 addresses: they count as one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return Counter(f"address {address}", FREE_PER_ADDRESS)
    if found.version == 6:
        found = ipaddress.ip_network((found, 64), strict=False).network_address
    return Counter(f"address {found}", FREE_PER_ADDRESS)


def count_try(counters: Sequence[Counter]) -> list[UUID]:
    """Count one try against each; returns its rows. Raises TooManyTries, counting nothing."""
    now = clock.now()
    ordered = sorted(counters, key=lambda counter: counter.who_hash)
    for counter in ordered:
        _one_at_a_time(counter)
    seconds = max(_wait(counter, now) for counter in ordered)
    if seconds:
        raise TooManyTries(seconds)
    rows = [SignInAttempt(id=new_id(), who_hash=counter.who_hash, at=now) for counter in ordered]
    db.session.add_all(rows)
    return [row.id for row in rows]


def take_back(tries: Sequence[UUID]) -> None:
    """The try was right: it counts against nobody."""
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.id.in_(tries)))


def forget_old_tries() -> None:
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.at < clock.now() - COUNTED_FOR))


def _wait(counter: Counter, now: datetime) -> int:
    tries, last = db.session.execute(
        select(func.count(), func.max(SignInAttempt.at)).where(
            SignInAttempt.who_hash == counter.who_hash, SignInAttempt.at > now - COUNTED_FOR
        )
    ).one()
    return wait_after(tries - counter.free, last, now) if tries else 0


def _one_at_a_time(counter: Counter) -> None:
    """SQLite's writers queue anyway; on PostgreSQL two tries would not see each other."""
    if db.engine.dialect.name == "postgresql":
        lock = int.from_bytes(counter.who_hash[:8], "big", signed=True)
        db.session.execute(select(func.pg_advisory_xact_lock(lock)))
