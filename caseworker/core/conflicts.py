"""Two people changed one record: both texts, field by field, and the choice between them.

The page sends what was typed under the fields' own names, what is saved now under `saved-…`, and for each
field that differs which of the two is to stand (`keep-…`). The version is checked again, so that a third
change is shown too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

KEEP, SAVED = "keep", "saved"
WRITABLE = frozenset({"text", "textarea", "date", "time", "number", "money"})
Sent = list[tuple[str, str]]


@dataclass(frozen=True)
class Differing:
    """A field whose typed and saved values are not the same, each in words and as a browser sends it."""

    name: str
    label: str
    component: str
    typed: str
    saved: str
    typed_as: Sent
    saved_as: Sent

    @property
    def writable(self) -> bool:
        """One box of text: what was typed can be put together with what is saved."""
        return self.component in WRITABLE


def differing(form: Any, saved: Any, left_out: Sequence[str]) -> list[Differing]:
    """The fields of a sent form that say something else than the same form filled from the record."""
    return [
        Differing(
            field.name,
            str(field.label.text),
            field.component,
            in_words(field),
            in_words(saved[field.name]),
            sent_as(field),
            sent_as(saved[field.name]),
        )
        for field in form
        if hasattr(field, "component")
        and field.component not in ("hidden", "file")
        and field.name not in left_out
        and field.data != saved[field.name].data
    ]


def sent_as(field: Any) -> Sent:
    """(name, text) as a browser would send the field as it stands."""
    raw = field.raw
    if field.component == "dob":
        boxes = [*raw, "yes" if field.not_known else ""]
        return [(name, text) for name, text in zip(field.posted_names, boxes, strict=True) if text]
    values = raw if isinstance(raw, list | tuple) else [raw]
    return [(field.name, str(value)) for value in values if value != ""]


def in_words(field: Any) -> str:
    """What the field says, with the labels of what was chosen; empty for nothing."""
    labels = {str(option[0]): str(option[1]) for option in field.options or ()}
    between = " " if field.component == "dob" else ", "
    return between.join(labels.get(text, text) for _name, text in sent_as(field))


def settled(typed: MultiDict[str, Any]) -> MultiDict[str, Any]:
    """What a form was sent, with what is saved now in place of what was typed where somebody chose it."""
    kept = [
        key.removeprefix(f"{KEEP}-")
        for key, choice in typed.items()
        if key.startswith(f"{KEEP}-") and choice == SAVED
    ]
    if not kept:
        return typed
    found = MultiDict(
        (key, text) for key, text in typed.items(multi=True) if not any(belongs(key, name) for name in kept)
    )
    for key, texts in typed.lists():
        name = key.removeprefix(f"{SAVED}-")
        if name != key and any(belongs(name, each) for each in kept):
            found.setlist(name, texts)
    return found


def belongs(key: str, name: str) -> bool:
    """Whether a browser sends this key for that field; a date of birth has one for each of its boxes."""
    return key == name or key.startswith(f"{name}-")
