"""A request about somebody's own record: taken down, its clock kept, answered."""

from dataclasses import dataclass
from datetime import date, datetime

from caseworker.accounts.models import User
from caseworker.core.codes import code
from caseworker.core.db import db
from caseworker.core.errors import RuleBroken
from caseworker.core.taking_back import take_back
from caseworker.participants.models import Participant
from caseworker.rights import rules
from caseworker.rights.models import AccessPack, RequestPause, RightsRequest
from caseworker.rights.queries import packs_of, pauses_of

# Answers that need no certainty about who asks.
WITHOUT_IDENTITY = frozenset({"not_sure", "withdrawn"})
# Answers that say a pack was handed over.
GIVEN = "given"


@dataclass(frozen=True)
class Asked:
    """What somebody asked for. `sure` is the day on which we were sure who asks; None: not yet."""

    kind: str
    received_on: date
    how: str
    asked_by: str = "self"
    asker: str | None = None
    words: str | None = None
    sure: date | None = None


def record_request(participant: Participant, asked: Asked, *, by: User, today: date) -> RightsRequest:
    """Take a request down. Raises RuleBroken naming received_on, sure, asker."""
    code("rights_kind", asked.kind)
    code("request_channel", asked.how)
    if asked.received_on > today:
        raise RuleBroken("The day must be today or earlier", "received_on")
    if asked.sure is not None and asked.sure > today:
        raise RuleBroken("The day must be today or earlier", "sure")
    if code("request_asker", asked.asked_by).flag("asks_name") and not asked.asker:
        raise RuleBroken("Enter the name of who asks", "asker")
    request = RightsRequest(
        participant_id=participant.id,
        kind=asked.kind,
        received_on=asked.received_on,
        how=asked.how,
        asked_by=asked.asked_by,
        asker=asked.asker if asked.asked_by != "self" else None,
        words=asked.words,
        identity_on=asked.sure,
        entered_by_id=by.id,
    )
    request.due_on = _due(request, [])
    db.session.add(request)
    db.session.flush()
    return request


def take_back_request(request: RightsRequest, *, by: User, now: datetime) -> None:
    """Undo of taking it down. Raises RuleBroken once anything was done about it."""
    if request.answered_on or request.extended_on or packs_of(request.id) or _pauses(request):
        raise RuleBroken("Something was done about this request already. Answer it instead")
    take_back(request, by.id, now)


def confirm_identity(request: RightsRequest, on: date, *, today: date) -> None:
    """We are sure who asks: the month begins. Raises RuleBroken (on)."""
    _open(request)
    if request.identity_on is not None:
        raise RuleBroken("We were sure who asks already")
    _not_ahead(on, request.received_on, today)
    request.identity_on = on
    _reckon(request)


def ask_meaning(request: RightsRequest, on: date, *, by: User, today: date) -> RequestPause:
    """We asked what they mean: the clock of a request for access stands still. Raises RuleBroken (on)."""
    _open(request)
    pauses = _pauses(request)
    if not code("rights_kind", request.kind).flag("clarified"):
        raise RuleBroken("The clock stands still only for a request for a copy of what we hold")
    if request.due_on is None:
        raise RuleBroken("The month has not begun: we are not sure yet who asks")
    if any(pause.until_on is None for pause in pauses):
        raise RuleBroken("We wait for their answer already")
    _not_ahead(on, request.received_on, today)
    if on > request.due_on:
        raise RuleBroken("The last day to answer was before this: the clock cannot stand still", "on")
    pause = RequestPause(request_id=request.id, from_on=on, entered_by_id=by.id)
    db.session.add(pause)
    db.session.flush()
    return pause


def hear_meaning(request: RightsRequest, on: date, *, today: date) -> None:
    """They said what they mean: the clock runs again. Raises RuleBroken (on)."""
    _open(request)
    waiting = [pause for pause in _pauses(request) if pause.until_on is None]
    if not waiting:
        raise RuleBroken("We are not waiting for an answer")
    _not_ahead(on, waiting[0].from_on, today)
    waiting[0].until_on = on
    db.session.flush()
    _reckon(request)


def extend_request(request: RightsRequest, reason: str, *, today: date) -> None:
    """Take two further months, and say so. Raises RuleBroken once the first month is over."""
    _open(request)
    code("extension_reason", reason)
    if request.extended_on is not None:
        raise RuleBroken("The two further months were taken already")
    if request.due_on is None:
        raise RuleBroken("The month has not begun: we are not sure yet who asks")
    if today > request.due_on:
        raise RuleBroken("The first month is over. More time must be taken, and said, before it ends")
    request.extended_on, request.extension_reason = today, reason
    _reckon(request)


def answer_request(request: RightsRequest, outcome: str, words: str | None, *, on: date, today: date) -> None:
    """Close a request. A refusal says why; `given` needs a pack. Raises RuleBroken (outcome, words, on)."""
    _open(request)
    chosen = code("rights_outcome", outcome)
    if request.kind not in chosen.extras["kinds"].split():
        raise RuleBroken("This answer does not fit what they asked", "outcome")
    if chosen.flag("refusal") and not words:
        raise RuleBroken("Enter why, in the words they are given", "words")
    if request.identity_on is None and outcome not in WITHOUT_IDENTITY:
        raise RuleBroken("Record first that we are sure who asks", "outcome")
    if outcome == GIVEN and not any(pack.given_on for pack in packs_of(request.id)):
        raise RuleBroken("Make the pack and record that it was handed over", "outcome")
    _not_ahead(on, request.received_on, today)
    request.outcome, request.answer, request.answered_on = outcome, words, on


def reopen_request(request: RightsRequest) -> None:
    request.outcome = request.answered_on = request.answer = None


def record_giving(request: RightsRequest, pack: AccessPack, *, on: date, today: date) -> None:
    """The pack was handed over: that answers the request. Raises RuleBroken (on)."""
    if pack.given_on is not None:
        raise RuleBroken("It was recorded already that this pack was handed over")
    _not_ahead(on, pack.made_at.date(), today)
    pack.given_on = on
    db.session.flush()
    if request.answered_on is None:
        answer_request(request, GIVEN, None, on=on, today=today)


def _open(request: RightsRequest) -> None:
    if request.answered_on is not None:
        raise RuleBroken("This request was answered already")


def _not_ahead(on: date, first: date, today: date) -> None:
    if on > today:
        raise RuleBroken("The day must be today or earlier", "on")
    if on < first:
        raise RuleBroken("The day must not be before it was asked", "on")


def _pauses(request: RightsRequest) -> list[RequestPause]:
    return pauses_of([request.id]).get(request.id, [])


def _reckon(request: RightsRequest) -> None:
    request.due_on = _due(request, _pauses(request))


def _due(request: RightsRequest, pauses: list[RequestPause]) -> date | None:
    begin = rules.begins_on(request.received_on, request.identity_on)
    if begin is None:
        return None
    spans = [(pause.from_on, pause.until_on) for pause in pauses]
    return rules.due_on(begin, spans, extended=request.extended_on is not None)
