"""A chart on a printed page: title above, drawing, note below, told in words to those who cannot see it."""

from caseworker.core.charts.chart import Chart
from caseworker.core.charts.scene import Scene
from caseworker.core.pdf.block import Block
from caseworker.core.pdf.canvas import TaggedCanvas
from caseworker.core.pdf.drawing import draw_scene
from caseworker.core.pdf.elements import Element
from caseworker.core.pdf.paragraphs import TextBlock

SMALLEST = 0.85


class ChartBlock:
    """Drawn full; where a page has less room, a little smaller or in the chart's lower layout."""

    keep_with_next = False
    before = 10.0
    after = 14.0

    def __init__(
        self,
        chart: Chart,
        caption: TextBlock | None,
        note: TextBlock | None,
        element: Element,
        drawn: tuple[Scene, float] | None = None,
    ) -> None:
        self.chart, self.caption, self.note, self.element = chart, caption, note, element
        self.scene, self.scale = drawn or (chart.scene, 1.0)

    def _words(self, width: float) -> float:
        below = self.note.height(width) + 4 if self.note else 0.0
        return self._above(width) + below

    def _above(self, width: float) -> float:
        return self.caption.height(width) + self.caption.style.after if self.caption else 0.0

    def _drawing(self, width: float) -> float:
        return self.scene.height * width / self.scene.width * self.scale

    def height(self, width: float) -> float:
        return self._words(width) + self._drawing(width)

    def least(self, width: float) -> float:
        return self._with(self.chart.compact, SMALLEST).height(width)

    def fitted(self, width: float, room: float, forced: bool = False) -> "ChartBlock | None":
        left = room - self._words(width)
        for scene in (self.chart.scene, self.chart.compact):
            scale = min(1.0, left / (scene.height * width / scene.width))
            if scale >= SMALLEST:
                return self._with(scene, scale)
        return self._with(self.chart.compact, max(scale, 0.2)) if forced else None

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        return None

    def _with(self, scene: Scene, scale: float) -> "ChartBlock":
        return ChartBlock(self.chart, self.caption, self.note, self.element, (scene, scale))

    def draw(self, canvas: TaggedCanvas, x: float, top: float, width: float) -> None:
        if self.caption:
            self.caption.draw(canvas, x, top, width)
        y = top - self._above(width)
        tall = self._drawing(width)
        self.element.box = (x, y - tall, x + width * self.scale, y)
        with canvas.tagged(self.element):
            draw_scene(canvas, self.scene, x, y, width * self.scale)
        if self.note:
            self.note.draw(canvas, x, y - tall - 4, width)
