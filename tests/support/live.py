"""The application on a loopback port, served as it is in real use, for browsers and racing clients."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from flask import Flask
from waitress.server import create_server

from caseworker.app import create_app
from caseworker.config import Settings


@contextmanager
def served(app: Flask, threads: int = 8) -> Iterator[str]:
    """Serve an application in threads of this process; gives its address."""
    server = create_server(app, host="127.0.0.1", port=0, threads=threads, clear_untrusted_proxy_headers=True)
    thread = threading.Thread(target=server.run, name="live server", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.close()
        server.task_dispatcher.shutdown(timeout=5)
        thread.join(5)


def application(settings: Settings) -> Flask:
    """An application for a browser: no test mode, so that errors are pages."""
    return create_app(replace(settings, public_url="http://127.0.0.1"))
