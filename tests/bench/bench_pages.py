"""What pages cost on the loaded demonstration, in processor time. Run by `make bench`; prints its figures."""

import logging
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient

from caseworker.accounts.models import Role
from tests.support.client import PageClient
from tests.support.crawl import somebody, walk

pytestmark = pytest.mark.demonstration

TURNS = 15
# Milliseconds in the middle of the turns that no page may pass.
SLOWEST = 400


@pytest.mark.parametrize("role", [Role.KEYWORKER, Role.TUTOR, Role.LEAD])
def test_pages(app: Flask, client: PageClient, role: Role) -> None:
    logging.getLogger("caseworker").setLevel(logging.WARNING)
    client.sign_in(somebody(app, role))
    seen = walk(app, client, each=1)
    plain = FlaskClient(app, app.response_class)
    with client.session_transaction() as kept, plain.session_transaction() as copied:
        copied.update(kept)
    slow = []
    print(f"\n{role}: milliseconds of processor over {TURNS} turns")
    for endpoint, path in sorted(seen.pages.items()):
        taken = [milliseconds(partial(plain.get, path)) for _ in range(TURNS)]
        middle = statistics.median(taken)
        print(f"  {endpoint:34} middle {middle:7.1f}   worst {max(taken):7.1f}")
        if middle > SLOWEST:
            slow.append(endpoint)
    assert slow == []


def test_start_up() -> None:
    program = "import caseworker.app"
    start = partial(subprocess.run, [sys.executable, "-c", program], check=True)
    taken = [milliseconds(start) for _ in range(5)]
    print(f"\nstart-up of the web: middle {statistics.median(taken):.0f} ms of processor")
    assert statistics.median(taken) < 3000


def milliseconds(work: Callable[[], object]) -> float:
    """Processor time, ours and that of programs we ran: what else the machine does is left out."""
    began = processor_seconds()
    work()
    return (processor_seconds() - began) * 1000


def processor_seconds() -> float:
    programs = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + programs.ru_utime + programs.ru_stime
