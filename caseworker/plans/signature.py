"""A signature: strokes drawn in a box, or a name typed. Pure; what is stored is checked when it is read."""

import json
from dataclasses import dataclass

from caseworker.core.values import Invalid

# The box one draws in, in its own units; the page and the PDF draw the same.
WIDTH, HEIGHT = 600, 200
MOST_LETTERS = 60_000
MOST_STROKES = 300
FEWEST_POINTS = 4
BAD = "The drawing could not be read. Clear it and draw again, or choose another way to agree"

Stroke = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Signature:
    """Either `strokes` (points inside the box) or the `name` that was typed."""

    strokes: tuple[Stroke, ...] = ()
    name: str = ""

    @property
    def path(self) -> str:
        """The strokes as the path of an SVG: numbers and the letters M and L, nothing else."""
        return " ".join(
            "M" + " L".join(f"{x} {y}" for x, y in (stroke if len(stroke) > 1 else (*stroke, *stroke)))
            for stroke in self.strokes
        )

    def stored(self) -> str:
        return json.dumps({"strokes": self.strokes, "name": self.name}, ensure_ascii=False)


def drawn(sent: str) -> Signature:
    """What the drawing box sends: JSON, a list of strokes, each a flat list x, y, x, y of whole numbers.

    Raises Invalid for anything else, for a drawing too large, and for one of hardly a dot.
    """
    if len(sent) > MOST_LETTERS:
        raise Invalid("The drawing is too large. Clear it and draw again")
    try:
        found = json.loads(sent)
    except (ValueError, RecursionError):
        raise Invalid(BAD) from None
    if not isinstance(found, list) or not 0 < len(found) <= MOST_STROKES:
        raise Invalid(BAD)
    strokes = tuple(_stroke(each) for each in found)
    if sum(len(stroke) for stroke in strokes) < FEWEST_POINTS:
        raise Invalid("Draw the signature in the box")
    return Signature(strokes=strokes)


def _stroke(sent: object) -> Stroke:
    if not isinstance(sent, list) or not sent or len(sent) % 2:
        raise Invalid(BAD)
    if not all(type(number) is int for number in sent):
        raise Invalid(BAD)
    points = tuple(zip(sent[::2], sent[1::2], strict=True))
    if not all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in points):
        raise Invalid(BAD)
    return points


def signature_of(stored: str | None) -> Signature | None:
    if not stored:
        return None
    kept = json.loads(stored)
    strokes = tuple(tuple((x, y) for x, y in stroke) for stroke in kept["strokes"])
    return Signature(strokes, kept["name"])
