"""Saving a contact with all that came of it, and what is due from then on."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from caseworker.contacts.rules import is_two_way, last_spoken
from caseworker.enrolments.heard import Heard
from caseworker.enrolments.rules import Spell, contact_due
from tests.bench.twin import models as m
from tests.bench.twin.forms import DUE
from tests.bench.twin.reading import climb_of, history_of, rules_of


def save_contact(case: m.Enrolment, said: dict[str, Any], user: Any) -> m.Contact:
    contact = m.Contact.objects.create(
        enrolment=case,
        happened_at=said["happened_at"],
        channel=said["channel"],
        direction=said["direction"],
        result=said["result"],
        two_way=is_two_way(said["result"]),
        minutes=said["minutes"],
        note=said["note"] or None,
        sensitive=said["sensitive"],
        not_attended_reason=said["not_attended_reason"] or None,
        entered_by=user,
    )
    if said["themes"]:
        m.ContactTheme.objects.bulk_create(
            m.ContactTheme(contact=contact, theme=theme) for theme in said["themes"]
        )
    parts = _parts(case, said, user)
    if parts:
        m.ContactPart.objects.bulk_create(
            m.ContactPart(contact=contact, kind=part._meta.model_name, about_id=part.pk) for part in parts
        )
    settle_contact_due(case)
    return contact


def _parts(case: m.Enrolment, said: dict[str, Any], user: Any) -> list[Any]:
    made: list[Any] = []
    for action in said["done_actions"]:
        action.done_on, action.state = timezone.localdate(), "done"
        action.save(update_fields=["done_on", "state"])
        made.append(action)
    if said["action_words"]:
        due_on = said["action_due_on"] or timezone.localdate() + timedelta(days=DUE[said["action_due"]])
        made.append(
            m.Action.objects.create(
                goal=said["action_goal"],
                words=said["action_words"],
                owner=said["action_owner"],
                due_on=due_on,
                entered_by=user,
            )
        )
    if said["support_kind"]:
        amount, units = said["support_amount"], said["support_units"]
        made.append(
            m.Support.objects.create(
                enrolment=case,
                kind=said["support_kind"],
                state="given",
                given_on=said["happened_on"],
                amount_pence=None if amount is None else int(amount * 100),
                units_hundredths=None if units is None else int(units * 100),
                budget=said["support_budget"],
                entered_by=user,
            )
        )
    if said["task_words"]:
        made.append(
            m.Task.objects.create(
                enrolment=case,
                who=user,
                words=said["task_words"],
                due_on=said["task_due_on"],
                entered_by=user,
            )
        )
    if said["again_at"]:
        made.append(
            m.Appointment.objects.create(
                enrolment=case,
                who=user,
                starts_at=said["again_at"],
                channel=said["channel"],
                minutes=30,
                entered_by=user,
            )
        )
    return made


def settle_contact_due(case: m.Enrolment) -> None:
    """Store when they must be spoken with next, from all contacts and attempts there are."""
    rules, history = rules_of(case), history_of(case)
    found = climb_of(case, history, rules.get("contact_ladder", []))
    step = (found[0].due_on, found[1]) if found and found[0].due_on else None
    pauses = list(m.Pause.objects.filter(enrolment=case, voided_at=None).order_by("from_on", "pk"))
    due = contact_due(
        Spell(case.pk, case.started_on, case.exited_on, pauses),
        rules.get("review_clock", []),
        Heard(last_spoken(history), step),
        rules.get("minimum_contact", []),
    )
    kept = m.DueItem.objects.filter(enrolment=case, kind="contact", about_id=case.pk)
    if due is None:
        kept.delete()
        return
    stands = {"due_on": due.due_on, "rule": due.rule, "closed_on": due.closed_on}
    if not kept.update(**stands):
        m.DueItem.objects.create(enrolment=case, kind="contact", about_id=case.pk, **stands)
