"""The trial application, for tests of what every feature stands on."""

from collections.abc import Iterator

import pytest
from flask import Flask

from caseworker.accounts.models import User
from tests.conftest import Given
from tests.core.trial import trial_app
from tests.support.builders import a_user
from tests.support.client import PageClient
from tests.support.databases import Database


@pytest.fixture
def trial(database: Database) -> Iterator[Flask]:
    with trial_app(database) as app:
        yield app


@pytest.fixture
def user(given: Given) -> User:
    with given():
        return a_user()


@pytest.fixture
def browser_of(trial: Flask, user: User) -> PageClient:
    """The browser of somebody who is signed in to the trial."""
    made = trial.test_client()
    assert isinstance(made, PageClient)
    made.sign_in(user)
    return made
