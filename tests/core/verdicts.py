"""What a parser said: the value, or its words of refusal."""

from collections.abc import Callable
from typing import Any

import pytest

from caseworker.core.values import Invalid


def verdict(parse: Callable[..., Any], *arguments: Any) -> Any:
    """The value, or None for a refusal whose words are fit to show."""
    try:
        return parse(*arguments)
    except Invalid as refused:
        said = refused.message
    assert 8 < len(said) < 200
    assert not said[0].islower()
    assert "\n" not in said
    return None


def words(parse: Callable[..., Any], *arguments: Any, **named: Any) -> str:
    with pytest.raises(Invalid) as caught:
        parse(*arguments, **named)
    return caught.value.message


def short(value: object) -> str:
    return ascii(value)[:40]
