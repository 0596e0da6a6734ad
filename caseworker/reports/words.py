"""Words the reports share."""

from caseworker.core.formatting import number, pounds_whole
from caseworker.outcomes.rules import Share
from caseworker.valuation.rounding import pence

METHOD = (
    (
        "Each line multiplies how much of an outcome the records show by what one is worth, and takes off "
        "what would have happened anyway (deadweight), what was taken from somebody else (displacement) and "
        "what others did (attribution). Later years fade by drop-off and are discounted to today's worth."
    ),
    (
        "The steps are those of the Guide to Social Return on Investment (Cabinet Office 2009; SROI Network "
        "2012), with discount rates of HM Treasury's Green Book and prices restated by the GDP deflator. "
        "Wellbeing is valued by WELLBYs (HM Treasury, Wellbeing Guidance for Appraisal, 2021) on people with "
        "two scores only."
    ),
)

CAVEATS = (
    "No comparison group stands behind these figures: what would have happened anyway is assumed.",
    "A person nobody could reach is shown as unknown. Unknown is never counted as a no, nor as a yes.",
    "Public-purse figures are estimated value and not cash released.",
    "A benefit without a sourced figure of its own is not valued at another's.",
    "Small groups: an average of fewer than 30 pairs is too few to generalise from.",
)


def money(amount: float) -> str:
    """Whole pounds of an unrounded amount."""
    return pounds_whole(pence(amount))


def ratio(value: float | None) -> str:
    return "–" if value is None else f"£{value:.2f}"


def interval(share: Share) -> str:
    """470 of 1,000; 95% interval 43.9 to 50.1."""
    words = f"{number(share.n)} of {number(share.total)}"
    if share.low is None or share.high is None:
        return words
    return f"{words}; 95% interval {share.low * 100:.1f} to {share.high * 100:.1f}"
