"""What the modelled programmes publish is in the records exactly: counted here by plain SQL."""

from typing import Any

import pytest

from tests.seed.conftest import Ask

pytestmark = pytest.mark.demonstration

ENROLLED = """FROM enrolment e JOIN programme p ON p.id = e.programme_id
              JOIN participant w ON w.id = e.participant_id WHERE p.code = :code"""


def one(ask: Ask, sql: str, **values: Any) -> Any:
    return ask(sql, **values)[0][0]


def test_the_council_programme_has_1600_leavers(ask: Ask) -> None:
    counts = f"SELECT count(*), count(DISTINCT w.id), count(e.exited_on) {ENROLLED}"
    assert ask(counts, code="ways-into-work") == [(1600, 1600, 1600)]


def test_those_asked_left_more_than_a_year_before(ask: Ask) -> None:
    asked = ask("""SELECT count(*), count(answered_on),
                          min(julianday(v.asked_from_on) - julianday(e.exited_on))
                   FROM survey_response r JOIN enrolment e ON e.id = r.enrolment_id
                   JOIN survey v ON v.id = r.survey_id""")
    assert asked[0][:2] == (1590, 1000)
    assert asked[0][2] > 365
    stopped = one(ask, f"SELECT count(*) {ENROLLED} AND e.exit_reason IN ('died', 'do_not_contact')",
                  code="ways-into-work")  # fmt: skip
    assert stopped == 10


def test_a_thousand_answers_agree_as_published(ask: Ask) -> None:
    said = ask("""SELECT s.code, sum(a.value >= 4), count(*) FROM survey_answer a
                  JOIN survey_statement s ON s.id = a.statement_id GROUP BY s.code, s.place
                  ORDER BY s.place""")
    assert said == [
        ("in_work", 470, 1000), ("valued", 660, 1000), ("optimistic", 530, 1000), ("options", 480, 1000),
        ("motivated", 450, 1000), ("stable", 420, 1000), ("less_anxious", 320, 1000),
    ]  # fmt: skip


def test_both_readings_of_the_47_percent_hold(ask: Ask) -> None:
    both = one(
        ask,
        """SELECT count(*) FROM survey_answer a JOIN survey_statement s ON s.id = a.statement_id
                       JOIN survey_answer b ON b.response_id = a.response_id
                       JOIN survey_statement t ON t.id = b.statement_id
                       WHERE s.code = 'in_work' AND a.value >= 4 AND t.code = 'valued' AND b.value >= 4""",
    )
    assert both == 470


def test_the_council_put_in_5_34_million(ask: Ask) -> None:
    assert ask("""SELECT sum(amount_pence), count(DISTINCT in_kind), min(spent_on) >= '2021-04-01',
                  max(spent_on) <= '2023-03-31' FROM investment i
                  JOIN programme p ON p.id = i.programme_id WHERE p.code = 'ways-into-work'""") == [
        (534_000_000, 2, 1, 1)
    ]


def test_the_futures_team_supported_300_and_58_came_into_work(ask: Ask) -> None:
    assert one(ask, f"SELECT count(*) {ENROLLED}", code="next-steps") == 300
    came = f"""SELECT count(DISTINCT e.id) {ENROLLED} AND e.status_at_start <> '10' AND EXISTS (
               SELECT 1 FROM progression g WHERE g.enrolment_id = e.id
               AND g.kind IN ('paid_work', 'self_employment'))"""
    assert one(ask, came, code="next-steps") == 58
    stored = f"""SELECT count(*) {ENROLLED} AND EXISTS (SELECT 1 FROM outcome_state o
                 WHERE o.enrolment_id = e.id AND o.rule = 'into_work' AND o.achieved_on IS NOT NULL)"""
    assert one(ask, stored, code="next-steps") == 58


def test_47_were_not_required_to_look_and_now_work_or_look(ask: Ask) -> None:
    moved = f"""SELECT count(DISTINCT e.id) {ENROLLED} AND e.status_at_start <> '10'
                AND e.required_to_look_at_start = 0 AND EXISTS (
                SELECT 1 FROM progression g WHERE g.enrolment_id = e.id
                AND g.kind IN ('paid_work', 'self_employment', 'now_looking'))"""
    assert one(ask, moved, code="next-steps") == 47


def test_four_paid_placements_of_26_weeks_and_25_hours(ask: Ask) -> None:
    placements = ask("""SELECT julianday(ended_on) - julianday(started_on) + 1, weekly_minutes
                        FROM progression
                        WHERE kind = 'paid_placement'""")
    assert placements == [(182, 1500)] * 4
    after = ask("""SELECT g.kind, g.contract FROM progression g JOIN progression f
                   ON f.enrolment_id = g.enrolment_id AND f.kind = 'paid_placement'
                   WHERE g.started_on > f.ended_on ORDER BY g.kind, g.contract""")
    assert after == [
        ("apprenticeship", "apprenticeship"), ("not_in_work_looking", None), ("not_in_work_looking", None),
        ("paid_work", "fixed_term"),
    ]  # fmt: skip


