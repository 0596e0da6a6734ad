"""The words of templates in the reader's language, each looked up once.

Flask-Babel asks for the locale, the catalogue and the domain at every word, which made a third of a page.
"""

from functools import lru_cache
from typing import Any

from flask import Flask, g
from flask_babel import Babel, get_locale, get_translations
from markupsafe import Markup


def install(app: Flask) -> None:
    Babel(app)
    app.jinja_env.globals.update(_=words, gettext=words)


def words(text: str, **values: Any) -> Markup:
    """`_("%(count)s people", count=3)` in a template: translated, with what is put in escaped."""
    if values:
        return _translated(_language(), text) % values
    return _finished(_language(), text)


@lru_cache(maxsize=4096)
def _translated(_language: str, text: str) -> Markup:
    return Markup(get_translations().ugettext(text))  # noqa: S704 - our own words and their translations


@lru_cache(maxsize=4096)
def _finished(language: str, text: str) -> Markup:
    """Words with nothing to put in: `%%` has become `%`."""
    return _translated(language, text) % {}


def _language() -> str:
    found: str | None = g.get("language")
    if found is None:
        found = g.language = str(get_locale())
    return found
