"""Our server and a minimal Django application on one machine, asked for the same things in turn."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask

from caseworker.accounts.sessions import begin_session
from caseworker.app import create_app
from caseworker.core.db import db, transaction
from caseworker.core.installation import LIVE
from caseworker.core.sealing import keyring
from caseworker.core.setup import bring_up_to_date, record_installation
from tests.bench.crowd import Crowd, gather
from tests.support.databases import KEY, settings

READY_WITHIN_SECONDS = 120
_TICKS = os.sysconf("SC_CLK_TCK")


Ask = Callable[["Asked"], object]


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

    def time(self, asks: Sequence["Ask"]) -> tuple[float, list[float]]:
        """Milliseconds of the processor for all of these together, and by the clock for each."""
        before, taken = self._processor(), []
        for ask in asks:
            began = time.perf_counter()
            ask(self)
            taken.append((time.perf_counter() - began) * 1000)
        return self._processor() - before, taken

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
