"""A referral to another agency on paper, tagged: what was seen or said, what was done, what is asked."""

from uuid import UUID

from caseworker.core.codes import label
from caseworker.core.formatting import date_uk, when
from caseworker.core.pdf import Report
from caseworker.participants.safety import care_of
from caseworker.safeguarding.models import Concern, ConcernStep
from caseworker.safeguarding.queries import chronology
from caseworker.safeguarding.rules import reference_of

# Steps that say what was done; who was let read it here concerns nobody outside.
PRINTED = frozenset({"decision", "action", "done", "told", "referral"})


def referral(concern: Concern, step: ConcernStep, names: dict[UUID | None, str], organisation: str) -> bytes:
    """The PDF of one referral step. It names the person it is about; `names` are of colleagues by key."""
    reference = reference_of(concern.id)
    report = Report(
        title="Safeguarding referral",
        subtitle=f"{reference}, to {step.agency}",
        footer=f"{reference} · confidential: for {step.agency} alone",
    )
    report.cover(
        details=[
            ("To", step.agency or ""),
            ("From", ", ".join(each for each in (names.get(step.entered_by_id, ""), organisation) if each)),
            ("Date", date_uk(step.happened_at)),
            ("Our reference", reference),
        ],
        contents=False,
        page_break=False,
    )
    report.heading("What we ask", level=2)
    _paragraphs(report, step.words)
    report.heading("Who it is about", level=2)
    report.definitions(_about(concern, names))
    report.heading("What was seen or said", level=2)
    kind = label("concern_category", concern.category) if concern.category else "Not said"
    raised_by = names.get(concern.entered_by_id, "a colleague")
    report.definitions(
        [("On", date_uk(concern.happened_on)), ("Kind of worry", kind), ("Raised by", raised_by)]
    )
    _paragraphs(report, concern.said)
    for title, words in (("Done straight away", concern.done_at_once), ("Told at once", concern.told)):
        if words:
            report.heading(title, level=3)
            _paragraphs(report, words)
    done = [
        each for each in chronology(concern) if each.kind in PRINTED and each.happened_at <= step.happened_at
    ]
    earlier = [each for each in done if each.id != step.id]
    if earlier:
        report.heading("What has been done since", level=2)
        report.definitions([(when(each.happened_at), _said(each)) for each in earlier])
    return report.save()


def _about(concern: Concern, names: dict[UUID | None, str]) -> list[tuple[str, str]]:
    person = concern.about_participant
    if person is None:
        found = [("In words", concern.about or "Not known")]
    else:
        found = [
            ("Name", f"{person.given_name} {person.family_name}"),
            ("Date of birth", date_uk(person.born_on) if person.born_on else "Not known"),
            ("Telephone", person.phone or "Not known"),
            ("Postcode", person.postcode or "Not known"),
            ("Reaching them safely", ". ".join(care_of(person)) or "Not said: ask us before you reach them"),
        ]
    if concern.about_user_id is not None:
        found.append(("Colleague", names.get(concern.about_user_id, "")))
    return found


def _said(step: ConcernStep) -> str:
    words = [label("concern_step", step.kind)]
    if step.agency:
        words.append(step.agency)
    if step.due_on:
        words.append(f"by {date_uk(step.due_on)}")
    head = ", ".join(words)
    return f"{head}: {step.words}" if step.words else head


def _paragraphs(report: Report, words: str | None) -> None:
    for part in (words or "").split("\n"):
        if part.strip():
            report.paragraph(part)
