"""The product's own server on a free port, in a thread of this process."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from caseworker.core.serve import Server


@contextmanager
def served_for_real(app: Flask, proxied: bool = False) -> Iterator[str]:
    server = Server(app, "127.0.0.1", 0, proxied=proxied)
    thread = threading.Thread(target=server.run, name="our server", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.stop()
        thread.join(25)
        assert not thread.is_alive(), "the server did not stop"
