"""On which basis each programme holds what it holds, what it may ask, and who must not be contacted."""

from seed_data.generator.book import Book

FROM = "2019-07-01"
AT = "2019-07-01T09:00"
DECIDED = "Invented: decided by the data protection officer with the programme’s lead"
# (purpose, Article 6, Article 9, offences, kept from, months)
BASES = (
    ("support", "public_task", "disability_support", "consent", "exit", 72),
    ("equality", "public_task", "equality", None, "exit", 72),
    ("reporting", "legitimate_interests", None, None, "exit", 120),
    ("follow_up", "consent", None, None, "last_contact", 36),
    ("sharing", "consent", None, None, "exit", 72),
    ("publicity", "consent", None, None, "creation", 36),
    ("safeguarding", "recognised_interest", "safeguarding", "safeguarding", "exit", 120),
)
LONGEST = 1200
# A programme that is over and keeps nothing for long: some of its records are past their day.
MONTHS = {"ways-into-work": 36}
FIELDS = {
    "ethnicity": "To see whether every group is reached",
    "disability": "To make adjustments, and to see whether they work",
    "learning_difficulty": "To help people learn",
    "refugee": "To offer help that is for refugees",
    "health": "Health is what most often stands in the way",
    "abuse": "To help people stay safe",
    "immigration": "To check the right to work",
    "offending": "Some jobs ask for a check",
}
# The programme whose own rule asks these too.
MORE = {"religion": "Equality impact assessment", "pregnancy": "Equality impact assessment"}


def write(book: Book) -> None:
    """The same for every programme, which is likely for none of them; nothing is drawn."""
    asks_more = {row["programme_id"] for row in book.tables["programme_rule"] if row["kind"] == "equality"}
    for programme, row in enumerate(book.tables["programme"], start=1):
        most = MONTHS.get(row["code"], LONGEST)
        for purpose, article_6, article_9, offences, keep_from, months in BASES:
            book.add(
                "lawful_basis", programme_id=programme, purpose=purpose, article_6=article_6,
                article_9=article_9, offence_condition=offences, keep_from=keep_from,
                keep_months=min(months, most),
                source=DECIDED, from_on=FROM, entered_at=AT,
            )  # fmt: skip
        for field, why in (FIELDS | (MORE if programme in asks_more else {})).items():
            book.add(
                "collected_field", programme_id=programme, field=field, why=why, from_on=FROM, entered_at=AT
            )
    _notices(book)
    _stops(book)


NOTICE = (
    "{name} keeps a record of the help you get: who you are, how to reach you, what stands in your way, what "
    "you plan and what comes of it. We keep it because it is our task to help people into work, and for six "
    "years after you leave. Those who work with you read it. Your funder sees numbers, not your name.\n\n"
    "You may ask for a copy, have mistakes put right, object, or ask us to stop using it. We tell no agency, "
    "use no photo and do not get in touch after you leave unless you say yes, and you can take that back.\n\n"
    "Ask any of us, or our data protection officer. You may also complain to the Information Commissioner."
)
EASY = (
    "We write down how we help you.\n\nPeople who help you can read it.\n\nWe keep it for six years after "
    "you leave.\n\nYou can see it. You can ask us to change it.\n\nYou can say no to photos and to sharing."
)


def _notices(book: Book) -> None:
    """Each organisation's notice, version 2 as the agreements name it, standard and easy read."""
    for number, row in enumerate(book.tables["organisation"], start=1):
        years = "three years" if row["code"] == "ashmoor-council" else "six years"
        for easy, words in ((False, NOTICE.format(name=row["name"])), (True, EASY)):
            book.add(
                "notice", organisation_id=number, version_name="2", language="english", easy_read=easy,
                words=words.replace("six years", years), from_on=FROM, entered_at=AT,
            )  # fmt: skip


def _stops(book: Book) -> None:
    """Those who died, once nothing of theirs is open."""
    cases = book.tables["enrolment"]
    going_on = {row["participant_id"] for row in cases if "exited_on" not in row}
    for row in cases:
        if row.get("exit_reason") == "died" and row["participant_id"] not in going_on:
            going_on.add(row["participant_id"])
            book.add(
                "contact_stop", participant_id=row["participant_id"], kind="died", from_on=row["exited_on"],
                entered_at=f"{row['exited_on']}T09:00",
            )  # fmt: skip
