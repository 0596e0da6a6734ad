"""No address on any page carries a name, postcode or date of birth: histories and logs keep addresses."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from caseworker.accounts.models import Role
from caseworker.core.db import db
from caseworker.participants.models import NameKey, Participant
from caseworker.participants.rules import name_words
from caseworker.programmes.models import Organisation, Programme
from tests.support.client import PageClient
from tests.support.crawl import somebody, walk
from tests.support.page import Page, attribute

pytestmark = pytest.mark.demonstration

POSTCODE = re.compile(r"\b[a-z]{1,2}[0-9][0-9a-z]?[ +%]*[0-9][a-z]{2}\b", re.IGNORECASE)
DAY = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
SHORTEST = 3


@pytest.mark.parametrize("role", [Role.KEYWORKER, Role.LEAD, Role.TUTOR, Role.PROGRAMME_ADMINISTRATOR])
def test_no_address_says_who_somebody_is(app: Flask, client: PageClient, role: Role) -> None:
    names, days, codes = known(app)
    client.sign_in(somebody(app, role))
    found = set()
    for path in walk(app, client, each=1).pages.values():
        found |= addresses(client.page(path))
    assert len(found) > 20
    for address in found:
        told = values_of(app, address) - codes
        said = {word for value in told for word in name_words(value) if len(word) >= SHORTEST}
        assert not said & names, address
        assert not POSTCODE.search(unquote(address)), address
        assert not set(DAY.findall(address)) & days, address


def test_a_name_in_an_address_would_be_seen(app: Flask) -> None:
    names, days, _codes = known(app)
    assert len(names) > 100 and len(days) > 100
    name = next(iter(sorted(names)))
    assert name in values_of(app, f"/caseload?keyworker={name}")
    assert name in values_of(app, f"/programmes/{name}")
    assert POSTCODE.search(unquote("/find?find=CF14%205DX"))


def known(app: Flask) -> tuple[set[str], set[str], set[str]]:
    """Words of names, dates of birth, and the codes that addresses may name."""
    with app.app_context():
        names = {word for word in db.session.scalars(select(NameKey.word)) if len(word) >= SHORTEST}
        days = {day.isoformat() for day in db.session.scalars(select(Participant.born_on)) if day}
        codes = {*db.session.scalars(select(Programme.code)), *db.session.scalars(select(Organisation.code))}
    return names, days, codes


def addresses(page: Page) -> set[str]:
    """Every address a page leads or sends to."""
    wanted = (("a", "href"), ("form", "action"), ("button", "formaction"))
    return {
        attribute(tag, name)
        for kind, name in wanted
        for tag in page.soup.find_all(kind)
        if attribute(tag, name).startswith("/")
    }


def values_of(app: Flask, address: str) -> set[str]:
    """What an address says beyond the fixed words of its rule: its parts and its query, by value."""
    parts = urlsplit(address)
    values = {value for _name, value in parse_qsl(parts.query)}
    adapter = app.url_map.bind("localhost")
    for method in ("GET", "POST"):
        if adapter.test(parts.path, method):
            _endpoint, arguments = adapter.match(parts.path, method)
            return values | {str(value) for value in arguments.values()}
    return values | {unquote(part) for part in parts.path.split("/")}
