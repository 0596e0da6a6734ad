"""Hostile input of our own making, with reviewed verdicts. Any feature may throw it at its forms.

HOSTILE_TEXT is raw strings: `values.text` or `values.note` says what becomes of each, and TEXT_VERDICTS
says it for those that change. HOSTILE_NUMBERS and HOSTILE_DATES carry a verdict each: the value, or None
for a refusal.
"""

from datetime import date
from decimal import Decimal

from tests.core.hostile_text import HOSTILE_TEXT, TEXT_VERDICTS

__all__ = ["HOSTILE_DATES", "HOSTILE_NUMBERS", "HOSTILE_TEXT", "TEXT_VERDICTS", "TODAY"]

TODAY = date(2026, 11, 22)  # a Sunday

# (typed, as a whole number 0-1000, as a number 0-1000 with two places, as pence £0-£10,000)
HOSTILE_NUMBERS: tuple[tuple[str, int | None, Decimal | None, int | None], ...] = (
    ("0", 0, Decimal(0), 0),
    ("-0", 0, Decimal(0), 0),
    ("16", 16, Decimal(16), 1600),
    (" 16 ", 16, Decimal(16), 1600),
    ("+16", 16, Decimal(16), 1600),
    ("007", 7, Decimal(7), 700),
    ("1,000", 1000, Decimal(1000), 100_000),
    ("12.5", None, Decimal("12.5"), 1250),
    ("12.50", None, Decimal("12.5"), 1250),
    (".5", None, Decimal("0.5"), 50),
    ("£5", None, None, 500),
    ("£ 5", None, None, 500),
    ("£1,250.50", None, None, 125_050),
    ("1250.50", None, None, 125_050),
    ("10,000.00", None, None, 1_000_000),
    *(
        (typed, None, None, None)
        for typed in (
            "", " ", "-", "+", ".", ",", "£", "-1", "-£5", "£-5", "--5", "+-5", "- -5", "£+-5", "££5", "5£",
            "£5p", "50p", "5.", "5.005",
            "1.2.3", "1,00", "1,0000", ",100", "100,", "1,250.505", "1.250,50", "1 250", "1'250", "12k",
            "£1.2m", "5%", "5h", "five",
            "NaN", "nan", "sNaN", "-NaN", "NaN123", "Infinity", "-Infinity", "inf", "Inf", "∞", "1e3",
            "1E3", "1e-3", "1e999999",
            "1e-999999", "0x10", "0b1", "0o7", "1_0", "1__0", "_1", "1d", "1L", "1j", "(5)", "5-", "1/2",
            "½", "²", "٣", "१२", "１２", "𝟗",
            "௧", "①", "Ⅷ", "−5", "5\x00", "\x005", "5\n6", "5\u200b", "\u202e5", "1;2", "=5", "=1+1", "'5",
            "\"5\"", "null", "None",
            "true", "1001.01.01", "9" * 30, "9" * 40, "9" * 401, "1" + "0" * 400, "9" * 100_000,
            "0" * 100_000, "0." + "0" * 5_000 + "1",
            "1,000" * 5_000, "-" * 50_000, "1" + "e1" * 10_000, "99999999999", "10,000,000.01",
            "<script>5</script>", "\ud800",
        )
    ),
)  # fmt: skip

# (typed, the date on TODAY)
HOSTILE_DATES: tuple[tuple[str, date | None], ...] = (
    ("31/3/26", date(2026, 3, 31)),
    ("31/03/2026", date(2026, 3, 31)),
    ("31 3 2026", date(2026, 3, 31)),
    ("31.3.2026", date(2026, 3, 31)),
    ("31-3-26", date(2026, 3, 31)),
    ("2026-03-31", date(2026, 3, 31)),
    ("2026/3/31", date(2026, 3, 31)),
    ("31 March 2026", date(2026, 3, 31)),
    ("31st mar 26", date(2026, 3, 31)),
    ("31 MARCH 2026", date(2026, 3, 31)),
    ("  31   March,  2026 ", date(2026, 3, 31)),
    ("Tue 31 March 2026", date(2026, 3, 31)),
    ("2/1/2026", date(2026, 1, 2)),
    ("29 2 2024", date(2024, 2, 29)),
    ("1/1/1900", date(1900, 1, 1)),
    ("22 11 2036", date(2036, 11, 22)),
    ("1/1/36", date(2036, 1, 1)),
    ("1/1/37", date(1937, 1, 1)),
    ("today", date(2026, 11, 22)),
    ("Today ", date(2026, 11, 22)),
    ("tomorrow", date(2026, 11, 23)),
    ("yesterday", date(2026, 11, 21)),
    ("tue", date(2026, 11, 24)),
    ("next tue", date(2026, 11, 24)),
    ("next Tuesday", date(2026, 11, 24)),
    ("this tues", date(2026, 11, 24)),
    ("last tue", date(2026, 11, 17)),
    ("sun", date(2026, 11, 22)),
    ("next sun", date(2026, 11, 29)),
    ("last sun", date(2026, 11, 15)),
    *(
        (typed, None)
        for typed in (
            "", " ", "31 2 2026", "30/2/2024", "29 2 2026", "29 2 1900", "31/4/2026", "31 11 2026",
            "0/1/2026", "1/0/2026", "32/1/2026",
            "1/13/2026", "3/31/2026", "2026-13-01", "2026-02-30", "2026-00-00", "0000-00-00", "0000-01-01",
            "31 12 1899", "23 11 2036",
            "1/1/2100", "1/1/9999", "1/1/10000", "31 3", "31/3", "March 2026", "3 2026", "2026", "20260331",
            "310326", "31/3/026",
            "31/3/2", "31//3/2026", "31/3/", "/3/2026", "-31/3/2026", "31/-3/2026", "1.5/3/2026",
            "31 Smarch 2026", "31 M 2026",
            "Mon 31 March 2026", "tue tue", "next", "next week", "nexttue", "next next tue", "tu", "now",
            "soon", "never", "T",
            "2026-03-31T10:00", "2026-03-31 10:00", "2026-W13-2", "2026-090", "1e3", "NaN", "45000", "-1",
            "٣١/٣/٢٠٢٦", "３１/３/２０２６",
            "31／3／2026", "31⁄3⁄2026", "31/3/2026\x00", "31/3/\u200b2026", "\ud800",
            "<script>31/3/2026</script>", "=TODAY()",
            "31/3/2026; DROP TABLE", "null", "0", "9" * 400, "1/1/" + "9" * 400, "31 3 2026" * 5_000,
            "/" * 50_000, "st" * 20_000,
        )
    ),
)  # fmt: skip
