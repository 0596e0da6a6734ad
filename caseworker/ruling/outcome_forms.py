"""Forms of the rules of lasting work, one for each way of counting."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _

from caseworker.core.errors import RuleBroken
from caseworker.core.fields import ChoiceField, ChoicesField, DecimalField, TextField, WholeNumberField
from caseworker.ruling.forms import RuleForm

MOST_WEEKS, MOST_DAYS, MOST_HOURS, MOST_MONTHS = 260, 1830, 100, 60
SAME, LEFT_OUT, OWN = "same", "left_out", "own"
SHARED = ("evidence", "self_employment", "own_weeks", "own_gap_days")


class SustainedForm(RuleForm):
    """What all of them have. `variety` is the kind in the settings, `counts` the fields it reads."""

    variety = ""
    counts: tuple[str, ...] = ()
    name = TextField(
        _("What reports call it"),
        max_length=120,
        noun=_("what reports call it"),
        hint=_("Such as: 26 weeks in work"),
    )
    evidence = ChoiceField(
        _("Evidence at least"),
        list="evidence_level",
        component="select",
        optional=True,
        noun=_("the evidence"),
        hint=_("Leave it if what they tell you is enough"),
    )
    self_employment = ChoiceField(
        _("Self-employment"),
        options=[
            (SAME, _("Counts like a job")),
            (LEFT_OUT, _("Does not count")),
            (OWN, _("Has weeks of its own")),
        ],
        default=SAME,
        noun=_("how self-employment counts"),
    )
    own_weeks = WholeNumberField(
        _("Weeks of self-employment"), low=1, high=MOST_WEEKS, optional=True, noun=_("the weeks")
    )
    own_gap_days = WholeNumberField(
        _("Longest gap in self-employment"),
        low=0,
        high=MOST_DAYS,
        optional=True,
        suffix=_("days"),
        noun=_("the longest gap"),
    )

    @property
    def own(self) -> tuple[str, ...]:  # type: ignore[override]
        shared = SHARED if "self_employment" in self else ("evidence",)
        return ("name", *self.counts, *shared)

    @property
    def label(self) -> str:
        return str(self.name.data)

    @property
    def settings(self) -> dict[str, Any]:
        found: dict[str, Any] = {"kind": self.variety}
        for name in self.counts:
            value = self[name].data
            if value is not None:
                found[name] = _plain(value)
        if self.evidence.data:
            found["evidence"] = self.evidence.data
        return found | self._self_employment()

    def _self_employment(self) -> dict[str, Any]:
        said = self.self_employment.data if "self_employment" in self else SAME
        if said == LEFT_OUT:
            return {"self_employment": LEFT_OUT}
        if said != OWN:
            return {}
        for field in (self.own_weeks, self.own_gap_days):
            if field.data is None:
                raise RuleBroken("Enter the weeks and the longest gap of self-employment", field.name)
        return {"self_employment": {"weeks": self.own_weeks.data, "gap_days": self.own_gap_days.data}}

    @classmethod
    def data_of(cls, label: str, settings: Mapping[str, Any]) -> dict[str, Any]:
        said = settings.get("self_employment", SAME)
        own = said if isinstance(said, Mapping) else {}
        return {
            **{name: settings.get(name) for name in cls.counts},
            "name": label,
            "evidence": settings.get("evidence"),
            "self_employment": OWN if own else said,
            "own_weeks": own.get("weeks"),
            "own_gap_days": own.get("gap_days"),
        }


def _plain(value: Any) -> Any:
    """A number as it is kept: 30, or 30.5."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def _whole(words: Any, high: int, suffix: Any = "", low: int = 1, **more: Any) -> WholeNumberField:
    return WholeNumberField(words, low=low, high=high, suffix=suffix, **more)


class ContinuousForm(SustainedForm):
    variety, counts = "continuous_weeks", ("weeks", "gap_days")
    weeks = _whole(_("In work for"), MOST_WEEKS, _("weeks"), noun=_("the weeks"))
    gap_days = _whole(_("Longest gap allowed"), MOST_DAYS, _("days"), low=0, noun=_("the longest gap"))


class CumulativeForm(SustainedForm):
    variety, counts = "cumulative_days", ("days", "window_days")
    days = _whole(_("In work on"), MOST_DAYS, _("days"), noun=_("the days"))
    window_days = _whole(
        _("Within any"),
        MOST_DAYS,
        _("days"),
        optional=True,
        noun=_("the days they lie within"),
        hint=_("Leave empty if it does not matter when"),
    )

    @property
    def settings(self) -> dict[str, Any]:
        window = self.window_days.data
        if window is not None and window < self.days.data:
            raise RuleBroken("The days they lie within must be as many or more", "window_days")
        return super().settings


class EarningsForm(SustainedForm):
    variety, counts = "earnings_equivalent", ("hours", "weeks", "window_days")
    hours = DecimalField(_("Hours a week"), low=1, high=MOST_HOURS, places=2, noun=_("the hours"))
    weeks = _whole(_("For"), MOST_WEEKS, _("weeks"), noun=_("the weeks"))
    window_days = _whole(_("Within any"), MOST_DAYS, _("days"), optional=True, noun=_("the days"))


class HoursForm(SustainedForm):
    variety, counts = "hours_in_weeks", ("hours", "weeks", "of_weeks")
    hours = DecimalField(_("Hours a week at least"), low=1, high=MOST_HOURS, places=2, noun=_("the hours"))
    weeks = _whole(_("In so many weeks"), MOST_WEEKS, _("weeks"), noun=_("the weeks"))
    of_weeks = _whole(_("Of any"), MOST_WEEKS, _("weeks in a row"), noun=_("the weeks in a row"))

    @property
    def settings(self) -> dict[str, Any]:
        if self.of_weeks.data < self.weeks.data:
            raise RuleBroken("The weeks in a row must be as many or more", "of_weeks")
        return super().settings


class PointForm(SustainedForm):
    variety, counts = "status_at_point", ("months", "from", "gap_days")
    months = _whole(_("In work after"), MOST_MONTHS, _("months"), noun=_("the months"))
    gap_days = _whole(_("Give or take"), MOST_DAYS, _("days"), low=0, noun=_("the days"), default=0)


setattr(
    PointForm,
    "from",
    ChoiceField(
        _("Counted from"),
        options=[("exit", _("The day they left")), ("start", _("The day they started"))],
        default="exit",
        noun=_("where the months are counted from"),
    ),
)


class EventForm(SustainedForm):
    variety, counts = "single_event", ("progression_kinds",)
    self_employment = own_weeks = own_gap_days = None  # type: ignore[assignment]
    progression_kinds = ChoicesField(
        _("Steps forward that count"), list="progression_kind", noun=_("at least one step")
    )
