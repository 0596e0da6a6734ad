"""What is read of a long history is little, and says as much as all of it."""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy.orm import Session

from caseworker.contacts.models import Contact
from caseworker.contacts.queries import climb_of, history_of, reached_by
from caseworker.contacts.rules import Reached, attempts_since, climb, last_spoken
from caseworker.contacts.services import take_back_contact
from tests.casefile.situations import NOW, a_clock, a_team, spoke, started
from tests.contacts.test_ladder import SETTINGS, STEPS

pytestmark = pytest.mark.both_databases

CHANNELS = ("telephone", "text", "letter", "face_to_face")
RESULTS = ("spoke", "no_answer", "left_message", "late")


def reached(contacts: list[Contact]) -> list[Reached]:
    """All that stands, the oldest first."""
    standing = sorted(
        (each for each in contacts if each.voided_at is None), key=lambda each: (each.happened_at, each.id)
    )
    return [
        reached_by(each.happened_at, each.channel, each.two_way, each.result, each.direction)
        for each in standing
    ]


@pytest.mark.parametrize("seed", range(6))
def test_it_says_as_much_as_all_of_it(db_session: Session, seed: int) -> None:
    dice, team = Random(seed), a_team()
    a_clock(team.programme, kind="contact_ladder", code="ladder", settings=SETTINGS)
    enrolment = started(team, days_ago=60)
    made = []
    for _ in range(dice.randrange(1, 18)):
        # Half days, so that several happened at the same time.
        at = NOW - timedelta(hours=12 * dice.randrange(1, 20))
        made.append(
            spoke(team, enrolment, happened_at=at, channel=dice.choice(CHANNELS), result=dice.choice(RESULTS))
        )
        if dice.random() < 0.2:
            take_back_contact(dice.choice([each for each in made if each.voided_at is None]),
                              by=team.keyworker, now=NOW)  # fmt: skip
        db_session.flush()
        every, read = reached(made), history_of(enrolment.id)
        assert last_spoken(read) == last_spoken(every)
        assert attempts_since(read) == attempts_since(every)
        assert (climb_of(enrolment) or climb(STEPS, ())) == climb(STEPS, attempts_since(every))


def test_of_a_long_history_little_is_read(db_session: Session) -> None:
    team = a_team()
    enrolment = started(team, days_ago=60)
    for days_ago in range(30, 2, -1):
        spoke(team, enrolment, days_ago=days_ago, channel=CHANNELS[days_ago % 2])
    spoke(team, enrolment, days_ago=1, result="no_answer")
    assert [(each.channel, each.two_way) for each in history_of(enrolment.id)] == [
        ("telephone", True),
        ("text", True),
        ("telephone", False),
    ]
