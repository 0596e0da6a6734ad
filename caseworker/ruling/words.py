"""A rule in plain words, from its settings."""

from collections.abc import Callable, Mapping
from typing import Any

from flask_babel import gettext as _

from caseworker.contacts.rules import DECIDES, read_ladder
from caseworker.core.codes import code, label
from caseworker.intake.words import QUESTION
from caseworker.plans.smart import part_words

Settings = Mapping[str, Any]
ANY_EVIDENCE = ""


def rule_lines(kind: str, settings: Settings) -> list[str]:
    """What a rule says, a sentence each; those of a kind this page does not know are said as such."""
    said = LINES.get(kind)
    return said(settings) if said else [str(_("Set by hand; this page cannot say it in words"))]


def channel_words(channel: str) -> str:
    return str(_("The lead decides")) if channel == DECIDES else label("contact_channel", channel)


def _clock(settings: Settings) -> list[str]:
    return [
        _("Spoken with at least every %(days)s days", days=settings["contact_days"]),
        _("Plan agreed within %(days)s working days of the start", days=settings["plan_working_days"]),
        _("Plan reviewed every %(days)s days", days=settings["review_days"]),
    ]


def _minimum(settings: Settings) -> list[str]:
    ways = ", ".join(label("contact_channel", each) for each in settings.get("channels", ()))
    said = _("Two-way contact at least every %(days)s days", days=settings["every_days"])
    return [said, _("Counts only: %(ways)s", ways=ways) if ways else _("Any way of speaking counts")]


def _ladder(settings: Settings) -> list[str]:
    found = []
    for place, step in enumerate(read_ladder(settings), 1):
        way = channel_words(step.channel)
        after = _("%(days)s days after the try before", days=step.after_days) if place > 1 else _("first")
        found.append(f"{place}. {way}, {after}" + (f": {step.words}" if step.words else ""))
    return found


def _criterion(settings: Settings) -> list[str]:
    evidence, days = ", ".join(settings.get("evidence", ())), settings.get("valid_days")
    holds = _("Evidence holds for %(days)s days", days=days) if days else _("Evidence does not run out")
    shown = _("Shown by: %(evidence)s", evidence=evidence) if evidence else _("No evidence is named")
    return [str(settings.get("question", "")), shown, holds]


def _equality(settings: Settings) -> list[str]:
    return [str(QUESTION.get(each, each)) for each in settings.get("questions", ())]


def _plan_words(settings: Settings) -> list[str]:
    return [", ".join(part_words(settings).values())]


def _wording(settings: Settings) -> list[str]:
    return [str(settings["wording"])]


def _into_work(_settings: Settings) -> list[str]:
    return [
        _("The first paid work or self-employment from the start of support on"),
        _("Those in work at the start are left out"),
    ]


def _weeks(settings: Settings) -> str:
    weeks, gap = settings["weeks"], settings["gap_days"]
    return str(_("In work for %(weeks)s weeks, with no gap longer than %(gap)s days", weeks=weeks, gap=gap))


def _cumulative(settings: Settings) -> str:
    days, window = settings["days"], settings.get("window_days")
    if window:
        return str(
            _("In work on %(days)s days, together, within any %(window)s days", days=days, window=window)
        )
    return str(_("In work on %(days)s days, together, whenever they are", days=days))


def _earnings(settings: Settings) -> str:
    said = {"hours": settings["hours"], "weeks": settings["weeks"]}
    pay = _("Earned what %(hours)s hours a week for %(weeks)s weeks pay at the National Living Wage", **said)
    return f"{pay}{_within_days(settings)}"


def _hours(settings: Settings) -> str:
    said = {"hours": settings["hours"], "weeks": settings["weeks"], "of": settings["of_weeks"]}
    return str(_("At least %(hours)s hours a week in %(weeks)s of any %(of)s weeks in a row", **said))


def _within_days(settings: Settings) -> str:
    window = settings.get("window_days")
    return str(_(", within any %(window)s days", window=window)) if window else ""


def _point(settings: Settings) -> str:
    months, gap = settings["months"], settings.get("gap_days", 0)
    if settings.get("from") == "start":
        words = _(
            "In work %(months)s months after the start, give or take %(gap)s days", months=months, gap=gap
        )
    else:
        words = _(
            "In work %(months)s months after leaving, give or take %(gap)s days", months=months, gap=gap
        )
    return str(words)


def _event(settings: Settings) -> str:
    kinds = ", ".join(label("progression_kind", each) for each in settings["progression_kinds"])
    return str(_("Happened once: %(kinds)s", kinds=kinds))


VARIETIES: dict[str, Callable[[Settings], str]] = {
    "continuous_weeks": _weeks,
    "cumulative_days": _cumulative,
    "earnings_equivalent": _earnings,
    "hours_in_weeks": _hours,
    "status_at_point": _point,
    "single_event": _event,
}


def _sustained(settings: Settings) -> list[str]:
    found = [VARIETIES[settings["kind"]](settings)]
    if settings.get("evidence"):
        level = code("evidence_level", settings["evidence"]).label()
        found.append(_("Evidence at least as strong as: %(level)s", level=level))
    own = settings.get("self_employment", "same")
    if own == "left_out":
        found.append(_("Self-employment does not count"))
    elif own != "same":
        said = {"weeks": own["weeks"], "gap": own["gap_days"]}
        found.append(_("Self-employment: %(weeks)s weeks, with no gap longer than %(gap)s days", **said))
    return found


LINES: dict[str, Callable[[Settings], list[str]]] = {
    "review_clock": _clock,
    "minimum_contact": _minimum,
    "contact_ladder": _ladder,
    "eligibility": _criterion,
    "equality": _equality,
    "plan_words": _plan_words,
    "message_wording": _wording,
    "into_work": _into_work,
    "sustained": _sustained,
}
