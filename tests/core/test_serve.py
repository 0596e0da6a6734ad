"""The server stops without letting anybody down, and says in one line why it cannot start."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask, request

from caseworker.core import serve
from caseworker.core.errors import SettingsWrong
from caseworker.core.serve import Server
from tests.core.over_http import OverHttp


@pytest.fixture
def slow() -> Flask:
    """An application that takes as many seconds as it is asked to."""
    app = Flask("slow")

    @app.route("/<float:seconds>", methods=["GET", "POST"])
    def wait(seconds: float) -> str:
        time.sleep(seconds)
        return f"waited {len(request.data)}"

    return app


@pytest.fixture
def running(slow: Flask) -> Server:
    return Server(slow, "127.0.0.1", 0, threads=4)


def started(server: Server) -> "tuple[str, list[bool], threading.Thread]":
    finished: list[bool] = []
    thread = threading.Thread(target=lambda: finished.append(server.run()), daemon=True)
    thread.start()
    return f"http://127.0.0.1:{server.port}", finished, thread


def received(connection: socket.socket) -> bytes:
    """A whole answer: its head and its body may come apart."""
    answer = b""
    while b"waited " not in answer:
        part = connection.recv(65536)
        assert part, answer
        answer += part
    return answer


def test_what_is_in_flight_is_finished_and_nobody_new_is_let_in(running: Server) -> None:
    address, finished, thread = started(running)
    with ThreadPoolExecutor(8) as pool:
        # Two more than there are threads: they wait in the queue and are in flight too.
        waiting = [pool.submit(OverHttp(address).ask, "/1.0") for _ in range(6)]
        time.sleep(0.4)
        running.stop()
        time.sleep(0.3)
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.1", running.port), timeout=2)
        answers = [each.result().body for each in waiting]
    thread.join(10)
    assert answers == [b"waited 0"] * 6
    assert finished == [True]


def test_an_upload_half_sent_is_waited_for(running: Server) -> None:
    address, finished, thread = started(running)
    with socket.create_connection(("127.0.0.1", running.port), timeout=10) as connection:
        connection.sendall(b"POST /0.1 HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345")
        time.sleep(0.3)
        running.stop()
        time.sleep(0.3)
        connection.sendall(b"67890")
        assert received(connection).endswith(b"waited 10")
    thread.join(10)
    assert finished == [True]
    assert address


def test_idle_connections_do_not_hold_it_up(running: Server) -> None:
    _address, finished, thread = started(running)
    with socket.create_connection(("127.0.0.1", running.port), timeout=10) as connection:
        connection.sendall(b"GET /0.0 HTTP/1.1\r\nHost: x\r\n\r\n")
        assert received(connection).endswith(b"waited 0")
        began = time.monotonic()
        running.stop()
        thread.join(10)
        assert time.monotonic() - began < 3
    assert finished == [True]


def test_the_wait_has_an_end(running: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "FINISH_WITHIN_SECONDS", 1)
    address, finished, thread = started(running)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(OverHttp(address).ask, "/4.0")
        time.sleep(0.4)
        began = time.monotonic()
        running.stop()
        thread.join(15)
        assert time.monotonic() - began < 3.5
    assert finished == [False]


def test_asked_twice_it_does_not_wait(running: Server) -> None:
    address, finished, thread = started(running)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(OverHttp(address).ask, "/3.0")
        time.sleep(0.4)
        running.stop()
        running.stop()
        thread.join(2.5)
        assert finished == [False]


def test_a_taken_port_is_one_line_with_the_cure(slow: Flask, running: Server) -> None:
    with pytest.raises(SettingsWrong, match=rf"Port {running.port} is taken.*CASEWORKER_PORT="):
        Server(slow, "127.0.0.1", running.port)
    running.stop()
    assert running.run()


@pytest.mark.parametrize("host", ["no-such-host.invalid", "192.0.2.1", "not a host"])
def test_a_wrong_host_is_one_line_with_the_cure(slow: Flask, host: str) -> None:
    with pytest.raises(SettingsWrong, match="CASEWORKER_HOST"):
        Server(slow, host, 0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_command_serves_and_ends_with_status_0(tmp_path: Path, number: int) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("CASEWORKER_")},
        "CASEWORKER_DATA": str(tmp_path / "data"),
        "CASEWORKER_PORT": str(port),
    }
    command = [str(Path(sys.executable).with_name("caseworker"))]
    people = ["--email", "ada@example.org", "--name", "Ada"]
    subprocess.run([*command, "setup", *people], env=environment, check=True, capture_output=True, timeout=60)
    with subprocess.Popen(
        [*command, "serve"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert f"127.0.0.1:{port}" in process.stdout.readline()
            browser = OverHttp(f"http://127.0.0.1:{port}")
            assert browser.ask("/health/ready").status == 200
            assert browser.ask("/sign-in").status == 200
            process.send_signal(number)
            _said, logged = process.communicate(timeout=30)
        finally:
            process.kill()
    assert process.returncode == 0
    assert '"event": "audit head", "logger": "caseworker", "head": "2:' in logged
    assert '"event": "stopped", "logger": "caseworker", "finished": true' in logged
