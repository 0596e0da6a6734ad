"""A case with a goal and two open actions, which a contact can touch."""

from dataclasses import dataclass
from datetime import timedelta

from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.plans.models import Action, Goal
from caseworker.plans.rules import ActionDetails, GoalDetails
from caseworker.plans.services import add_action, add_goal
from tests.casefile.situations import TODAY, Team


@dataclass(frozen=True)
class Planned:
    goal: Goal
    first: Action
    second: Action


def a_plan(team: Team, enrolment: Enrolment) -> Planned:
    """Inside `given()`: one goal with two actions to do."""
    kept = db.session.merge(enrolment)
    goal = add_goal(
        kept, GoalDetails("Find work near home", "short"), None, recorded_by=team.keyworker, today=TODAY
    )
    first, second = (
        add_action(
            goal, ActionDetails(words, "participant", TODAY + timedelta(days=7)), recorded_by=team.keyworker
        )
        for words in ("Finish the CV", "Ring the college")
    )
    db.session.flush()
    return Planned(goal, first, second)
