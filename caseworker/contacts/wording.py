"""Texts in ready words: no service, no reason, no surname, because others may read the telephone. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from urllib.parse import quote

from caseworker.core.codes import codes
from caseworker.core.formatting import date_weekday


@dataclass(frozen=True)
class ReadyText:
    """A wording filled in: `code` and `label` of message_wording, `text` as it is sent."""

    code: str
    label: str
    text: str


def ready_texts(
    known_as: str,
    worker: str,
    meeting: tuple[date, time] | None,
    today: date,
    own: Mapping[str, str] | None = None,
) -> list[ReadyText]:
    """The wordings in use, filled in with first names; those about a meeting only where there is one.
    `own`: the programme's words in place of ours, by code."""
    theirs = own or {}
    said = {"name": known_as.strip(), "worker": first_name(worker), "day": "", "time": ""}
    if meeting is not None:
        day, at = meeting
        said |= {"day": date_weekday(day).rsplit(" ", 1)[0], "time": f"{at:%H:%M}"}
    return [
        ReadyText(row.code, row.label_en, theirs.get(row.code, row.extras["wording"]).format_map(said))
        for row in codes("message_wording", today)
        if meeting is not None or not row.flag("appointment")
    ]


def first_name(name: str) -> str:
    """`Priya Shah` -> Priya."""
    return name.split()[0] if name.split() else ""


def sms_link(phone: str | None, text: str) -> str:
    """What opens the text in the phone's own messages; empty without a number."""
    return f"sms:{phone}?&body={quote(text, safe='')}" if phone else ""
