"""From a form field to the component that draws it.

A field says what it is with `field.component`; this file turns it into the parameters of a macro, and
`templates/components/field.html` calls that macro. Templates write `{{ render_field(form.name) }}`.
"""

import secrets
from collections.abc import Callable
from typing import Any

from flask import Flask
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader
from markupsafe import Markup

Params = dict[str, Any]
INPUT_MODES = {"number": "numeric", "money": "decimal"}
DATE_PARTS = (("day", "Day", "2"), ("month", "Month", "2"), ("year", "Year", "4"))


def raw_text(field: Any) -> str:
    """What was typed or is stored, as one string."""
    raw = getattr(field, "raw", None)
    if isinstance(raw, (list, tuple)):
        raw = raw[0] if raw else ""
    return "" if raw is None else str(raw)


def raw_values(field: Any) -> list[str]:
    """What was ticked or typed, as a list of strings."""
    raw = getattr(field, "raw", None)
    if raw is None:
        return []
    return [str(item) for item in raw] if isinstance(raw, (list, tuple, set)) else [str(raw)]


def label_text(field: Any) -> str:
    return (
        gettext("%(label)s (optional)", label=field.label.text)
        if getattr(field, "optional", False)
        else str(field.label.text)
    )


def _shared(field: Any) -> Params:
    params: Params = {"id": field.id, "name": field.name}
    if hint := getattr(field, "hint", ""):
        params["hint"] = {"text": hint}
    if field.errors:
        params["errorMessage"] = {"text": field.errors[0]}
    return params


def _attributes(field: Any) -> Params:
    return dict(getattr(field, "attributes", None) or {})


def _input(field: Any) -> Params:
    attributes = _attributes(field)
    width = getattr(field, "width", None)
    params = _shared(field) | {
        "label": {"text": label_text(field), "classes": "govuk-label--s"},
        "value": raw_text(field),
        "type": attributes.pop("type", None) or getattr(field, "input_type", "text"),
        "inputmode": getattr(field, "inputmode", None) or INPUT_MODES.get(field.component),
        # The browser would otherwise offer the names of earlier participants.
        "autocomplete": attributes.pop("autocomplete", None) or getattr(field, "autocomplete", None) or "off",
        "classes": f"govuk-input--width-{width}" if width else "cw-input",
        "attributes": attributes,
    }
    if field.component == "money":
        params["prefix"] = {"text": "£"}
    if suffix := getattr(field, "suffix", ""):
        params["suffix"] = {"text": suffix}
    return params


def _date(field: Any) -> Params:
    return _input(field) | {"understood": getattr(field, "understood", "")}


def _textarea(field: Any) -> Params:
    return _shared(field) | {
        "label": {"text": label_text(field), "classes": "govuk-label--s"},
        "value": raw_text(field),
        "rows": getattr(field, "rows", None) or 5,
        "autocomplete": "off",
        "spellcheck": True,
        "attributes": _attributes(field),
    }


def _legend(field: Any) -> Params:
    return {"legend": {"text": label_text(field), "classes": "govuk-fieldset__legend--s"}}


def _items(field: Any) -> list[Params]:
    chosen = set(raw_values(field))
    items = []
    for option in field.options:
        value, label, hint = (*option, "")[:3]
        item: Params = {"value": str(value), "text": label, "checked": str(value) in chosen}
        if hint:
            item["hint"] = {"text": hint}
        items.append(item)
    return items


def _choice(field: Any) -> Params:
    small = "radios" if field.component in ("radios", "yesno") else "checkboxes"
    classes = f"govuk-{small}--small"
    if field.component == "yesno" or getattr(field, "inline", False):
        classes += f" govuk-{small}--inline"
    params = _shared(field)
    del params["id"]
    return params | {
        "idPrefix": field.id,
        "fieldset": _legend(field),
        "items": _items(field),
        "classes": classes,
    }


