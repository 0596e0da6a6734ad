"""Draws a chart's scene on a reportlab canvas."""

from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from caseworker.core.charts.scene import Circle, Group, Item, Line, Rect, Scene, Text
from caseworker.core.pdf import typefaces


class ChartFlowable(Flowable):  # type: ignore[misc]
    """A scene for documents laid out by platypus; `width` in points, the height follows."""

    def __init__(self, scene: Scene, width: float) -> None:
        super().__init__()
        self.scene, self.width = scene, width
        self.height = scene.height * width / scene.width

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        draw_scene(self.canv, self.scene, 0, self.height, self.width)


def draw_scene(canvas: Any, scene: Scene, x: float, top: float, width: float) -> None:
    """Draws with the scene's top left corner at (x, top), `width` points wide."""
    typefaces.register()
    scale = width / scene.width
    canvas.saveState()
    canvas.translate(x, top)
    canvas.scale(scale, scale)
    for item in scene.items:
        _draw(canvas, item, 0, 0)
    canvas.restoreState()


def _draw(canvas: Any, item: Item, dx: float, dy: float) -> None:
    """Scenes count y downwards, pages upwards: every y is turned round here."""
    match item:
        case Group():
            for one in item.items:
                _draw(canvas, one, dx + item.dx, dy + item.dy)
        case Rect():
            _rect(canvas, item, dx, dy)
        case Line():
            _stroke(canvas, item.colour, item.width)
            canvas.setDash(list(item.dash) or [])
            path = canvas.beginPath()
            for i, (x, y) in enumerate(item.points):
                (path.lineTo if i else path.moveTo)(x + dx, -y - dy)
            canvas.drawPath(path, stroke=1, fill=0)
            canvas.setDash([])
        case Circle():
            canvas.setFillColor(HexColor(item.fill))
            if item.stroke:
                _stroke(canvas, item.stroke, item.stroke_width)
            canvas.circle(item.x + dx, -item.y - dy, item.radius, stroke=int(bool(item.stroke)), fill=1)
        case Text():
            from caseworker.core.pdf.text import draw_words

            canvas.setFillColor(HexColor(item.colour))
            draw_words(canvas, item.text, item.span()[0] + dx, -item.y - dy, item.size, item.bold)


def _rect(canvas: Any, item: Rect, dx: float, dy: float) -> None:
    canvas.setFillColor(HexColor(item.fill))
    if item.stroke:
        _stroke(canvas, item.stroke, 1)
    canvas.rect(
        item.x + dx, -item.y - dy - item.height, item.width, item.height,
        stroke=int(bool(item.stroke)), fill=1,
    )  # fmt: skip
    if item.hatch:
        _stroke(canvas, item.hatch, 1.3)
        for x1, y1, x2, y2 in item.hatching():
            canvas.line(x1 + dx, -y1 - dy, x2 + dx, -y2 - dy)


def _stroke(canvas: Any, colour: str, width: float) -> None:
    canvas.setStrokeColor(HexColor(colour))
    canvas.setLineWidth(width)
