"""Good and bad goals, written for this test, and what is said about each. Invented people's words."""

from datetime import date

import pytest

from caseworker.plans.smart import Draft, Part, advise

TODAY = date(2026, 11, 23)
SOON = date(2027, 1, 29)

GOOD = [
    "Send my CV to three shops in town",
    "Finish the level 1 maths course and get the certificate",
    "Ring the college on Monday about the 2 evening classes",
    "Apply for five warehouse jobs",
    "Open a bank account with my passport",
    "Visit the library twice to use the computers",
    "Get my CSCS card",
    "Attend every session of the cooking class",
    "Walk to the shop and back 3 times a week",
    "Pass the theory test",
    "Save £10 a week for the bus pass",
    "Write a list of my skills with Priya",
    "Book one driving lesson",
    "Ask two people for a reference",
    "Read a book for 20 minutes every evening",
    "Volunteer at the food bank once a week",
    "Take my son to nursery every day on the bus",
    "Register with a GP, with a letter to show for it",
    "Update my CV with the 2 new courses",
    "Practise interview answers for half an hour each week",
    "Cook one new meal a week",
    "Complete the benefits check form",
    "Go to job club each Tuesday",
    "Pay £5 a week off the water bill",
    "Swim once a week",
    "Get up at 8 every weekday",
    "Speak to my landlord and get the repair booked",
    "Learn to send e-mails with an attachment, 3 sent",
    "Meet the employer for a one-day work trial",
    "Sign the tenancy letter",
]

# (words, the part that must be named)
BAD = [
    ("Be happier", Part.SPECIFIC),
    ("Job", Part.SPECIFIC),
    ("More confidence in groups", Part.SPECIFIC),
    ("To feel better about myself every day", Part.SPECIFIC),
    ("A better life for my 2 children", Part.SPECIFIC),
    ("Maths", Part.SPECIFIC),
    ("Be more positive about the 3 interviews", Part.SPECIFIC),
    ("My keyworker will find me 3 jobs", Part.SPECIFIC),
    ("The council to fix the boiler by letter", Part.SPECIFIC),
    ("Jobcentre should give me a new work coach, 1 of them", Part.SPECIFIC),
    ("My mum helps with the children twice a week", Part.SPECIFIC),
    ("Somebody will ring the college once", Part.SPECIFIC),
    ("The landlord needs to sort the damp, with a letter", Part.SPECIFIC),
    ("They should offer a contract", Part.SPECIFIC),
    ("Apply for 3 jobs and pass my driving test", Part.SPECIFIC),
    ("Open a bank account; register with 1 dentist", Part.SPECIFIC),
    ("Write my CV and send it to 4 shops", Part.SPECIFIC),
    ("Finish the course then find 1 placement", Part.SPECIFIC),
    ("I will visit the library and I will join a choir once a week", Part.SPECIFIC),
    ("Ring the GP. Book 1 test", Part.SPECIFIC),
    ("Go swimming & eat 5 a day, cook daily", Part.SPECIFIC),
    ("Look for work", Part.MEASURABLE),
    ("Get fit again", Part.MEASURABLE),
    ("Improve my English", Part.MEASURABLE),
    ("Sort out my debts", Part.MEASURABLE),
    ("Try to go out more", Part.MEASURABLE),
    ("Learn about computers", Part.MEASURABLE),
    ("Work on my confidence", Part.MEASURABLE),
    ("Find somewhere to live", Part.MEASURABLE),
    ("Talk to people about childcare", Part.MEASURABLE),
    ("Start looking after myself", Part.MEASURABLE),
    ("Keep the house tidy", Part.MEASURABLE),
]


def whole(words: str, **changes: object) -> Draft:
    """A goal with every other part in order."""
    values = {"confidence": 7, "theme": "skills", "horizon": "short", "target_on": SOON} | changes
    return Draft(words, **values)  # type: ignore[arg-type]


def parts(goal: Draft) -> list[Part]:
    return [advice.part for advice in advise(goal, TODAY)]


def test_the_table_is_long_enough() -> None:
    assert len(GOOD) + len(BAD) >= 60


@pytest.mark.parametrize("words", GOOD)
def test_a_good_goal_is_left_alone(words: str) -> None:
    assert advise(whole(words), TODAY) == []


@pytest.mark.parametrize(("words", "part"), BAD)
def test_the_weak_part_is_named(words: str, part: Part) -> None:
    assert part in parts(whole(words))


def test_a_measure_of_its_own_mends_it() -> None:
    assert parts(whole("Look for work")) == [Part.MEASURABLE]
    assert parts(whole("Look for work", measure="Four applications sent")) == []


def test_unsure_without_help_is_said_and_with_help_is_not() -> None:
    assert parts(whole("Pass the theory test", confidence=3)) == [Part.ACHIEVABLE]
    assert parts(whole("Pass the theory test", confidence=3, support="A friend to practise with")) == []
    assert parts(whole("Pass the theory test", confidence=None)) == []


def test_a_goal_for_nothing_in_particular() -> None:
    assert parts(whole("Pass the theory test", theme=None)) == [Part.RELEVANT]


def test_no_day_a_past_day_and_a_day_beyond_the_time_chosen() -> None:
    assert parts(whole("Pass the theory test", target_on=None)) == [Part.TIME_BOUND]
    assert parts(whole("Pass the theory test", target_on=date(2026, 11, 22))) == [Part.TIME_BOUND]
    assert parts(whole("Pass the theory test", target_on=date(2027, 2, 23))) == []
    assert parts(whole("Pass the theory test", target_on=date(2027, 2, 24))) == [Part.TIME_BOUND]


def test_soon_is_answered_in_its_own_words() -> None:
    (advice,) = advise(whole("Pass the theory test soon", target_on=None), TODAY)
    assert "Soon" in advice.weak


def test_advice_comes_in_the_order_of_the_word() -> None:
    found = parts(Draft("Job", confidence=2))
    assert found == sorted(found, key=list(Part).index)


def test_the_same_goal_gets_the_same_advice() -> None:
    goal = Draft("Be happier and find 2 jobs soon")
    assert advise(goal, TODAY) == advise(goal, TODAY)
