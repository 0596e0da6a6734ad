"""What real records hold is there too: the awkward, the unknown and the careful, and something due today."""

import pytest

from tests.seed.conftest import Ask

pytestmark = pytest.mark.demonstration

OPEN = """FROM due_item d JOIN enrolment e ON e.id = d.enrolment_id JOIN user u ON u.id = e.keyworker_id
          WHERE d.closed_on IS NULL AND u.name = :name"""


def test_two_keyworkers_have_live_caseloads_of_about_forty(ask: Ask) -> None:
    live = ask("""SELECT u.name, count(*) FROM enrolment e JOIN user u ON u.id = e.keyworker_id
                  JOIN programme p ON p.id = e.programme_id
                  WHERE p.code = 'fresh-start' AND e.exited_on IS NULL GROUP BY u.name ORDER BY u.name""")
    assert live == [("Priya Shah", 41), ("Tomos Gwilym", 40)]


@pytest.mark.parametrize("name", ["Priya Shah", "Tomos Gwilym"])
def test_something_is_overdue_due_today_and_coming(ask: Ask, name: str) -> None:
    counts = ask(
        f"""SELECT sum(d.due_on < date(l.loaded_at)), sum(d.due_on = date(l.loaded_at)),
                   sum(d.due_on > date(l.loaded_at)) FROM (SELECT d.* {OPEN}) d, installation l""",
        name=name,
    )
    assert all(count >= 1 for count in counts[0]), counts
    assert counts[0][0] <= 20


def test_each_tutor_who_signs_in_has_a_class_on_the_day_of_loading(ask: Ask) -> None:
    classes = ask("""SELECT DISTINCT u.name FROM course_session s JOIN course c ON c.id = s.course_id
                     JOIN user u ON u.id = c.tutor_id JOIN installation l ON date(l.loaded_at) = s.held_on
                     WHERE s.happened IS NULL""")
    assert {"Marek Wójcik", "Dafydd ap Rhys"} <= {row[0] for row in classes}


def test_plans_of_the_learning_project_have_short_medium_and_long_goals(ask: Ask) -> None:
    plans = ask("""SELECT a.id, count(DISTINCT g.horizon) FROM action_plan a JOIN goal g ON g.plan_id = a.id
                   JOIN enrolment e ON e.id = a.enrolment_id JOIN programme p ON p.id = e.programme_id
                   WHERE p.code = 'fresh-start' GROUP BY a.id""")
    assert len(plans) > 150
    assert {row[1] for row in plans} == {3}


def test_contacts_are_by_phone_video_and_doorstep_and_some_fail(ask: Ask) -> None:
    counted = ask("""SELECT c.channel, count(*) FROM contact c JOIN enrolment e ON e.id = c.enrolment_id
                     JOIN programme p ON p.id = e.programme_id WHERE p.code = 'fresh-start'
                     GROUP BY c.channel""")
    channels = {row[0]: row[1] for row in counted}
    assert all(channels[channel] > 50 for channel in ("telephone", "video", "doorstep"))
    failed, corrected, late = ask("""SELECT sum(NOT two_way), sum(corrects_id IS NOT NULL),
                                     sum(date(entered_at) > date(happened_at)) FROM contact""")[0]
    assert failed > 2000
    assert corrected > 50
    assert late > 500


def test_unknown_declined_and_not_asked_are_all_there(ask: Ask) -> None:
    assert dict(ask("SELECT state, count(*) FROM barrier_assessment GROUP BY state")).keys() == {
        "something", "nothing", "not_asked", "declined",
    }  # fmt: skip
    assert dict(ask("SELECT answer, count(*) FROM agreement GROUP BY answer")).keys() == {
        "given", "declined", "not_asked",
    }  # fmt: skip
    checks: dict[str, int] = dict(ask("SELECT result, count(*) FROM sustainment_check GROUP BY result"))
    assert all(checks[result] > 50 for result in ("still_there", "left", "not_known"))
    left_out = ask("SELECT count(*) FROM wellbeing_assessment WHERE anxiety IS NULL OR happiness IS NULL")
    assert left_out[0][0] > 20
    assert ask("SELECT count(*) FROM participant WHERE birth_not_known")[0][0] > 20


