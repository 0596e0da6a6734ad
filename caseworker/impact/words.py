"""The words of a valuation, plain ones for each term, shared by the pages and the report."""

UNITS = {
    "people": ("person", "people"),
    "person_years": ("year of one person", "years of one person"),
    "fte_years": ("full-time year", "full-time years"),
    "pair_points": ("point of life satisfaction", "points of life satisfaction"),
    "hours": ("hour", "hours"),
    "weeks": ("week", "weeks"),
    "count": ("time", "times"),
}

KINDS = {
    "social": "Wellbeing",
    "economic": "Pay",
    "fiscal": "Public purse",
}

TERMS = {
    "Value for each £1": "Present value divided by what was put in. £2 means £2 of value for each £1.",
    "Present value": (
        "What all years of an outcome are worth today. A pound in a later year counts a little less than "
        "one now."
    ),
    "Deadweight": "What would have happened anyway, without the programme.",
    "Displacement": "What somebody else lost by it, such as a job another person would have had.",
    "Attribution": "What other services, family and friends did towards it.",
    "Drop-off": "How much of an effect fades in each later year.",
    "Beside the ratio": (
        "Shown, but not added. Benefits saved and taxes paid move money from one hand to another; they are "
        "estimates, and no cash is released."
    ),
    "In kind": "Given as rooms, time or goods rather than money.",
}

TAKEN_OFF = {
    "deadweight": "Would have happened anyway (deadweight)",
    "displacement": "Taken from somebody else (displacement)",
    "attribution": "What others did (attribution)",
    "drop_off": "Fades each later year (drop-off)",
    "duration": "How long it lasts (duration)",
}

GRADES = {
    "A": "A: national guidance or official statistics",
    "B": "B: published, with its method",
    "C": "C: published, at second hand or worked out by us",
    "D": "D: a judgement, with its reason",
}


def unit(count: str, amount: float) -> str:
    """The unit of an amount, in the singular for exactly one.

    >>> unit("people", 1), unit("fte_years", 2.5)
    ('person', 'full-time years')
    """
    one, many = UNITS[count]
    return one if amount == 1 else many


def kinds(codes: tuple[str, ...]) -> str:
    """The kinds of value in a ratio, as one phrase.

    >>> kinds(("economic", "social"))
    'wellbeing and pay'
    """
    return " and ".join(words.lower() for code, words in KINDS.items() if code in codes) or "nothing yet"
