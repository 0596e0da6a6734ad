"""The application on a loopback port, served as it is in real use, for browsers and racing clients."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from waitress.server import create_server


@contextmanager
def served(app: Flask, threads: int = 8) -> Iterator[str]:
    """Serve an application in threads of this process; gives its address."""
    server = create_server(app, host="127.0.0.1", port=0, threads=threads, clear_untrusted_proxy_headers=True)
    thread = threading.Thread(target=server.run, name="live server", daemon=True)
    thread.start()

    def stop() -> None:
        """Run in the server's own thread, which sleeps until something wakes it."""
        for channel in list(server.active_channels.values()):
            channel.handle_close()
        server.close()

    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        server.trigger.pull_trigger(stop)
        thread.join(5)
        server.task_dispatcher.shutdown(timeout=5)
        assert not thread.is_alive(), "the live server did not stop"
