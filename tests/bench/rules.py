"""The rules of the programme that is measured, the same for both servers: (kind, code, settings)."""

from typing import Any

RULES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("review_clock", "clock", {"contact_days": 28, "plan_working_days": 20, "review_days": 84}),
    ("minimum_contact", "least", {"every_days": 21}),
    (
        "contact_ladder",
        "ladder",
        {
            "steps": [
                {"channel": "telephone", "after_days": 0, "words": "Ring them"},
                {"channel": "text", "after_days": 2, "words": "Text them"},
                {"channel": "telephone", "after_days": 3, "words": "Ring them at another time of day"},
                {"channel": "letter", "after_days": 5, "words": "Write to them"},
                {"channel": "lead", "after_days": 10, "words": "The lead decides"},
            ]
        },
    ),
)