def test_people_come_back_and_jobs_overlap(ask: Ask) -> None:
    assert len(ask("SELECT 1 FROM enrolment GROUP BY participant_id, programme_id HAVING count(*) > 1")) > 10
    overlapping = ask("""SELECT count(*) FROM progression a JOIN progression b
                         ON b.enrolment_id = a.enrolment_id AND b.id > a.id
                         WHERE a.kind = 'paid_work' AND b.kind = 'paid_work'
                         AND b.started_on BETWEEN a.started_on AND coalesce(a.ended_on, b.started_on)""")
    assert overlapping[0][0] > 20
    hours = ask("SELECT sum(weekly_minutes < 960), sum(weekly_minutes >= 960), sum(weekly_minutes IS NULL) "
                "FROM progression WHERE kind = 'paid_work'")[0]  # fmt: skip
    assert all(count > 10 for count in hours)


def test_people_leave_for_many_reasons(ask: Ask) -> None:
    assert len(ask("SELECT DISTINCT exit_reason FROM enrolment WHERE exit_reason IS NOT NULL")) >= 15


def test_a_restricted_record_is_open_to_named_people_only(ask: Ask) -> None:
    named = ask("""SELECT count(DISTINCT w.id), count(DISTINCT a.user_id) FROM participant w
                   JOIN participant_access a ON a.participant_id = w.id AND a.user_id IS NOT NULL
                   WHERE w.restricted""")
    assert named[0][0] >= 1
    assert named[0][1] >= 2


def test_contact_safety_is_recorded(ask: Ask) -> None:
    flags = ask(
        "SELECT sum(no_voicemail), sum(no_texts), sum(safe_times_sealed IS NOT NULL) FROM participant"
    )[0]
    assert all(count > 20 for count in flags)


def test_no_reference_is_given_twice_and_nothing_lies_ahead(ask: Ask) -> None:
    assert ask("SELECT count(*) - count(DISTINCT reference) FROM participant") == [(0,)]
    for table, column in (("contact", "happened_at"), ("progression", "started_on"),
                          ("wellbeing_assessment", "assessed_on"), ("completion", "completed_on"),
                          ("sustainment_check", "checked_on"), ("enrolment", "started_on"),
                          ("contact", "entered_at"), ("goal", "closed_on"), ("action", "done_on"),
                          ("action_plan", "reviewed_on"), ("survey_response", "answered_on")):  # fmt: skip
        ahead = ask(f"SELECT count(*) FROM {table} WHERE {column} > datetime('now')")
        assert ahead == [(0,)], (table, column)


def test_no_fact_lies_outside_its_time(ask: Ask) -> None:
    before = {
        "contacts": "SELECT count(*) FROM contact c JOIN enrolment e ON e.id = c.enrolment_id "
        "WHERE date(c.happened_at) < e.started_on",
        "barriers": "SELECT count(*) FROM barrier_assessment b JOIN enrolment e ON e.id = b.enrolment_id "
        "WHERE b.assessed_on < e.started_on OR b.assessed_on > e.exited_on",
        "jobs": "SELECT count(*) FROM progression g JOIN enrolment e ON e.id = g.enrolment_id "
        "WHERE g.started_on < e.started_on",
        "plans": "SELECT count(*) FROM action_plan a JOIN enrolment e ON e.id = a.enrolment_id "
        "WHERE a.started_on < e.started_on OR a.agreed_on > e.exited_on OR a.reviewed_on < a.agreed_on",
        "spending": "SELECT count(*) FROM investment i JOIN programme p ON p.id = i.programme_id "
        "WHERE i.spent_on NOT BETWEEN p.starts_on AND p.ends_on",
        "starts": "SELECT count(*) FROM enrolment e JOIN programme p ON p.id = e.programme_id "
        "WHERE e.started_on NOT BETWEEN p.starts_on AND p.ends_on",
    }
    assert {name: ask(sql)[0][0] for name, sql in before.items()} == dict.fromkeys(before, 0)
