"""The participant's plan as a tagged PDF: on one page where it fits, in large print, or easy to read."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from caseworker.core.charts.palette import INK, QUIET, TEAL
from caseworker.core.fonts import printable
from caseworker.core.formatting import date_uk
from caseworker.core.pdf.block import Block
from caseworker.core.pdf.canvas import TaggedCanvas
from caseworker.core.pdf.elements import Element
from caseworker.core.pdf.furniture import Furniture
from caseworker.core.pdf.paginate import PageBreak, paginate
from caseworker.core.pdf.paragraphs import Heading, TextBlock
from caseworker.core.pdf.printing import Printing
from caseworker.core.pdf.styles import BOTTOM, HEIGHT, PAGE_WIDTH, SIDE, WIDTH, Style
from caseworker.core.pdf.text import draw_words
from caseworker.core.pdf.words import Part, Strong, runs
from caseworker.plans.sheet import Aim, Sheet, Step
from caseworker.plans.symbols import Draw, Line, Pictured, Signed, box, calendar, pen, person, target, tick

# A space that no line ends at, and those that one may.
KEPT, LOOSE = "\u00a0", re.compile(r"[ \t\r\n]+")
# So much of a name stands at the foot of a second page.
_NAME = 28
# So many goals go on one page, and on two.
ON_ONE, ON_TWO = 3, 6


@dataclass(frozen=True)
class Look:
    """Sizes in points. `easy`: one thing to a line, with symbols."""

    text: float
    goal: float
    title: float
    between: float
    easy: bool = False

    @property
    def body(self) -> Style:
        return Style(self.text, self.text * (1.42 if self.easy else 1.24), after=self.between * 0.4)

    @property
    def heading(self) -> Style:
        return Style(self.goal, self.goal * 1.25, True, INK, before=self.between, after=self.between * 0.3)


PLAIN, TIGHT = Look(14, 15.5, 26, 14), Look(14, 14.5, 20, 8)
LOOKS = {"plain": PLAIN, "large": Look(19, 21, 32, 20), "easy": Look(18, 21, 32, 22, easy=True)}


def plan_file(sheet: Sheet, look: str) -> bytes:
    """The file: `look` is plain, large or easy. The same plan gives the same bytes."""
    chosen = LOOKS[look]
    if chosen is PLAIN and _pages(sheet, PLAIN) > (1 if len(sheet.aims) <= ON_ONE else 2):
        chosen = TIGHT
    made = _Made(sheet, chosen)
    title = _("My plan")
    return Printing(
        made.blocks,
        made.root,
        title,
        sheet.programme,
        sheet.keyworker,
        _Feet("", "", False, chosen.text, _clipped(sheet.name)),
        None,
    ).file()


def _clipped(name: str) -> str:
    return name if len(name) <= _NAME else f"{name[: _NAME - 1]}…"


def _day(on: date) -> str:
    """A date that is never broken over two lines."""
    return date_uk(on).replace(" ", KEPT)


def _pages(sheet: Sheet, look: Look) -> int:
    return len(paginate(_Made(sheet, look).blocks, WIDTH, HEIGHT))


@dataclass(frozen=True)
class _Feet(Furniture):
    """A page number where there is more than one page, and whose a loose page is; nothing smaller than the
    text."""

    size: float
    whose: str

    def draw(self, canvas: TaggedCanvas, page: int, pages: int) -> None:
        if pages > 1:
            with canvas.artifact("Footer"):
                canvas.fill(QUIET)
                words = _("Page %(page)s of %(pages)s", page=page, pages=pages)
                draw_words(canvas, words, PAGE_WIDTH - SIDE, BOTTOM - 36, self.size, right=True)
                if page > 1:
                    draw_words(canvas, printable(self.whose), SIDE, BOTTOM - 36, self.size)


class _Made:
    """The blocks of a plan and their tree, in reading order."""

    def __init__(self, sheet: Sheet, look: Look) -> None:
        self.sheet, self.look = sheet, look
        self.root = Element("Document")
        self.blocks: list[Block | PageBreak] = []
        self._head()
        for number, aim in enumerate(sheet.aims, 1):
            self._easy_aim(number, aim) if look.easy else self._aim(number, aim)
        if not sheet.aims:
            self._say(_("No goal yet. We will choose one together."))
        self._changed()
        self._end()

    def _head(self) -> None:
        title = Style(self.look.title, self.look.title * 1.2, True, TEAL, after=2)
        self._block(_("My plan"), title, "H1")
        self._say(Strong(self.sheet.name), f" · {self.sheet.programme} · {_day(self.sheet.made_on)}")

    def _aim(self, number: int, aim: Aim) -> None:
        self._heading(f"{number}. {aim.words}")
        self._say(_("By %(day)s.", day=_day(aim.by)), *self._known(aim))
        steps = self.root.child("L")
        for step in aim.steps:
            self._step(step, steps)

    def _known(self, aim: Aim) -> list[Part]:
        return [" ", _("I will know by: %(measure)s", measure=aim.measure)] if aim.measure else []

    def _step(self, step: Step, steps: Element) -> None:
        done = _("Done. ") if step.done else ""
        day = "" if step.done else _(", by %(day)s", day=_day(step.by))
        words: tuple[Part, ...] = (done, Strong(f"{step.who}: "), f"{step.words}{day}")
        body = steps.child("LI").child("LBody")
        self._pictured(tick if step.done else box, words, body)

    def _easy_aim(self, number: int, aim: Aim) -> None:
        self._heading(_("Goal %(number)s", number=number))
        self._line(target, Strong(aim.words))
        self._hold()
        self._line(calendar, _("I want to do it by %(day)s.", day=_day(aim.by)))
        if aim.measure:
            self._line(None, _("I will know I did it by: %(measure)s", measure=aim.measure))
        for step in aim.steps:
            if step.done:
                self._line(tick, _("Done: %(words)s", words=step.words))
                continue
            self._line(person, Strong(f"{step.who}: "), step.words)
            self._hold()
            self._line(calendar, _("Do this by %(day)s.", day=_day(step.by)))

    def _changed(self) -> None:
        if not self.sheet.changed or self.sheet.agreed_on is None:
            return
        self._heading(_("What changed since I agreed on %(day)s", day=_day(self.sheet.agreed_on)))
        items = self.root.child("L")
        for words in self.sheet.changed:
            self._block(f"• {words}", self.look.body, items.child("LI").child("LBody"))

    def _end(self) -> None:
        self._heading(_("Next"))
        self._line(person, _("%(who)s helps me with this plan.", who=self.sheet.keyworker))
        if self.sheet.review_by:
            self._line(calendar, _("We look at it again by %(day)s.", day=_day(self.sheet.review_by)))
        self._line(None, _("I can say no to any of it. I can change it."))
        signature = self.sheet.signature
        if self.sheet.agreed_on and self.sheet.still_agreed:
            self._line(pen, _("I agreed to this plan on %(day)s.", day=_day(self.sheet.agreed_on)))
            if signature and signature.strokes:
                self._hold()
                self.blocks.append(Signed(signature, self.root.child("Figure", alt=_("My signature"))))
            elif signature:
                self._hold()
                self._say(Strong(signature.name))
            return
        self.blocks.append(Line())
        self._say(_("My name, and the day"))

    def _hold(self) -> None:
        """What comes next stays with the line before it."""
        last = self.blocks[-1]
        if not isinstance(last, PageBreak):
            last.keep_with_next = True

    def _line(self, symbol: Draw | None, *words: Part) -> None:
        """One thing on a line of its own; symbols only in the easy look."""
        if self.look.easy:
            self._pictured(symbol, words, self.root.child("P"))
        else:
            self._say(*words)

    def _pictured(self, symbol: Draw | None, words: tuple[Part, ...], element: Element) -> None:
        style = self.look.body
        size = style.size * (1.5 if self.look.easy else 0.95)
        text = TextBlock(runs(words), style, element)
        self.blocks.append(Pictured(symbol, text, size, size + style.size * 0.6, style.after))

    def _heading(self, text: str) -> None:
        words = LOOSE.sub(" ", printable(text)).strip()
        self.blocks.append(
            Heading(words, 2, self.look.heading, self.root.child("H2"), f"part-{len(self.blocks)}")
        )

    def _say(self, *parts: Part) -> None:
        self._block(parts, self.look.body, "P")

    def _block(self, parts: Any, style: Style, element: Element | str) -> None:
        words = (parts,) if isinstance(parts, str) else parts
        owner = self.root.child(element) if isinstance(element, str) else element
        self.blocks.append(TextBlock(runs(words, style.bold), style, owner))


def file_name(reference: str, look: str, on: date) -> str:
    """The name of the file: the reference, never a person's name."""
    return f"plan-{reference}-{look}-{on.isoformat()}.pdf"
