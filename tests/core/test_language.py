"""Words of templates: looked up once, escaped where something is put in."""

import pytest
from flask import Flask
from markupsafe import Markup

from caseworker.core.language import words


@pytest.mark.parametrize(
    ("text", "values", "said"),
    [
        ("Save", {}, "Save"),
        ("95%% of them", {}, "95% of them"),
        ("%(count)s people", {"count": 3}, "3 people"),
        ("%(share)s%% of %(name)s", {"share": 4, "name": "<b>O’Neill & Co</b>"}, None),
    ],
)
def test_words(app: Flask, text: str, values: dict[str, object], said: str | None) -> None:
    with app.test_request_context():
        for _ in range(2):
            found = words(text, **values)
            assert isinstance(found, Markup)
            assert found == (said or "4% of &lt;b&gt;O’Neill &amp; Co&lt;/b&gt;")


def test_markup_that_is_put_in_stays_markup(app: Flask) -> None:
    with app.test_request_context():
        assert words("%(what)s!", what=Markup("<b>Saved</b>")) == "<b>Saved</b>!"
