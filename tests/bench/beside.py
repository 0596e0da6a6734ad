"""Our server and a minimal Django application on one machine, asked for the same things in turn."""

import http.client
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

from flask import Flask

from caseworker.accounts.sessions import begin_session
from caseworker.app import create_app
from caseworker.core import clock
from caseworker.core.db import db, transaction
from caseworker.core.installation import LIVE
from caseworker.core.sealing import keyring
from caseworker.core.setup import bring_up_to_date, record_installation
from tests.bench.crowd import SAID, Crowd, gather
from tests.support.client import form_on
from tests.support.databases import KEY, settings
from tests.support.page import Page

READY_WITHIN_SECONDS = 120
WARMING = 5
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Milliseconds for one request: the server's processor, and how long 95 in 100 took at most."""

    processor: float
    p95: float


@dataclass
class Asked:
    """A server that answers on loopback, and the cookie of somebody signed in to it."""

    process: subprocess.Popen[str]
    port: int
    cookie: str

    def get(self, path: str) -> str:
        return self._send("GET", path, None, 200)

    def post(self, path: str, data: dict[str, str]) -> str:
        return self._send("POST", path, urlencode(data), (302, 303))

    def _send(self, method: str, path: str, body: str | None, wanted: int | tuple[int, ...]) -> str:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        line.request(method, path, body, headers)
        answer = line.getresponse()
        text = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self._keep(value.split(";")[0])
        line.close()
        assert answer.status in (wanted if isinstance(wanted, tuple) else (wanted,)), (path, answer.status)
        return text

    def _keep(self, pair: str) -> None:
        name = pair.split("=", 1)[0]
        others = [each for each in self.cookie.split("; ") if not each.startswith(f"{name}=")]
        self.cookie = "; ".join([*others, pair])

    def cost(self, ask: Callable[["Asked"], object], turns: int) -> Cost:
        """What asking once costs, on average over `turns`; five times before are not counted."""
        return self.cost_of([ask] * (turns + WARMING))

    def cost_of(self, asks: list[Callable[["Asked"], object]]) -> Cost:
        for ask in asks[:WARMING]:
            ask(self)
        before, taken = self._processor(), []
        for ask in asks[WARMING:]:
            began = time.perf_counter()
            ask(self)
            taken.append((time.perf_counter() - began) * 1000)
        processor = (self._processor() - before) / len(taken)
        return Cost(processor, statistics.quantiles(taken, n=20)[-1])

    def _processor(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / _TICKS


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def ours(folder: Path, people: int) -> Iterator[tuple[Asked, Crowd]]:
    """`caseworker serve` on a database with a crowd, signed in as the first keyworker."""
    folder.mkdir()
    url = f"sqlite:///{folder / 'crowd.db'}"
    bring_up_to_date(url, url)
    app = create_app(settings(folder, url))
    with app.app_context(), transaction():
        record_installation(LIVE, keyring())
        crowd = gather(people)
        token = begin_session(crowd.worker)
    with app.app_context():
        db.engine.dispose()
    program, port = Path(sys.executable).with_name("caseworker"), free_port()
    environment = os.environ | {
        "CASEWORKER_DATA": str(folder),
        "CASEWORKER_DATABASE_URL": url,
        "CASEWORKER_KEY": KEY,
    }
    with _running([str(program), "serve", "--port", str(port)], environment) as process:
        yield Asked(process, _ready(port), f"caseworker={_signed(app, token)}"), crowd


def _signed(app: Flask, token: str) -> str:
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    signed: str = signer.dumps({"token": token})
    return signed


@contextmanager
def twin(folder: Path, people: int) -> Iterator[tuple[Asked, int]]:
    """The Django application with as many people, and the key of its busy case."""
    folder.mkdir()
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "tests.bench.twin.serve",
        str(folder / "twin.db"),
        str(port),
        str(people),
    ]
    with _running(command, dict(os.environ), first_line=True) as process:
        assert process.stdout is not None
        session, busy = process.stdout.readline().split()
        yield Asked(process, _ready(port), f"sessionid={session}"), int(busy)


@contextmanager
def _running(
    command: list[str], environment: dict[str, str], *, first_line: bool = False
) -> Iterator[subprocess.Popen[str]]:
    root = Path(__file__).parents[2]
    said = subprocess.PIPE if first_line else subprocess.DEVNULL
    with subprocess.Popen(
        command, env=environment, cwd=root, stdout=said, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            yield process
        finally:
            process.terminate()


def _ready(port: int) -> int:
    until = time.monotonic() + READY_WITHIN_SECONDS
    while time.monotonic() < until:
        with socket.socket() as tried:
            tried.settimeout(1)
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return port
        time.sleep(0.1)
    raise AssertionError("the server did not answer")


@dataclass(frozen=True)
class Pages:
    """What is asked of both: path of the caseload, of a case with 60 entries, and of its contact form."""

    caseload: str
    case: str
    contact: str
    bare: str


def our_pages(busy: UUID) -> Pages:
    return Pages("/caseload", f"/enrolments/{busy}", f"/enrolments/{busy}/contacts/new", "/health/live")


def twin_pages(busy: int) -> Pages:
    return Pages("/caseload", f"/enrolments/{busy}", f"/enrolments/{busy}/contacts/new", "/bare")


def measure(asked: Asked, pages: Pages, turns: int) -> dict[str, Cost]:
    """The cost of each page, and of saving a contact whose form was opened before."""
    return {
        "bare page": asked.cost(lambda server: server.get(pages.bare), turns),
        "caseload": asked.cost(lambda server: server.get(pages.caseload), turns),
        "case page": asked.cost(lambda server: server.get(pages.case), turns),
        "contact post": asked.cost_of([_contact(asked, pages) for _ in range(turns + WARMING)]),
    }


def _contact(asked: Asked, pages: Pages) -> Callable[[Asked], object]:
    """A contact filled in on its own fresh form, as a browser would send it.

    The message of the save before it was shown by then: the cookie is the one that came with the form.
    """
    page = Page(asked.get(pages.contact), pages.contact, 200)
    form = form_on(page, "note")
    said = {name: value for name, values in form.data.items() for value in values[:1]}
    said |= {"channel": "telephone", "direction": "out", "result": "spoke", "note": SAID}
    said["happened_on"] = said.get("happened_on") or f"{clock.today():%Y-%m-%d}"
    said["happened_time"] = "00:01"
    cookie = asked.cookie

    def send(server: Asked) -> None:
        server.cookie = cookie
        server.post(pages.contact, said)

    return send


def in_words(ours_: dict[str, Cost], theirs: dict[str, Cost]) -> str:
    """A line for each page: milliseconds of both, and ours as a share of theirs and of a bare page."""
    lines = [f"{'':14}{'processor, ms':>30}{'p95, ms':>20}{'ours/Django':>14}{'ours/bare':>12}"]
    for name, mine in ours_.items():
        other, bare = theirs[name], ours_["bare page"]
        lines.append(
            f"{name:14}{mine.processor:12.1f} against {other.processor:9.1f}"
            f"{mine.p95:9.1f} against {other.p95:4.1f}"
            f"{mine.processor / max(other.processor, 0.01):12.2f}"
            f"{mine.processor / max(bare.processor, 0.01):12.0f}"
        )
    return "\n".join(lines)
