"""Who may sign in to the demonstration, with passwords made at random for this installation alone."""

import os
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import select, update

from caseworker.accounts.models import User
from caseworker.accounts.passwords import hash_password, new_password
from caseworker.core.db import db
from caseworker.core.errors import SettingsWrong

FILE = "sign-ins.txt"


def make_sign_ins(folder: Path) -> Path:
    """Give everybody who may sign in a new password, and keep them in a file for this user alone.

    Inside a transaction; the audit is the caller's. Raises SettingsWrong when the file cannot be written.
    """
    lines, hashed = [], {}
    users = db.session.scalars(select(User).where(User.active).order_by(User.id))
    for user in users:
        password = new_password()
        hashed[user.id] = hash_password(password)
        lines.append(f"{_roles(user):<24} {user.name:<16} {user.email:<32} {password}\n")
    # One line in the audit says that the demonstration was made, not one for each of its users.
    for key, value in hashed.items():
        db.session.execute(update(User).where(User.id == key).values(password_hash=value))
    file = folder / FILE
    _write(file, lines)
    return file


def read_sign_ins(folder: Path) -> str | None:
    """The kept lines, or None where there are none."""
    try:
        return (folder / FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def _roles(user: User) -> str:
    return ", ".join(str(grant.role).replace("_", " ") for grant in user.grants)


def _write(file: Path, lines: Iterable[str]) -> None:
    making = file.with_suffix(".new")
    try:
        making.unlink(missing_ok=True)
        handle = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as opened:
            opened.writelines(lines)
            opened.flush()
            os.fsync(opened.fileno())
        making.replace(file)
    except OSError as error:
        raise SettingsWrong(f"The sign-ins cannot be kept in {file} ({error.strerror})") from None
