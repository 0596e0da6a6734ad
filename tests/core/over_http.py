"""A browser without JavaScript over real HTTP, for tests of many at once against one server."""

import http.cookiejar
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Any, TypeVar

from tests.support.client import Form, form_on
from tests.support.page import Page

Result = TypeVar("Result")


@dataclass
class Answer:
    status: int
    headers: Any
    body: bytes

    @property
    def location(self) -> str:
        return str(self.headers.get("Location", ""))


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_about: Any) -> None:
        return None


class OverHttp:
    """One browser with its own cookies. Redirects are not followed."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.cookies), _NoRedirects()
        )

    def ask(self, path: str, data: Any = None, method: str | None = None, **headers: str) -> Answer:
        body = urllib.parse.urlencode(data, doseq=True).encode() if isinstance(data, dict) else data
        request = urllib.request.Request(self.address + path, body, headers, method=method)
        try:
            with self._opener.open(request, timeout=60) as answer:
                return Answer(answer.status, answer.headers, answer.read())
        except urllib.error.HTTPError as answer:
            with answer:
                return Answer(answer.code, answer.headers, answer.read())

    def form(self, path: str) -> Form:
        answer = self.ask(path)
        assert answer.status == 200, (path, answer.status)
        return form_on(Page(answer.body.decode(), path, answer.status))

    def send(self, form: Form, **fields: Any) -> Answer:
        return self.ask(form.action, form.fill(**fields).data)

    def sign_in(self, email: str, password: str, to: str = "/account") -> None:
        answer = self.send(self.form(f"/sign-in?next={to}"), email=email, password=password)
        assert answer.status == 303, answer.status


def all_at_once(works: Sequence[Callable[[], Result]]) -> list[Result]:
    """Run each in its own thread, begun at the same moment; results in order, the first fault raised."""
    together = Barrier(len(works))

    def begin(work: Callable[[], Result]) -> Result:
        together.wait(30)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(begin, works))
