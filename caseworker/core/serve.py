"""Serving over HTTP: waitress, with a stop that lets nobody down.

Asked to stop (SIGTERM, Ctrl+C), the listener closes at once, what is in flight is finished, idle
connections are closed, and the process ends with status 0, after 20 seconds at most.
"""

import errno
import signal
import socket
import threading
import time
from typing import Any

from flask import Flask
from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server
from waitress.task import ErrorTask

from caseworker.core.errors import SettingsWrong
from caseworker.core.headers import HEADERS
from caseworker.core.logs import log

THREADS = 8
FINISH_WITHIN_SECONDS = 20
# Twice what a form may hold: an upload that is somewhat too large still gets our own page.
LARGEST_BODY = 32 * 1024 * 1024
# Below this nothing that was sent or answered is written to a temporary file.
KEPT_IN_MEMORY = 16 * 1024 * 1024

_REFUSAL = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{words} – Caseworker</title></head>
<body><header><p>Caseworker</p></header><main><h1>{words}</h1><p>{cure}</p></main><footer></footer></body></html>
"""
_WORDS = {
    413: ("That is too large", "Nothing was saved. Go back and send less, or a smaller file."),
    431: ("That address is too long", "Go back to the first page and try again from there."),
}
_OTHER = ("That could not be understood", "Nothing was saved. Go back and try again.")


class _Refusal(ErrorTask):  # type: ignore[misc]
    """What cannot even be read as a request: our words and our headers, like every other answer."""

    def execute(self) -> None:
        error = self.request.error
        words, cure = _WORDS.get(error.code, _OTHER)
        body = _REFUSAL.format(words=words, cure=cure).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers.extend(HEADERS.items())
        self.response_headers.append(("Cache-Control", "no-store"))
        self.response_headers.append(("Content-Type", "text/html; charset=utf-8"))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Channel(HTTPChannel):  # type: ignore[misc]
    error_task_class = _Refusal

    @property
    def is_idle(self) -> bool:
        return not (self.requests or self.request is not None or self.total_outbufs_len)


class Server:
    """The application on one address, from construction (the port is then taken) to `run`'s return."""

    def __init__(self, app: Flask, host: str, port: int, threads: int = THREADS, proxied: bool = False):
        """Raises SettingsWrong when the address cannot be listened on."""
        self.map: dict[int, Any] = {}
        self.waitress = _listen(app, self.map, host, port, threads, proxied)
        self.listeners = [part for part in self.map.values() if isinstance(part, BaseWSGIServer)]
        for listener in self.listeners:
            listener.channel_class = _Channel
        self.port = int(self.listeners[0].effective_port)
        self._asked, self._impatient = threading.Event(), threading.Event()

    def stop(self, *_signal: object) -> None:
        """Ask it to stop; asked twice, it stops without waiting. May be called from any thread."""
        if self._asked.is_set():
            self._impatient.set()
        self._asked.set()
        for listener in self.listeners:
            listener.pull_trigger()

    def run(self) -> bool:
        """Serve until asked to stop. True when everything in flight was finished."""
        while not self._asked.is_set():
            self._turn(1.0)
        finished = self._finish()
        self.waitress.task_dispatcher.shutdown(cancel_pending=True, timeout=1)
        wasyncore.close_all(self.map)
        return finished

    def _turn(self, seconds: float) -> None:
        wasyncore.loop(timeout=seconds, use_poll=True, map=self.map, count=1)

    def _finish(self) -> bool:
        # Who has connected already is in flight too.
        self._turn(0)
        for listener in self.listeners:
            wasyncore.dispatcher.close(listener)
        give_up_at = time.monotonic() + FINISH_WITHIN_SECONDS
        while busy := self._close_idle():
            if time.monotonic() > give_up_at or self._impatient.is_set():
                log("stopped before everything was finished", connections=busy)
                return False
            self._turn(0.1)
        return True

    def _close_idle(self) -> int:
        """Close the connections that wait for nothing; the number still at work."""
        channels = [part for part in self.map.values() if isinstance(part, _Channel)]
        for channel in channels:
            if channel.is_idle:
                channel.will_close = True
        return sum(not channel.is_idle for channel in channels)


def _listen(app: Flask, parts: dict[int, Any], host: str, port: int, threads: int, proxied: bool) -> Any:
    try:
        return create_server(
            app,
            map=parts,
            host=host,
            port=port,
            threads=threads,
            ident=None,
            connection_limit=500,
            asyncore_use_poll=True,
            max_request_body_size=LARGEST_BODY,
            inbuf_overflow=KEPT_IN_MEMORY,
            outbuf_overflow=KEPT_IN_MEMORY,
            # Behind a proxy the application reads these itself, from as many hops as it was told.
            clear_untrusted_proxy_headers=not proxied,
        )
    except OSError as error:
        wasyncore.close_all(parts)
        raise SettingsWrong(_cure(error, host, port)) from None
    except ValueError:
        raise SettingsWrong(_no_such_host(host)) from None


def _cure(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken: stop what uses it, or choose another, as CASEWORKER_PORT={port + 1}"
    if error.errno == errno.EACCES:
        return f"Port {port} is not open to this user: choose one above 1023, as CASEWORKER_PORT=8000"
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        return _no_such_host(host)
    return f"{host} port {port} cannot be listened on ({error.strerror}): see CASEWORKER_HOST and _PORT"


def _no_such_host(host: str) -> str:
    return f"{host} is not an address of this machine: set CASEWORKER_HOST=127.0.0.1, or 0.0.0.0 for all"


def serve_until_stopped(server: Server) -> bool:
    """Run in the main thread, stopping on SIGTERM and SIGINT. True when everything was finished."""
    before = {number: signal.signal(number, server.stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        return server.run()
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
