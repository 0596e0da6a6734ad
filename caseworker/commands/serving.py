"""`caseworker serve`."""

import gc
import logging
import threading

import click
from flask import Flask

from caseworker.accounts.sessions import forget_old_sessions
from caseworker.accounts.throttle import forget_old_tries
from caseworker.commands.opening import open_app
from caseworker.config import Settings
from caseworker.core import audit, clock
from caseworker.core.db import begin, transaction
from caseworker.core.drafts import drop_old_drafts
from caseworker.core.forms import forget_old_tokens
from caseworker.core.logs import log
from caseworker.core.serve import Server, serve_until_stopped
from caseworker.core.setup import refuse_unready
from caseworker.imports.services import forget_old_sheets

HOUR = 3600.0


@click.command()
@click.option("--host", help="Address to listen on, instead of CASEWORKER_HOST.")
@click.option("--port", type=click.IntRange(1, 65535), help="Port, instead of CASEWORKER_PORT.")
def serve(host: str | None, port: int | None) -> None:
    """Serve the pages until asked to stop (Ctrl+C or SIGTERM); what is in flight is finished first."""
    settings = Settings.from_environment()
    app = open_app(settings)
    with app.app_context():
        refuse_unready(settings.database_url, settings.keyring())
    where = (host or settings.host, port or settings.port)
    run(app, *where, bool(settings.trusted_proxy), _address(settings, *where))


def _address(settings: Settings, host: str, port: int) -> str:
    """What people type: the setting, or where it really listens when that was only assumed."""
    assumed = f"http://{settings.host}:{settings.port}"
    return f"http://{host}:{port}" if settings.public_url == assumed else settings.public_url


def run(app: Flask, host: str, port: int, proxied: bool, address: str) -> None:
    """Serve an application whose database is ready. Raises SettingsWrong when the port is taken."""
    server = Server(app, host, port, proxied=proxied)
    spare_the_collector()
    over = threading.Event()
    hourly = threading.Thread(target=_every_hour, args=(app, over), name="hourly", daemon=True)
    hourly.start()
    click.echo(f"Caseworker is at {address} (listening on {host}:{server.port}). Ctrl+C stops it.")
    log("serving", host=host, port=server.port)
    finished = serve_until_stopped(server)
    over.set()
    hourly.join(5)
    log("stopped", finished=finished)


def spare_the_collector() -> None:
    """What start-up made stays for good, and a page makes thousands of small things: left as it is, the
    garbage collector walks all of it in the middle of every few pages."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def _every_hour(app: Flask, over: threading.Event) -> None:
    while True:
        try:
            hourly_work(app)
        except Exception:
            logging.getLogger("caseworker").exception("hourly work failed")
        if over.wait(HOUR):
            return


def hourly_work(app: Flask) -> None:
    """Put the audit's head into the log, so that a cut tail shows, and forget what has had its time."""
    with app.app_context():
        begin("read")
        number, link = audit.head()
        log("audit head", head=f"{number}:{link}")
        with transaction():
            drop_old_drafts()
            forget_old_tries()
            forget_old_sessions()
            forget_old_tokens()
            forget_old_sheets(clock.now())
