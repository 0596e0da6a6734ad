"""Make the twin's database, fill it with a crowd of the same size as ours, and serve it with waitress.

Usage: python -m tests.bench.twin.serve FILE PORT PEOPLE; prints the session and the busy case, then serves.
"""

import sys
import time
from datetime import timedelta
from random import Random
from typing import Any

from tests.bench.rules import RULES
from tests.bench.twin import setting

CASELOAD, ENTRIES = 40, 60
SAID = "We went through the letter from the landlord together and wrote down what to say on Monday. "


def fill(people: int) -> tuple[str, int]:
    """Rows like those of `tests.bench.crowd`; the key of a signed-in session and of the busy case."""
    from django.apps import apps
    from django.contrib.auth import get_user_model
    from django.core.management import call_command
    from django.db import connection

    from tests.bench.twin import models

    call_command("migrate", run_syncdb=True, verbosity=0)
    programme = models.Programme.objects.create(code="programme-1", name="Programme")
    for kind, code, settings in RULES:
        models.ProgrammeRule.objects.create(
            programme=programme, kind=kind, code=code, label=code, settings=settings, from_on="2020-01-01"
        )
    workers = [
        get_user_model()(
            username=f"worker{number}",
            email=f"worker{number}@example.org",
            first_name=f"User {number}",
            password="!",
        )
        for number in range(-(-people // CASELOAD))
    ]
    get_user_model().objects.bulk_create(workers)
    makes: dict[str, list[Any]] = {
        "RoleGrant": [
            models.RoleGrant(user=worker, role="keyworker", programme=programme, from_on="2020-01-01")
            for worker in workers
        ]
    }
    dice = Random(7)
    for number in range(people):
        for row in _case(models, dice, number, workers[number // CASELOAD], programme):
            makes.setdefault(type(row).__name__, []).append(row)
    for name, rows in makes.items():
        apps.get_model("twin", name).objects.bulk_create(rows, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return _signed_in(workers[0]), 1


def _case(models: Any, dice: Random, number: int, worker: Any, programme: Any) -> list[Any]:
    """A person with a case, who may see it, what is due and what was said."""
    from django.utils import timezone

    today, now, key = timezone.localdate(), timezone.now(), number + 1
    began = today - timedelta(days=dice.randrange(30, 500))
    rows = [
        models.Participant(id=key, reference=f"CW-{number:06}", given_name=dice.choice(("Amara", "Bryn")),
                           family_name=f"Brennan{number}", born_on=began, postcode="CF11 1AA"),
        models.Enrolment(id=key, participant_id=key, programme=programme, keyworker=worker,
                         referral_source="self", referred_on=began, started_on=began, status_at_start="11"),
        models.Access(participant_id=key, user=worker, scope="case", why="keyworker", from_on=began),
        models.Access(participant_id=key, programme=programme, scope="case", why="enrolment", from_on=began),
    ]  # fmt: skip
    rows += [
        models.DueItem(enrolment_id=key, kind=kind, rule="clock", about_id=key,
                       due_on=today + timedelta(days=dice.randrange(-20, 40)))
        for kind in ("contact", "plan")
    ]  # fmt: skip
    back = 0
    for place in range(ENTRIES if number == 0 else 2):
        back += dice.randrange(1, 9)
        rows.append(
            models.Contact(enrolment_id=key, happened_at=now - timedelta(days=back), channel="telephone",
                           direction="out", result="spoke", two_way=place % 3 > 0, minutes=15,
                           note=SAID * dice.randrange(1, 4), entered_by=worker)
        )  # fmt: skip
    return rows


def _signed_in(worker: Any) -> str:
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(worker.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = worker.get_session_auth_hash()
    session["began"] = session["seen"] = time.time()
    session.save()
    return str(session.session_key)


def main(database: str, port: int, people: int) -> None:
    setting.begin(database)
    from django.core.wsgi import get_wsgi_application
    from waitress import serve

    session, busy = fill(people)
    print(session, busy, flush=True)
    serve(get_wsgi_application(), host="127.0.0.1", port=port, threads=4, _quiet=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
