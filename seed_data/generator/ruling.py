"""What the live programmes ask besides the usual: whom to try next, how often to meet, in which words."""

from typing import Any

from seed_data.generator.book import Book

LADDER = [
    {"channel": "telephone", "after_days": 1, "words": "At another time of day than before"},
    {"channel": "text", "after_days": 2, "words": "With a ready text: ask for a good time"},
    {"channel": "letter", "after_days": 5, "words": "Say that the door stays open"},
    {"channel": "lead", "after_days": 7, "words": ""},
]
MEETINGS = {"every_days": 56, "channels": ["face_to_face", "video", "doorstep", "home_visit"]}
WORDING = "Hello {name}, {worker} here. I tried to ring you. Reply with a time that suits you."
# (kind, code, label, settings, source), by the place of the programme among the live ones.
RULES: tuple[tuple[tuple[str, str, str, dict[str, Any], str], ...], ...] = (
    (
        ("contact_ladder", "contact_ladder", "When nobody answers", {"steps": LADDER},
         "The programme’s own rule"),
        ("message_wording", "call_me", "Please call me", {"wording": WORDING}, "The programme’s own words"),
        ("equality", "equality", "Equality questions besides the usual ones",
         {"questions": ["religion", "pregnancy"]},
         "Equality impact assessment: monitoring of opportunity, explicit consent of each person"),
    ),
    (
        ("contact_ladder", "contact_ladder", "When nobody answers", {"steps": LADDER[:2] + LADDER[3:]},
         "The programme’s own rule"),
        ("minimum_contact", "minimum_contact", "Least contact", MEETINGS, "Grant agreement, schedule 2"),
    ),
)  # fmt: skip


def write(book: Book) -> None:
    """Dated from each programme's first day; nothing is drawn."""
    live: dict[int, dict[str, Any]] = {}
    for row in book.tables["programme_rule"]:
        if str(row["from_on"]).startswith("@"):
            live.setdefault(row["programme_id"], row)
    for (programme, first), rules in zip(live.items(), RULES, strict=True):
        for kind, code, label, settings, source in rules:
            book.add(
                "programme_rule",
                programme_id=programme,
                kind=kind,
                code=code,
                label=label,
                settings=settings,
                source=source,
                from_on=first["from_on"],
                entered_at=first["entered_at"],
            )
