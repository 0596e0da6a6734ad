"""What the same things cost on both servers, asked in turns, and the words for it."""

import statistics
from dataclasses import dataclass
from uuid import UUID

from caseworker.core import clock
from tests.bench.beside import Ask, Asked
from tests.bench.crowd import SAID
from tests.support.client import form_on
from tests.support.page import Page

WARMING = 5
# Both are asked in turns, so that whatever else the machine does falls on both.
ROUNDS = 5


@dataclass(frozen=True)
class Cost:
    """Milliseconds for one request: the server's processor, and how long 95 in 100 took at most."""

    processor: float
    p95: float


@dataclass(frozen=True)
class Pages:
    """What is asked of both: path of the caseload, of a case with 60 entries, and of its contact form."""

    caseload: str
    case: str
    contact: str
    bare: str


def our_pages(busy: UUID) -> Pages:
    return Pages("/caseload", f"/enrolments/{busy}", f"/enrolments/{busy}/contacts/new", "/health/live")


def twin_pages(busy: int) -> Pages:
    return Pages("/caseload", f"/enrolments/{busy}", f"/enrolments/{busy}/contacts/new", "/bare")


def measure(
    ours_: tuple[Asked, Pages], theirs: tuple[Asked, Pages], turns: int
) -> tuple[dict[str, Cost], dict[str, Cost]]:
    """The cost of each page of both, and of saving a contact whose form was opened before; `turns` times."""
    mine, other = _asks(*ours_, turns), _asks(*theirs, turns)
    costs = {name: _in_turns((ours_[0], mine[name]), (theirs[0], other[name])) for name in mine}
    return {name: cost[0] for name, cost in costs.items()}, {name: cost[1] for name, cost in costs.items()}


def _asks(asked: Asked, pages: Pages, turns: int) -> dict[str, list[Ask]]:
    count = turns + WARMING
    return {
        "bare page": [lambda server: server.get(pages.bare)] * count,
        "caseload": [lambda server: server.get(pages.caseload)] * count,
        "case page": [lambda server: server.get(pages.case)] * count,
        "contact post": [_contact(asked, pages) for _ in range(count)],
    }


def _in_turns(*both: tuple[Asked, list[Ask]]) -> list[Cost]:
    """What asking once costs each, on average; the first few times are not counted."""
    spent, taken = [0.0 for _ in both], [list[float]() for _ in both]
    for asked, asks in both:
        asked.time(asks[:WARMING])
    for turn in range(ROUNDS):
        for place, (asked, asks) in enumerate(both):
            processor, by_clock = asked.time(asks[WARMING:][turn::ROUNDS])
            spent[place] += processor
            taken[place] += by_clock
    return [
        Cost(processor / len(by_clock), statistics.quantiles(by_clock, n=20)[-1])
        for processor, by_clock in zip(spent, taken, strict=True)
    ]


def _contact(asked: Asked, pages: Pages) -> Ask:
    """A contact filled in on its own fresh form, as a browser would send it.

    The message of the save before it was shown by then: the cookie is the one that came with the form.
    """
    page = Page(asked.get(pages.contact), pages.contact, 200)
    form = form_on(page, "note")
    said = {name: value for name, values in form.data.items() for value in values[:1]}
    said |= {"channel": "telephone", "direction": "out", "result": "spoke", "note": SAID}
    said["happened_on"] = said.get("happened_on") or f"{clock.today():%Y-%m-%d}"
    said["happened_time"] = "00:01"
    cookie = asked.cookie

    def send(server: Asked) -> None:
        server.cookie = cookie
        server.post(pages.contact, said)

    return send


def in_words(ours_: dict[str, Cost], theirs: dict[str, Cost]) -> str:
    """A line for each page: milliseconds of both, and ours as a share of theirs and of a bare page."""
    lines = [f"{'':14}{'processor, ms':>30}{'p95, ms':>20}{'ours/Django':>14}{'ours/bare':>12}"]
    for name, mine in ours_.items():
        other, bare = theirs[name], ours_["bare page"]
        lines.append(
            f"{name:14}{mine.processor:12.1f} against {other.processor:9.1f}"
            f"{mine.p95:9.1f} against {other.p95:4.1f}"
            f"{mine.processor / max(other.processor, 0.01):12.2f}"
            f"{mine.processor / max(bare.processor, 0.01):12.0f}"
        )
    return "\n".join(lines)
