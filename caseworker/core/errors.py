"""What can go wrong, by what the person at the screen must be told."""

from typing import Any


class RuleBroken(Exception):
    """A rule of the work refuses this. `field` names the form field it belongs to, if there is one."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class NotVisible(Exception):
    """The record is missing, or this person may not see it. Both answer 404 with the same bytes."""


class NotAllowed(Exception):
    """The person's roles do not open this page (403)."""


class SignInNeeded(Exception):
    """Nobody is signed in, or the session has ended."""


class StaleRecord(Exception):
    """Somebody saved the record after this form was opened (409)."""

    def __init__(self, form: Any) -> None:
        super().__init__()
        self.form = form


class AlreadyDone(Exception):
    """This form was sent before; `location` is where the first answer went."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


class Busy(Exception):
    """The database could not take the change in time; trying again is right (503)."""


class SettingsWrong(Exception):
    """The installation is set up wrongly: one line that says what, and the cure."""
