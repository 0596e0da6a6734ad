"""A tutor's day, with the clock held at its noon."""

from collections.abc import Iterator

import pytest

from caseworker.core import clock
from tests.conftest import Given
from tests.courses.classes import NOW, Taught, taught
from tests.support.client import PageClient


@pytest.fixture
def at_noon() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def course(given: Given, client: PageClient, at_noon: None) -> Taught:
    """Three learners, a class today, and their tutor signed in."""
    with given():
        made = taught()
    client.sign_in(made.tutor)
    return made
