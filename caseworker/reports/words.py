"""Words the reports share."""

from caseworker.core.formatting import number, percent, pounds_whole
from caseworker.outcomes.rules import Share
from caseworker.valuation.rounding import pence

METHOD = (
    (
        "Each line of the account multiplies how much of an outcome the records show by what one is worth. "
        "Then comes off what would have happened anyway (deadweight), what somebody else lost by it "
        "(displacement) and what others did towards it (attribution). Later years fade (drop-off), and a "
        "later pound counts a little less than one now (discounting)."
    ),
    (
        "The steps are those of the Guide to Social Return on Investment (Cabinet Office 2009; SROI Network "
        "2012). Discount rates are those of HM Treasury's Green Book; prices are restated by the GDP "
        "deflator. Wellbeing is valued by HM Treasury's Wellbeing Guidance for Appraisal (2021), on people "
        "with two scores only and never scaled up."
    ),
    (
        "Each person is counted once for outcomes of the same sort: the best evidenced counts, then the one "
        "furthest reached, then the lower value. Work that lasted is counted only when its weeks have passed."
    ),
)

CAVEATS = (
    "No comparison group stands behind these figures: what would have happened anyway is assumed.",
    "Somebody nobody could reach is shown as not known, and is counted neither as a yes nor as a no.",
    "Public-purse figures are estimated value. No cash is released.",
    "A benefit without a sourced figure of its own is not valued at another's: its people are shown, no £.",
    "An average of fewer than 30 people with two scores is too few to generalise from.",
    "Nobody outside the programme has checked this report.",
)


def money(amount: float) -> str:
    """Whole pounds of an unrounded amount."""
    return pounds_whole(pence(amount))


def ratio(value: float | None) -> str:
    return "–" if value is None else f"£{value:.2f}"


def basis(share: Share) -> str:
    """470 of 1,000"""
    return f"{number(share.n)} of {number(share.total)}"


def interval(share: Share) -> str:
    """43.9% to 50.1%"""
    if share.low is None or share.high is None:
        return "–"
    return f"{percent(share.low)} to {percent(share.high)}"
