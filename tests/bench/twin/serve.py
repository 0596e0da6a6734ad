"""Make the twin's database, fill it with a crowd of the same size as ours, and serve it with waitress.

Usage: python -m tests.bench.twin.serve FILE PORT PEOPLE; prints the session and the busy case, then serves.
"""

import sys
from datetime import timedelta
from random import Random

from tests.bench.twin import setting

CASELOAD, ENTRIES = 40, 60
SAID = "We went through the letter from the landlord together and wrote down what to say on Monday. "


def fill(people: int) -> tuple[str, int]:
    """Rows like those of `tests.bench.crowd`; the key of a signed-in session and of the busy case."""
    from django.apps import apps
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command
    from django.utils import timezone

    from tests.bench.twin import models

    call_command("migrate", run_syncdb=True, verbosity=0)
    dice, today, now = Random(7), timezone.localdate(), timezone.now()
    programme = models.Programme.objects.create(name="Programme")
    workers = [
        get_user_model()(username=f"worker{number}", email=f"worker{number}@example.org", password="!")
        for number in range(-(-people // CASELOAD))
    ]
    get_user_model().objects.bulk_create(workers)
    makes: dict[str, list[object]] = {}
    for number in range(people):
        worker, began = workers[number // CASELOAD], today - timedelta(days=dice.randrange(30, 500))
        key = number + 1
        rows = [
            models.Participant(id=key, reference=f"CW-{number:06}", given_name=dice.choice(("Amara", "Bryn")),
                               family_name=f"Brennan{number}", born_on=began),
            models.Enrolment(id=key, participant_id=key, programme=programme, keyworker=worker,
                             referred_on=began, started_on=began),
            models.Access(participant_id=key, user=worker, from_on=began),
        ]  # fmt: skip
        rows += [
            models.DueItem(
                enrolment_id=key, kind=kind, due_on=today + timedelta(days=dice.randrange(-20, 40))
            )
            for kind in ("contact", "plan")
        ]
        back = 0
        for _ in range(ENTRIES if number == 0 else 2):
            back += dice.randrange(1, 9)
            rows.append(
                models.Contact(enrolment_id=key, happened_at=now - timedelta(days=back), channel="telephone",
                               direction="out", result="spoke", two_way=bool(back % 3), minutes=15,
                               note=SAID, entered_by=worker)
            )  # fmt: skip
        for row in rows:
            makes.setdefault(type(row).__name__, []).append(row)
    for name, rows in makes.items():
        apps.get_model("twin", name).objects.bulk_create(rows, batch_size=2000)
    session = SessionStore()
    session[SESSION_KEY] = str(workers[0].pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = workers[0].get_session_auth_hash()
    session.save()
    return str(session.session_key), 1


def main(database: str, port: int, people: int) -> None:
    setting.begin(database)
    from django.core.wsgi import get_wsgi_application
    from waitress import serve

    session, busy = fill(people)
    print(session, busy, flush=True)
    serve(get_wsgi_application(), host="127.0.0.1", port=port, threads=4, _quiet=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
