"""The story on one A4 page, tagged. What there is too much of is cut until it fits, and says so."""

from datetime import date

from caseworker.barriers.models import BarrierAssessment
from caseworker.contacts.models import Contact
from caseworker.core.calendar import age_on
from caseworker.core.codes import label
from caseworker.core.formatting import date_short, when
from caseworker.core.pdf import Report, Strong
from caseworker.core.pdf.paginate import paginate
from caseworker.core.pdf.styles import HEIGHT, WIDTH
from caseworker.handover.story import Story, helping_to_print
from caseworker.handover.words import clipped
from caseworker.plans.models import Goal

# (goals, rows of each list, letters of a text), from all there is to what surely fits.
SIZES = ((6, 5, 160), (4, 4, 110), (3, 3, 80), (2, 2, 60), (1, 1, 40))


def story_page(story: Story, today: date) -> bytes:
    """A PDF of one page. It names the person, and holds no sensitive note."""
    for goals, rows, letters in SIZES:
        report = _report(story, today, goals, rows, letters)
        if len(paginate(report.blocks, WIDTH, HEIGHT)) == 1:
            break
    return report.save()


def _report(story: Story, today: date, most_goals: int, rows: int, letters: int) -> Report:
    person, enrolment = story.enrolment.participant, story.enrolment
    age = f"{age_on(person.born_on, today)}" if person.born_on else "age not known"
    report = Report(
        title=clipped(person.full_name, 60),
        subtitle=clipped(f"{person.reference}, {age}, {enrolment.programme.name}", 100),
        footer=f"{person.reference} · made {date_short(today)} · for their keyworker: shred it after use",
    )
    report.cover(contents=False, page_break=False)
    keyworker = enrolment.keyworker.name if enrolment.keyworker else "nobody yet"
    start = date_short(enrolment.started_on) if enrolment.started_on else "not started"
    _list(report, "Who they are", [f"Keyworker: {keyworker}. On the programme since: {start}"])
    # What keeps somebody safe is never cut.
    _pairs(report, "How to reach them safely", story.reaching)
    printed = story.goals_to_print()[:most_goals]
    told = [(clipped(goal.words, letters), _next(goal, letters)) for goal in printed]
    _pairs(report, "What they want, in their own words", told, len(story.goals) - len(printed))
    barriers = story.barriers_to_print()[: rows + 1]
    in_the_way = [_barrier(row) for row in barriers]
    _list(report, "What stands in the way", in_the_way, len(story.barriers) - len(barriers))
    strengths = [clipped(row.words, letters) for row in story.strengths[:rows]]
    _list(report, "What they have going for them", strengths)
    _list(report, "What helps", [clipped(words, letters) for words in helping_to_print(story)[:rows]])
    _list(report, "What was tried", [f"{step.title}, {date_short(step.on)}" for step in story.tried[:rows]])
    _list(report, "Last contacts", [_contact(row, letters) for row in story.contacts[:rows]])
    booked = [f"{when(one.starts_at)}, {_channel(one.channel)}" for one in story.booked[:1]]
    _list(report, "Next appointment", booked or ["None booked"])
    return report


def _channel(code: str) -> str:
    return label("contact_channel", code).lower()


def _barrier(row: BarrierAssessment) -> str:
    name = label("barrier_code", row.barrier) if row.barrier else label("barrier_theme", row.theme)
    return f"{name}: {label('barrier_severity', str(row.severity)).lower()}"


def _next(goal: Goal, letters: int) -> str:
    said = f"by {date_short(goal.target_on)}"
    if goal.actions:
        action = goal.actions[0]
        said += f"; next: {clipped(action.words, letters)} ({label('action_owner', action.owner).lower()})"
    return said


def _contact(row: Contact, letters: int) -> str:
    said = f"{when(row.happened_at)}: {label('contact_channel', row.channel)}"
    said += f", {label('contact_result', row.result).lower()}"
    note = "" if row.sensitive else clipped(row.note, letters)
    return f"{said}. {note}" if note else said


def _list(report: Report, title: str, items: list[str], more: int = 0) -> None:
    kept = [item for item in items if item]
    if more > 0:
        kept.append(f"{more} more in the case file")
    if kept:
        report.heading(title, level=4)
        report.bullets(kept)


def _pairs(report: Report, title: str, items: list[tuple[str, str]], more: int = 0) -> None:
    if items or more > 0:
        report.heading(title, level=4)
        told = [(Strong(first), f" – {second}") for first, second in items]
        rest = [(f"{more} more in the case file",)] if more > 0 else []
        report.bullets([*told, *rest])
