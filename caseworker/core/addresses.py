"""Addresses that a page shows, each built once: a case page asks for eighty."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from flask import Flask, has_request_context, request

KEPT = 8192


def install(app: Flask) -> None:
    """Give templates the `url_for` that remembers."""
    app.jinja_env.globals["url_for"] = remembering(app)


def remembering(app: Flask) -> Callable[..., str]:
    """A `url_for` that remembers. What depends on more than its values is built anew."""

    @lru_cache(maxsize=KEPT, typed=True)
    def built(_root: str, endpoint: str, /, **values: Any) -> str:
        return app.url_for(endpoint, **values)

    def url_for(endpoint: str, /, **values: Any) -> str:
        if endpoint.startswith(".") or "_external" in values or not has_request_context():
            return app.url_for(endpoint, **values)
        try:
            return built(request.script_root, endpoint, **values)
        except TypeError:  # a list of values, which nothing can be remembered by
            return app.url_for(endpoint, **values)

    return url_for
