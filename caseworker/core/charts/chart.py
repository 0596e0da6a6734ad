"""A chart: one drawing in three layouts, its words, and the table that says the same."""

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Literal

from markupsafe import Markup

from caseworker.core.charts.scene import Scene
from caseworker.core.charts.svg import to_svg

if TYPE_CHECKING:
    from caseworker.core.pdf.drawing import ChartFlowable

Align = Literal["left", "right"]


@dataclass(frozen=True)
class ChartTable:
    """The figures of a chart as words: a head, rows as long as the head, and which side each column keeps."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: tuple[Align, ...]

    def cells(self, row: tuple[str, ...]) -> list[tuple[str, bool]]:
        """(text, is a number) of each cell, for the page."""
        return [(text, side == "right") for text, side in zip(row, self.align, strict=True)]


@dataclass(frozen=True)
class Chart:
    """`scene` for a wide page, `narrow` for a phone, `compact` (lower) where a printed page has less room."""

    title: str
    description: str
    table: ChartTable
    scene: Scene
    narrow: Scene
    compact: Scene

    @property
    def key(self) -> str:
        """An id from what the chart says: the same chart has the same id on every load."""
        said = repr((self.title, self.description, self.table.rows))
        return f"chart-{sha256(said.encode('utf-8', 'replace')).hexdigest()[:10]}"

    def svg(self, key: str | None = None, narrow: bool = False) -> Markup:
        """The drawing for a page; give a `key` of your own where one page shows the same chart twice."""
        layout = "narrow" if narrow else "wide"
        scene = self.narrow if narrow else self.scene
        return to_svg(scene, self.title, self.description, f"{key or self.key}-{layout}", layout)

    def flowable(self, width: float) -> "ChartFlowable":
        """The wide drawing as a reportlab flowable, `width` in points."""
        from caseworker.core.pdf.drawing import ChartFlowable

        return ChartFlowable(self.scene, width)
