"""One validator per kind of value, used by forms, imports and the API: same value, same verdict.

Each takes what was typed and a `noun` for its messages ("the date they started"), and gives the value or
raises Invalid, whose message says what is wrong and what to do.
"""

from caseworker.core.values.choices import choice, choices, yes_no
from caseworker.core.values.dates import date_, date_of_birth, date_parts
from caseworker.core.values.files import MOST_BYTES, Upload, file_name, kind_of, upload
from caseworker.core.values.identifiers import email, ni_number, phone, postcode
from caseworker.core.values.invalid import Invalid, ask, sentence
from caseworker.core.values.numbers import MOST_PENCE, decimal_, pence, whole
from caseworker.core.values.texts import NOTE, SHORT_TEXT, is_blank, note, showable, text
from caseworker.core.values.times import DAY_MINUTES, instant, minutes, time_of_day

__all__ = [
    "DAY_MINUTES",
    "MOST_BYTES",
    "MOST_PENCE",
    "NOTE",
    "SHORT_TEXT",
    "Invalid",
    "Upload",
    "ask",
    "choice",
    "choices",
    "date_",
    "date_of_birth",
    "date_parts",
    "decimal_",
    "email",
    "file_name",
    "instant",
    "is_blank",
    "kind_of",
    "minutes",
    "ni_number",
    "note",
    "pence",
    "phone",
    "postcode",
    "sentence",
    "showable",
    "text",
    "time_of_day",
    "upload",
    "whole",
    "yes_no",
]
