"""Words in the reader's language, each looked up once.

Flask-Babel asks for the locale and the catalogue again at every word, which made a third of a page.
"""

from functools import lru_cache
from typing import Any

from flask import Flask, g, has_app_context
from flask_babel import Babel, Domain, get_locale
from flask_babel.speaklater import LazyString
from markupsafe import Markup, escape

KEPT = 8192


class _Language(Babel):  # type: ignore[misc]
    @property
    def domain_instance(self) -> Domain:
        return WORDS


class _Words(Domain):  # type: ignore[misc]
    """The catalogue, asked once for each language and text."""

    def gettext(self, string: str, **variables: Any) -> str:
        found = _translated(_language(), string)
        return found % variables if variables else found


WORDS = _Words()


def install(app: Flask) -> None:
    _Language(app)
    app.jinja_env.globals.update(_=words, gettext=words)


def words(text: str, **values: Any) -> Markup:
    """`_("%(count)s people", count=3)` in a template: translated, with what is put in escaped."""
    if values:
        return Markup(_translated(_language(), text)) % values  # noqa: S704 - our own words
    return _finished(_language(), text)


class Later(LazyString):  # type: ignore[misc]
    """Words written before anybody asks for them, each looked up once for a language."""

    def __init__(self, text: str) -> None:
        super().__init__(WORDS.gettext, text)
        self._text = text

    def __html__(self) -> Markup:
        return _escaped(_language(), self._text)


def later(text: str) -> Later:
    """For a table of words that many rows of a page show: `lazy_gettext` asks more at each."""
    return Later(text)


@lru_cache(maxsize=KEPT)
def _translated(_language: str, text: str) -> str:
    found: str = WORDS.get_translations().ugettext(text)
    return found


@lru_cache(maxsize=KEPT)
def _escaped(language: str, text: str) -> Markup:
    return escape(_translated(language, text))


@lru_cache(maxsize=KEPT)
def _finished(language: str, text: str) -> Markup:
    """Words with nothing to put in: `%%` has become `%`."""
    return Markup(_translated(language, text)) % {}  # noqa: S704 - our own words


def _language() -> str:
    if not has_app_context():
        return ""
    found: str | None = g.get("language")
    if found is None:
        found = g.language = str(get_locale())
    return found
