"""How this installation is: what was found, and what is wrong, in words. Changes nothing."""

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, create_engine, func, select
from sqlalchemy.exc import DBAPIError

from caseworker.core import clock, codes, migrate
from caseworker.core.audit import AuditEvent
from caseworker.core.database_checks import describe_database
from caseworker.core.engine import engine_options, prepare
from caseworker.core.errors import SettingsWrong
from caseworker.core.filesystems import database_file, filesystem_of, refuse_network_share
from caseworker.core.installation import Installation
from caseworker.core.keys import Keyring
from caseworker.core.setup import unreachable

LOW_DISK_BYTES, NO_DISK_BYTES = 2_000_000_000, 200_000_000
EARLIEST_YEAR = 2026
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Setting(Protocol):
    """What the doctor asks of the settings."""

    @property
    def data(self) -> Path: ...
    @property
    def database_url(self) -> str: ...
    @property
    def key_text(self) -> str | None: ...
    @property
    def key_file(self) -> Path: ...
    @property
    def host(self) -> str: ...
    @property
    def public_url(self) -> str: ...
    @property
    def trusted_proxy(self) -> int: ...
    @property
    def is_https(self) -> bool: ...
    def keyring(self) -> Keyring: ...


@dataclass
class Findings:
    """`lines` of (what, how it is), and in words what is `wrong` and what to `heed`."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    heed: list[str] = field(default_factory=list)

    def say(self, what: str, how: str) -> None:
        self.lines.append((what, how))


def examine(settings: Setting) -> Findings:
    """Look at everything, going on past whatever is wrong."""
    found = Findings()
    _versions(found)
    _data_folder(settings, found)
    keyring = _key(settings, found)
    _clock(found)
    _way_in(settings, found)
    try:
        refuse_network_share(settings.database_url)
        _database(settings, keyring, found)
    except SettingsWrong as wrong:
        found.wrong.append(str(wrong))
    except DBAPIError as error:
        found.wrong.append(unreachable(error, settings.database_url))
    return found


def _versions(found: Findings) -> None:
    parts = ", ".join(
        f"{name} {version(name)}" for name in ("Flask", "SQLAlchemy", "waitress", "cryptography")
    )
    found.say("Version", f"Caseworker {version('caseworker')}, Python {sys.version.split()[0]}, {parts}")
    lists = codes.editions()
    newest = max(edition.edition for edition in lists.values())
    found.say("Code lists", f"{len(lists)} lists, newest edition {newest}")


def _data_folder(settings: Setting, found: Findings) -> None:
    folder = settings.data
    if not folder.is_dir():
        found.say("Data folder", f"{folder} is not there")
        found.wrong.append(f"The data folder {folder} is not there. Make it with: caseworker setup")
        return
    free = shutil.disk_usage(folder).free
    kind = filesystem_of(folder) or "unknown file system"
    mode = folder.stat().st_mode & 0o777
    found.say("Data folder", f"{folder} ({kind}), mode {mode:03o}, {free / 1e9:,.1f} GB free")
    if not os.access(folder, os.W_OK | os.X_OK):
        found.wrong.append(f"The data folder {folder} cannot be written to: give it to the user who serves")
    if mode & 0o077:
        found.heed.append(f"Others on this machine may look into {folder}: chmod 700 {folder}")
    if free < NO_DISK_BYTES:
        found.wrong.append(f"The disk is nearly full ({free / 1e6:,.0f} MB free): make room now")
    elif free < LOW_DISK_BYTES:
        found.heed.append(f"The disk has {free / 1e9:,.1f} GB free: make room soon")


def _key(settings: Setting, found: Findings) -> Keyring | None:
    where = "CASEWORKER_KEY" if settings.key_text else str(settings.key_file)
    try:
        keyring = settings.keyring()
    except SettingsWrong as wrong:
        found.say("Key", f"none in {where}")
        found.wrong.append(str(wrong))
        return None
    count = len(keyring.masters)
    found.say(
        "Key", f"{keyring.fingerprint()} from {where}" + (f", {count} on the ring" if count > 1 else "")
    )
    found.heed.append(
        "Without this key no note, draft or file can ever be read again, by anybody. Keep a copy of it "
        "apart from the database and its backups"
    )
    if not settings.key_text and settings.key_file.stat().st_mode & 0o077:
        found.wrong.append(f"Others on this machine may read the key: chmod 600 {settings.key_file}")
    return keyring


def _clock(found: Findings) -> None:
    now = clock.now()
    uk = now.astimezone(clock.UK)
    here = f"{uk:%H:%M} in the United Kingdom ({uk:%Z})"
    found.say("Clock", f"{now:%Y-%m-%d %H:%M:%S} UTC, {here}, time zone data {version('tzdata')}")
    summer = datetime(EARLIEST_YEAR, 7, 1, 12, tzinfo=UTC).astimezone(ZoneInfo("Europe/London"))
    if summer.hour != 13:
        found.wrong.append("The time zone data does not know British summer time: install tzdata again")
    if now.year < EARLIEST_YEAR:
        found.wrong.append(f"The clock says {now.year}: set it, or dates of records will be wrong")


def _way_in(settings: Setting, found: Findings) -> None:
    proxies = f", behind {settings.trusted_proxy} trusted proxy" if settings.trusted_proxy else ""
    found.say("Address", f"{settings.public_url}, listening on {settings.host}{proxies}")
    if not settings.is_https and settings.host not in LOOPBACK:
        found.wrong.append(
            "Passwords and records would travel unencrypted: put a proxy with a certificate in front and set "
            "CASEWORKER_PUBLIC_URL=https://..., or listen on 127.0.0.1 only"
        )
    if settings.is_https and not settings.trusted_proxy:
        found.wrong.append(
            "The public address is https and no proxy is trusted: set CASEWORKER_TRUSTED_PROXY=1"
        )
    if settings.trusted_proxy and settings.host not in LOOPBACK:
        found.heed.append(
            f"Whoever reaches {settings.host} directly can pretend to be the proxy: "
            "listen on 127.0.0.1, or let a firewall see to it"
        )


def _database(settings: Setting, keyring: Keyring | None, found: Findings) -> None:
    file = database_file(settings.database_url)
    if file is not None and not file.exists():
        found.say("Database", f"{file} is not there")
        found.wrong.append("There is no database yet. Make one with: caseworker setup")
        return
    engine = create_engine(**engine_options(settings.database_url))
    prepare(engine)
    try:
        with engine.execution_options(caseworker_begin="read").connect() as connection:
            for what, how, wrong in describe_database(connection, file):
                found.say(what, how)
                found.wrong += wrong
        _tables(engine, keyring, found)
    finally:
        engine.dispose()


def _tables(engine: Engine, keyring: Keyring | None, found: Findings) -> None:
    at, head = migrate.current(engine), migrate.head()
    found.say("Tables", f"at revision {at or 'none'}, this version's is {head}")
    if at != head:
        found.wrong.append("The database's tables are not at this version. Run: caseworker migrate")
        return
    with engine.execution_options(caseworker_begin="read").connect() as connection:
        _installation(connection, keyring, found)
        _audit(connection, found)


def _installation(connection: Connection, keyring: Keyring | None, found: Findings) -> None:
    row = connection.execute(select(Installation.kind, Installation.key_fingerprint)).one_or_none()
    if row is None:
        found.say("Installation", "not set up")
        found.wrong.append("This database is not set up yet. Run: caseworker setup")
        return
    found.say("Installation", f"{row.kind}, sealed with key {row.key_fingerprint}")
    if keyring is not None and row.key_fingerprint not in keyring.fingerprints():
        found.wrong.append(
            f"This key is not the one that sealed this database ({row.key_fingerprint}): put that key back"
        )


def _audit(connection: Connection, found: Findings) -> None:
    last = connection.execute(
        select(AuditEvent.number, AuditEvent.link).order_by(AuditEvent.number.desc()).limit(1)
    ).one_or_none()
    count = connection.scalar(select(func.count()).select_from(AuditEvent)) or 0
    head = f"{last.number}:{last.link.hex()}" if last else "0"
    found.say("Audit", f"{count:,} rows, head {head}")
    if last and last.number != count:
        numbers = f"{count:,} rows and its last is number {last.number:,}"
        found.wrong.append(f"The audit has {numbers}: run caseworker audit verify")


def as_text(found: Findings, paint: Callable[[str], str] = str) -> str:
    """The findings as lines of text."""
    width = max(len(what) for what, _ in found.lines) + 2
    lines = [f"{what:<{width}}{how}" for what, how in found.lines]
    if found.heed:
        lines += ["", "To keep in mind:", *(f"  {words}." for words in found.heed)]
    lines += ["", paint("Wrong:") if found.wrong else "Nothing is wrong."]
    lines += [f"  {words.rstrip('.')}." for words in found.wrong]
    return "\n".join(lines)