def test_17_apprenticeship_courses_and_7_internships(ask: Ask) -> None:
    courses = ask("""SELECT h.name, count(*), count(d.completed_on) FROM course c
                     JOIN programme p ON p.id = c.programme_id AND p.code = 'next-steps'
                     JOIN course_enrolment n ON n.course_id = c.id JOIN enrolment e ON e.id = n.enrolment_id
                     JOIN cohort h ON h.id = e.cohort_id LEFT JOIN completion d ON d.place_id = n.id
                     GROUP BY h.name ORDER BY h.name""")
    assert courses == [("Apprenticeships of colleagues", 10, 0), ("Apprenticeships of tenants", 7, 7)]
    assert one(ask, "SELECT count(*) FROM progression WHERE kind = 'supported_internship'") == 7


def test_job_clubs_are_light_records_of_1401_people(ask: Ask) -> None:
    assert (
        one(
            ask,
            """SELECT count(DISTINCT a.participant_id) FROM event_attendance a
                       JOIN event v ON v.id = a.event_id AND v.kind = 'job_club'
                       WHERE NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.participant_id = a.participant_id)
                    """,
        )
        == 1401
    )


def test_events_and_attendances(ask: Ask) -> None:
    assert ask("""SELECT count(*), sum(head_count), sum(independent_living_count) FROM event
                  WHERE kind <> 'job_club'""") == [(349, 3662, 1587)]


def test_activities_with_last_year_beside(ask: Ask) -> None:
    done = ask("""SELECT kind, done_on >= '2023-04-01', sum(quantity), sum(amount_pence) FROM activity
                  GROUP BY 1, 2 ORDER BY 1, 2""")
    pitches = next(row for row in done if row[0] == "pitch_award")
    assert [row for row in done if row is not pitches] == [
        ("charity_fund", 1, 61, 1_181_300), ("community_centre", 1, 5, None), ("community_chat", 1, 8, None),
        ("community_check", 0, 26, None), ("community_check", 1, 38, None),
        ("fund_project", 0, 0, 19_737_600), ("fund_project", 1, 47, 27_653_500),
    ]  # fmt: skip
    assert pitches[2] == 12
    assert one(ask, "SELECT max(amount_pence) FROM activity WHERE kind = 'pitch_award'") <= 100_000


@pytest.mark.parametrize(
    ("measure", "mean", "higher_is_better"),
    [
        ("life_satisfaction", 7.45, True),
        ("worthwhile", 7.73, True),
        ("happiness", 7.39, True),
        ("anxiety", 3.23, False),
    ],
)
def test_the_learning_project_starts_below_the_nation_and_ends_above(
    ask: Ask, measure: str, mean: float, higher_is_better: bool
) -> None:
    rows = ask(f"""SELECT a.stage, a.{measure} FROM wellbeing_assessment a
                   JOIN enrolment e ON e.id = a.enrolment_id JOIN programme p ON p.id = e.programme_id
                   WHERE p.code = 'fresh-start' AND a.{measure} IS NOT NULL""")
    first = [score for stage, score in rows if stage == "start"]
    last = [score for stage, score in rows if stage == "exit"]
    worse = [score for score in first if (score < mean if higher_is_better else score > mean)]
    average = sum(last) / len(last)
    assert len(worse) / len(first) > 0.6
    assert len(last) >= 60
    assert average > mean if higher_is_better else average < mean


def test_the_group_has_five_subsidiaries_and_people_known_to_two(ask: Ask) -> None:
    assert (
        one(
            ask,
            """SELECT count(*) FROM organisation o JOIN organisation g ON g.id = o.parent_id
                       JOIN programme p ON p.organisation_id = o.id WHERE g.code = 'kestrel-group'""",
        )
        == 5
    )
    humans = ask("""SELECT l.human_id, count(*), count(DISTINCT w.organisation_id),
                    count(DISTINCT w.given_name || w.family_name || w.born_on)
                    FROM person_link l JOIN participant w ON w.id = l.participant_id GROUP BY l.human_id""")
    assert len(humans) == 38
    assert {row[1:] for row in humans} == {(2, 2, 1)}


def test_five_measures_have_targets_for_three_years_and_actuals_for_two(ask: Ask) -> None:
    targets = ask("""SELECT measure, count(*), count(actual_hundredths) FROM target WHERE framework = 'toms'
                     GROUP BY measure ORDER BY measure""")
    assert targets == [(code, 3, 2) for code in ("NT1", "NT11", "NT20", "NT7", "NT9")]


def test_about_four_thousand_people(ask: Ask) -> None:
    assert 3900 <= one(ask, "SELECT count(*) FROM participant") <= 4300


def test_published_figures_say_that_they_cannot_be_computed_again(ask: Ask) -> None:
    figures = ask("SELECT words, source FROM published_figure")
    assert len(figures) == 10
    assert all("cannot be recomputed" in source or "Not published" in source for _, source in figures)