def _select(field: Any) -> Params:
    items = [item | {"selected": item["checked"]} for item in _items(field)]
    if not any(item["value"] == "" for item in items):
        items.insert(0, {"value": "", "text": gettext("Choose one"), "selected": False})
    return _shared(field) | {
        "label": {"text": label_text(field), "classes": "govuk-label--s"},
        "items": items,
        "attributes": _attributes(field),
    }


def _scale(field: Any) -> Params:
    items = _items(field)
    for number, item in enumerate(items, start=1):
        item["id"] = field.id if number == 1 else f"{field.id}-{number}"
        item["in_words"] = not item["text"].isdigit()
    return _shared(field) | {
        "legend": label_text(field),
        "items": items,
        "last": max(number for number, item in enumerate(items) if not item["in_words"]),
        "low_label": getattr(field, "low_label", ""),
        "high_label": getattr(field, "high_label", ""),
    }


def _date_of_birth(field: Any) -> Params:
    typed = [*raw_values(field), "", "", ""][:3]
    wrong = getattr(field, "wrong_boxes", ()) or ("day", "month", "year")
    items = [
        {
            # The first box has the field's own id: the error summary links there.
            "id": field.id if part == "day" else f"{field.id}-{part}",
            "name": f"{field.name}-{part}",
            "label": gettext(label),
            "value": value,
            "classes": f"govuk-input--width-{width}"
            + (" govuk-input--error" if field.errors and part in wrong else ""),
            "autocomplete": "off",
        }
        for (part, label, width), value in zip(DATE_PARTS, typed, strict=True)
    ]
    return _shared(field) | {
        "id": f"{field.id}-group",
        "fieldset": _legend(field),
        "items": items,
        "not_known": {
            "id": f"{field.id}-not_known",
            "name": f"{field.name}-not_known",
            "checked": bool(getattr(field, "not_known", False)),
        },
    }


def _file(field: Any) -> Params:
    return _shared(field) | {
        "label": {"text": label_text(field), "classes": "govuk-label--s"},
        "attributes": _attributes(field),
    }


def _hidden(field: Any) -> Params:
    return {"id": field.id, "name": field.name, "value": raw_text(field)}


COMPONENTS: dict[str, tuple[str, Callable[[Any], Params]]] = {
    "text": ("input", _input),
    "date": ("date", _date),
    "time": ("input", _input),
    "number": ("input", _input),
    "money": ("input", _input),
    "textarea": ("textarea", _textarea),
    "radios": ("radios", _choice),
    "yesno": ("radios", _choice),
    "checkboxes": ("checkboxes", _choice),
    "select": ("select", _select),
    "scale": ("scale", _scale),
    "dob": ("dob", _date_of_birth),
    "file": ("file", _file),
    "hidden": ("hidden", _hidden),
}


def component(field: Any) -> tuple[str, Params]:
    """(name of the macro in field.html, its parameters). Raises KeyError for an unknown component."""
    macro, build = COMPONENTS[field.component]
    return macro, build(field)


def install(app: Flask) -> None:
    """Let templates import the GOV.UK macros and call `render_field(field, **changes)`."""
    environment = app.jinja_env
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    environment.loader = ChoiceLoader([environment.loader, govuk] if environment.loader else [govuk])
    environment.globals["render_field"] = _renderer(environment)
    environment.globals["form_tokens"] = form_tokens


def form_tokens() -> Markup:
    """The hidden fields of a form that is not a CaseForm: against forgery, and against a second send."""
    return Markup(
        '<input type="hidden" name="csrf_token" value="{}"><input type="hidden" name="post_token" value="{}">'
    ).format(generate_csrf(), secrets.token_urlsafe(32))


def _renderer(environment: Environment) -> Callable[..., Markup]:
    def render_field(field: Any, **changes: Any) -> Markup:
        """The field as HTML; `changes` replace single parameters, like `rows=3`."""
        macro, params = component(field)
        module = environment.get_template("components/field.html").module
        drawn: Markup = getattr(module, macro)(params | changes, field)
        return drawn

    return render_field
