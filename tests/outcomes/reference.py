"""The indicators and the wellbeing pairs, worked out the slow and obvious way over plain rows."""

from dataclasses import dataclass

from tests.outcomes.histories import SCORES, History, Start


@dataclass(frozen=True)
class Counted:
    n: int
    total: int
    excluded: int
    unknown: int
    not_yet: int


def starts_of(history: History, programmes: tuple[int, ...] = (0, 1)) -> list[Start]:
    last = min(history.until_on, history.as_at)
    return [
        start
        for start in history.starts
        if start.programme in programmes
        and not start.voided
        and start.started is not None
        and history.from_on <= start.started <= last
    ]


def by(offset: int | None, as_at: int) -> bool:
    return offset is not None and offset <= as_at


def lost_touch(start: Start, as_at: int) -> bool:
    said = any(
        step.kind in ("unable_to_contact", "not_known") and step.started <= as_at and not step.voided
        for step in start.steps
    )
    return said or (start.exit_reason == "not_known" and by(start.exited, as_at))


def reached_work(start: Start, as_at: int) -> bool:
    return start.into is not None and by(start.into.achieved, as_at)


def into_work(history: History, starts: list[Start]) -> Counted:
    as_at = history.as_at
    asked = [start for start in starts if start.status != "10"]
    yes = [start for start in asked if reached_work(start, as_at)]
    lost = [start for start in asked if start not in yes and lost_touch(start, as_at)]
    return Counted(len(yes), len(asked), len(starts) - len(asked), len(lost), 0)


def kept_work(history: History, starts: list[Start]) -> Counted:
    as_at = history.as_at
    counts = {"n": 0, "total": 0, "unknown": 0, "not_yet": 0}
    for start in starts:
        if start.status == "10" or not reached_work(start, as_at):
            continue
        state = start.sustained
        if state is None or not by(state.matures, as_at):
            counts["not_yet"] += 1
            continue
        counts["total"] += 1
        if by(state.achieved, as_at):
            counts["n"] += 1
        elif by(state.unknown, as_at):
            counts["unknown"] += 1
    return Counted(excluded=0, **counts)


def closer_to_work(history: History, starts: list[Start]) -> Counted:
    as_at = history.as_at
    asked = [start for start in starts if start.status != "10" and start.required is False]
    yes = [start for start in asked if reached_work(start, as_at) or looking(start, as_at)]
    lost = [start for start in asked if start not in yes and lost_touch(start, as_at)]
    return Counted(len(yes), len(asked), 0, len(lost), 0)


def looking(start: Start, as_at: int) -> bool:
    return any(s.kind == "now_looking" and s.started <= as_at and not s.voided for s in start.steps)


def engaged(history: History, starts: list[Start]) -> Counted:
    yes = [
        start
        for start in starts
        if any(
            spoke.two_way and not spoke.voided and not spoke.corrected and spoke.on <= history.as_at
            for spoke in start.spoke
        )
    ]
    return Counted(len(yes), len(starts), 0, 0, 0)


def completed(history: History, starts: list[Start]) -> Counted:
    yes = [s for s in starts if any(on <= history.as_at and not voided for on, voided in s.completed)]
    return Counted(len(yes), len(starts), 0, 0, 0)


INDICATORS = {
    "into_work": into_work,
    "sustained": kept_work,
    "closer_to_work": closer_to_work,
    "engaged": engaged,
    "completed": completed,
}


def counts(history: History, programmes: tuple[int, ...]) -> dict[str, int]:
    """People by human being, starts, referrals and ends, each its own count."""
    starts = starts_of(history, programmes)
    known = [
        start
        for start in history.starts
        if start.programme in programmes and not start.voided and start.referred <= history.until_on
    ]
    people = {start.person for start in starts}
    records = {(start.person, start.programme) for start in starts}
    return {
        "referred": sum(1 for start in known if start.referred <= history.as_at),
        "starts": len(starts),
        "people": len(people),
        "known_twice": len(records) - len(people),
        "exits": sum(1 for start in starts if by(start.exited, history.as_at)),
    }


def pair_of(start: Start, measure: str, as_at: int) -> tuple[int, int, int] | None:
    """First score, latest score and the number of days answered; None where nobody answered."""
    place = SCORES.index(measure)
    answered = sorted(
        (scored.on, scored.id.bytes, scored.scores[place])
        for scored in start.scored
        if scored.scores[place] is not None and not scored.voided and scored.on <= as_at
    )
    if not answered:
        return None
    first, latest = answered[0][2], answered[-1][2]
    assert first is not None
    assert latest is not None
    return first, latest, len({on for on, _, _ in answered})


def pairs(history: History, starts: list[Start], measure: str) -> list[tuple[int, int]]:
    found = (pair_of(start, measure, history.as_at) for start in starts)
    return [(pair[0], pair[1]) for pair in found if pair is not None and pair[2] >= 2]


def answered_once(history: History, starts: list[Start], measure: str) -> int:
    found = (pair_of(start, measure, history.as_at) for start in starts)
    return sum(1 for pair in found if pair is not None and pair[2] == 1)
