"""The pack as somebody reads it: tagged PDF, in parts where there is much, so that memory stays bounded."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from caseworker.core.db import Base
from caseworker.core.formatting import date_short, date_uk
from caseworker.core.pdf import Report, Strong
from caseworker.rights import giving, telling
from caseworker.rights.giving import Entry, Subject

ENTRIES_A_PART = 400
NOT_HERE = (
    "What would tell you about somebody else who has not agreed, or was told to us in confidence.",
    "Anything that could seriously harm somebody, and legal advice.",
    "Safeguarding, and what keeps others safe. Somebody else decides about these, and answers you apart.",
    "The names of those who work here. Their role is given instead.",
)
RIGHTS = (
    "If something is wrong, tell us: it is put right, or your own words stand beside it.",
    "You may ask that we keep it and do not use it, object to how it is used, or ask that it is erased.",
    "You may complain to us, and to the Information Commissioner: ico.org.uk or 0303 123 1113.",
)


@dataclass(frozen=True)
class Front:
    """What the first page says."""

    name: str
    reference: str
    organisation: str
    made_on: date
    counts: dict[str, int]
    story: tuple[str, ...]
    files: tuple[str, ...]


class Booklet:
    """Parts of a few hundred entries. `parts()` gives each as it is full."""

    def __init__(self, front: Front, subject: Subject, made_at: datetime) -> None:
        self.front, self.subject, self.made_at = front, subject, made_at
        self.number, self.entries, self.section, self.kind = 1, 0, "", ""
        self.report = self._begin()
        self._introduce()

    def parts(self) -> Iterator[bytes]:
        for title, _tables in telling.SECTIONS:
            for table in giving.tables_given():
                if table.name == telling.LOOKS or telling.section_of(table.name) != title:
                    continue
                for entry in giving.entries_of(table, self.subject):
                    if self.entries >= ENTRIES_A_PART:
                        yield self.report.save()
                        self._next_part()
                    self._tell(title, entry)
        self._who_looked()
        yield self.report.save()

    def _begin(self) -> Report:
        front = self.front
        title = "Your record" if self.number == 1 else f"Your record, part {self.number}"
        report = Report(
            title=title,
            subtitle=f"{front.reference}, as it was on {date_uk(front.made_on)}",
            author=front.organisation,
            footer=f"{front.reference} · {date_uk(front.made_on)} · private: for {front.name} only",
            made_at=self.made_at,
        )
        report.cover(contents=self.number == 1, page_break=False, lead=self._lead())
        return report

    def _lead(self) -> str:
        if self.number > 1:
            return f"This goes on from part {self.number - 1}."
        return (
            f"{self.front.name}, this is a copy of what {self.front.organisation} holds about you. "
            "You asked for it, and you may keep it. It is private: think about where you leave it."
        )

    def _introduce(self) -> None:
        report, front = self.report, self.front
        report.heading("Your story in short")
        report.bullets(front.story)
        report.heading("How to read this")
        report.paragraph(
            "Entries stand by what they are about, the oldest first. ", Strong("Taken back"),
            " means that somebody made a mistake and withdrew an entry: it is kept, and shown to you. ",
            "An entry that was written in your record by mistake and belongs to somebody else shows only "
            "that it was moved, and the day.",
        )  # fmt: skip
        report.heading("What is not in here")
        report.paragraph("Where words were taken out, it says so and why. Left out are:")
        report.bullets(NOT_HERE)
        report.heading("What you can do")
        report.bullets(RIGHTS)
        report.heading("What we hold, in numbers")
        rows = Counter[str]()
        for table, count in front.counts.items():
            rows[telling.title_of(table)] += count
        told = [[words, str(count)] for words, count in sorted(rows.items()) if count]
        report.table(["What", "How many"], told, align=["left", "right"], share=[3, 1])
        if front.files:
            report.heading("Files beside this one")
            report.bullets(front.files)

    def _next_part(self) -> None:
        self.number += 1
        self.entries, self.section, self.kind = 0, "", ""
        self.report = self._begin()

    def _tell(self, section: str, entry: Entry) -> None:
        table = Base.metadata.tables[entry.table]
        if section != self.section:
            self.section, self.kind = section, ""
            self.report.heading(section)
        if entry.table != self.kind:
            self.kind = entry.table
            self.report.heading(telling.title_of(entry.table), level=3)
        facts, texts = telling.told(entry, table)
        day = telling.day_of(entry, table)
        taken_back = " (taken back)" if entry.values.get("voided_at") else ""
        head = f"{day}{taken_back}".strip() or "Without a day"
        said = " · ".join(f"{words}: {value}" for words, value in facts)
        self.report.paragraph(Strong(head), f"  {said}" if said else "")
        for text in texts:
            self.report.paragraph(text)
        self.entries += 1

    def _who_looked(self) -> None:
        looks: Counter[tuple[str, str, str]] = Counter()
        for entry in giving.entries_of(Base.metadata.tables[telling.LOOKS], self.subject):
            day = date_short(datetime.fromisoformat(entry.values["at"]).date())
            looks[day, entry.values["user_id"] or "The system", entry.values["action"]] += 1
        self.report.heading("Who has looked, and who changed something")
        self.report.paragraph("By role and day, the oldest first. Roles are given instead of names.")
        rows = [[day, who, what, str(times)] for (day, who, what), times in looks.items()]
        self.report.table(
            ["Day", "Who", "What they did", "Times"], rows,
            align=["left", "left", "left", "right"], share=[2, 4, 3, 1], row_heads=False,
            empty="Nobody has",
        )  # fmt: skip
