"""How wide the columns of a table are: by their content, as a browser would."""

from collections.abc import Sequence

LOOKED_AT = 300


def column_widths(
    narrowest: Sequence[float], natural: Sequence[float], width: float, share: Sequence[float] | None = None
) -> list[float]:
    """Widths that fill `width`: by `share`, else none under its longest word where that can be."""
    if share is not None:
        return [width * part / sum(share) for part in share]
    if sum(narrowest) >= width:
        return _squeezed(narrowest, width)
    if sum(natural) <= width:
        spare = (width - sum(natural)) / len(natural)
        return [wide + spare for wide in natural]
    wish = sum(natural) - sum(narrowest)
    part = (width - sum(narrowest)) / wish
    return [low + (high - low) * part for low, high in zip(narrowest, natural, strict=True)]


def _squeezed(narrowest: Sequence[float], width: float) -> list[float]:
    """Columns that ask for less than an even part keep what they ask for; the others divide the rest."""
    open_columns, left = set(range(len(narrowest))), width
    while True:
        even = left / max(len(open_columns), 1)
        small = {i for i in open_columns if narrowest[i] <= even}
        if not small or small == open_columns:
            break
        left -= sum(narrowest[i] for i in small)
        open_columns -= small
    return [left / len(open_columns) if i in open_columns else narrowest[i] for i in range(len(narrowest))]
