"""A scene as SVG for a page under a strict content policy: attributes only, no style of its own."""

from markupsafe import Markup, escape

from caseworker.core.charts.scene import Circle, Group, Item, Line, Rect, Scene, Text
from caseworker.core.fonts import printable

FONT = "Inter, Arial, sans-serif"


def to_svg(scene: Scene, title: str, description: str, key: str, layout: str) -> Markup:
    """SVG of the scene. `key` begins the ids of its title and description: one on a page only."""
    shapes = Markup("").join(_shape(item) for item in scene.items)
    hidden = Markup(' display="none"') if layout == "narrow" else ""
    return Markup(
        '<svg class="cw-chart__svg cw-chart__svg--{layout}" role="img"'
        ' aria-labelledby="{key}-title {key}-desc"'
        ' xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}"'
        ' height="{height}" font-family="{font}"{hidden}><title id="{key}-title">{title}</title>'
        '<desc id="{key}-desc">{description}</desc>{shapes}</svg>'
    ).format(
        layout=layout,
        key=key,
        width=_n(scene.width),
        height=_n(scene.height),
        font=FONT,
        hidden=hidden,
        title=printable(title),
        description=printable(description),
        shapes=shapes,
    )


def _n(value: float) -> str:
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _shape(item: Item) -> Markup:
    match item:
        case Rect():
            return _rect(item)
        case Line():
            return _line(item)
        case Circle():
            return Markup('<circle cx="{}" cy="{}" r="{}" fill="{}"{}/>').format(
                _n(item.x), _n(item.y), _n(item.radius), item.fill, _stroke(item.stroke, item.stroke_width)
            )
        case Text():
            return _text(item)
        case Group():
            inner = Markup("").join(_shape(one) for one in item.items)
            return Markup('<g transform="translate({} {})">{}</g>').format(_n(item.dx), _n(item.dy), inner)


def _stroke(colour: str | None, width: float = 1) -> Markup:
    if colour is None:
        return Markup("")
    return Markup(' stroke="{}" stroke-width="{}"').format(colour, _n(width))


def _rect(item: Rect) -> Markup:
    box = Markup('<rect x="{}" y="{}" width="{}" height="{}" fill="{}"{}/>').format(
        _n(item.x),
        _n(item.y),
        _n(max(item.width, 0)),
        _n(max(item.height, 0)),
        item.fill,
        _stroke(item.stroke),
    )
    lines = item.hatching()
    if not lines:
        return box
    path = "".join(f"M{_n(a)} {_n(b)}L{_n(c)} {_n(d)}" for a, b, c, d in lines)
    return box + Markup('<path d="{}" fill="none"{}/>').format(path, _stroke(item.hatch, 1.3))


def _line(item: Line) -> Markup:
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in item.points)
    dash = Markup(' stroke-dasharray="{}"').format(" ".join(map(_n, item.dash))) if item.dash else ""
    return Markup('<polyline points="{}" fill="none"{}{}/>').format(
        points, _stroke(item.colour, item.width), dash
    )


def _text(item: Text) -> Markup:
    weight = Markup(' font-weight="700"') if item.bold else ""
    anchor = Markup(' text-anchor="{}"').format(item.anchor) if item.anchor != "start" else ""
    return Markup('<text x="{}" y="{}" font-size="{}"{}{} fill="{}">{}</text>').format(
        _n(item.x), _n(item.y), _n(item.size), weight, anchor, item.colour, escape(printable(item.text))
    )
