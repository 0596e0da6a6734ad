"""Sessions end by time and by hand, on the server, whatever the browser keeps."""

import math
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from caseworker.accounts.models import User, UserSession
from caseworker.accounts.services import sign_out_everywhere
from caseworker.accounts.sessions import begin_session, forget_old_sessions
from caseworker.core import clock
from tests.accounts.people import PASSWORD, audited, signed_in, somebody, tokens
from tests.conftest import Given
from tests.core.counting import writes
from tests.support.client import PageClient, read

pytestmark = pytest.mark.both_databases

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def later(**after: float) -> datetime:
    return NOON + timedelta(**after)


def test_a_session_ends_after_half_an_hour_without_use(client: PageClient, given: Given) -> None:
    user = somebody(given)
    with clock.at(NOON):
        client.sign_in(user)
    with clock.at(later(minutes=29)):
        assert signed_in(client)
    with clock.at(later(minutes=58)):
        assert signed_in(client)
    with clock.at(later(minutes=89)):
        answer = client.get("/account/password")
        assert answer.headers["Location"] == "/sign-in?next=/account/password"
        page = client.page("/account/password")
        assert "What you were typing is kept for you" in page.text
        client.send("/sign-in", email=user.email, password=PASSWORD)
        assert signed_in(client)


def test_a_session_ends_after_twelve_hours_however_much_it_is_used(client: PageClient, given: Given) -> None:
    user = somebody(given)
    with clock.at(NOON):
        client.sign_in(user)
    for quarter in range(1, 48):
        with clock.at(later(minutes=15 * quarter)):
            assert signed_in(client), quarter
    with clock.at(later(hours=12, minutes=1)):
        assert not signed_in(client)


def test_staying_signed_in_counts_as_use(client: PageClient, given: Given) -> None:
    user = somebody(given)
    with clock.at(NOON):
        client.sign_in(user)
        token = client.page("/account").soup.find("meta", {"name": "csrf-token"})
        assert token is not None
    with clock.at(later(minutes=25)):
        stay = {"X-CSRFToken": str(token["content"])}
        assert client.post("/stay-signed-in", headers=stay).status_code == 204
    with clock.at(later(minutes=50)):
        assert signed_in(client)


def test_reading_pages_writes_the_time_of_use_once_a_minute(client: PageClient, given: Given) -> None:
    user = somebody(given)
    with clock.at(NOON):
        client.sign_in(user)
    with clock.at(later(seconds=30)), writes(client.application) as seen:
        assert signed_in(client)
    assert seen == []
    with clock.at(later(seconds=90)), writes(client.application) as seen:
        assert signed_in(client)
        assert signed_in(client)
    assert [statement.split()[:2] for statement in seen] == [["UPDATE", "user_session"]]


def test_somebody_switched_off_is_out_at_the_next_page(client: PageClient, given: Given) -> None:
    user = somebody(given)
    client.sign_in(user)
    with given() as session:
        session.get_one(User, user.id).active = False
    assert not signed_in(client)


def test_signing_out_everywhere_ends_every_browser(client: PageClient, given: Given) -> None:
    user = somebody(given)
    other = client.application.test_client()
    assert isinstance(other, PageClient)
    for browser in (client, other):
        browser.sign_in(user)
    rows = client.page("/account").rows("Browsers signed in as you")
    assert Counter(row[2] for row in rows[1:]) == {"This browser": 1, "Another browser": 1}
    answer = client.post("/account/sign-out-everywhere", data=tokens(client), follow_redirects=True)
    assert "signed out of every browser" in read(answer).text
    assert not signed_in(client)
    assert not signed_in(other)
    assert audited(client)[-1] == ("ended sessions", "")


def test_an_administrator_ends_sessions(client: PageClient, given: Given) -> None:
    user = somebody(given)
    client.sign_in(user)
    with given() as session:
        sign_out_everywhere(session.get_one(User, user.id))
    assert not signed_in(client)


def test_tokens_are_long_random_and_not_kept(client: PageClient, given: Given) -> None:
    user = somebody(given)
    with given() as session:
        found = session.get_one(User, user.id)
        tokens = [begin_session(found) for _ in range(300)]
        session.flush()
        kept = session.scalars(select(UserSession.token_hash)).all()
    assert len(set(tokens)) == 300
    letters = Counter("".join(tokens))
    total = sum(letters.values())
    entropy = -sum(count / total * math.log2(count / total) for count in letters.values())
    assert entropy * min(map(len, tokens)) > 240
    assert not {token.encode() for token in tokens} & {bytes(value) for value in kept}


def test_old_sessions_are_forgotten_after_a_week(client: PageClient, given: Given) -> None:
    user = somebody(given)
    with clock.at(NOON), given() as session:
        begin_session(session.get_one(User, user.id))
    for days, left in ((6, 1), (8, 0)):
        with clock.at(later(days=days)), given() as session:
            forget_old_sessions()
            assert len(session.scalars(select(UserSession)).all()) == left
