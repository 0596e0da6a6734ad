"""JSON logs of ids and field names; never a value, a name or a note."""

import json
import logging
import secrets
import sys
import time
import traceback
from uuid import UUID

from flask import Flask, g, has_request_context, request
from werkzeug.wrappers import Response


class JsonLines(logging.Formatter):
    """One JSON object a line. An exception gives its type and places, not its text: texts hold values."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "event": record.getMessage(),
            "logger": record.name,
        }
        line.update(getattr(record, "facts", {}))
        if has_request_context():
            line["request_id"] = g.get("request_id")
        if record.exc_info and record.exc_info[0]:
            frames = traceback.extract_tb(record.exc_info[2])
            line["error"] = record.exc_info[0].__name__
            line["where"] = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames[-6:]]
        return json.dumps(line)


def configure(app: Flask) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("caseworker")
    logger.handlers = [handler]
    logger.setLevel(logging.INFO)
    logger.propagate = False
    app.logger.handlers = [handler]
    app.logger.propagate = False

    @app.before_request
    def name_request() -> None:
        g.request_id = secrets.token_hex(8)
        g.began = time.perf_counter()

    @app.after_request
    def log_request(response: Response) -> Response:
        if request.endpoint != "static":
            facts = {
                "method": request.method,
                "endpoint": request.endpoint,
                "ids": _ids(response.status_code),
                "status": response.status_code,
                "ms": round((time.perf_counter() - g.get("began", time.perf_counter())) * 1000, 1),
                "user_id": str(g.user_id) if g.get("user_id") else None,
            }
            logger.info("request", extra={"facts": facts})
        return response


def _ids(status: int) -> dict[str, str]:
    """Keys, and the codes of pages that exist: what is missing may be a name that somebody typed."""
    return {
        name: str(value)
        for name, value in (request.view_args or {}).items()
        if name != "token" and (isinstance(value, UUID | int) or status < 400)
    }


def log(event: str, **facts: object) -> None:
    """Log an event with ids, counts and field names only."""
    logging.getLogger("caseworker").info(event, extra={"facts": facts})
