"""Which ideas are offered on a page, and which was tapped."""

from flask import request

from caseworker.barriers.queries import history_of
from caseworker.barriers.rules import latest_words, still_in_the_way
from caseworker.core.clock import today
from caseworker.core.codes import code
from caseworker.enrolments.models import Enrolment
from caseworker.plans.ideas import Idea, idea_named, ideas_for


def offered(enrolment: Enrolment, theme: str | None = None) -> list[Idea]:
    """For a goal's theme, or else for what stands in the way, the most serious first.

    The page is looked at together: themes that are kept off paper stay off it, unless the goal names them.
    """
    barriers = still_in_the_way(latest_words(history_of(enrolment)))
    themes = [theme] if theme else [row.theme for row in barriers if _is_open(row.theme)]
    return ideas_for(themes, {row.barrier for row in barriers if row.barrier}, today())


def _is_open(theme: str) -> bool:
    return code("barrier_theme", theme).flag("printed")


def tapped() -> Idea | None:
    """The idea to write into the form; None when another button was pressed."""
    return idea_named(request.form.get("idea", ""), today())
