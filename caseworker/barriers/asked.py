"""Which themes and barriers a programme may ask about: the sensitive ones only where it may. Pure."""

from collections.abc import Container, Mapping

from caseworker.barriers.rules import LastTime
from caseworker.core.codes import codes
from caseworker.lawful.rules import field_of_barrier

OFF = "This programme does not ask about that"


def barriers_asked(may_ask: Container[str]) -> dict[str, list[tuple[str, str]]]:
    """(code, words) of the barriers that may be asked for, by theme. A theme with none is left out."""
    found: dict[str, list[tuple[str, str]]] = {}
    for each in codes("barrier_code"):
        field = field_of_barrier(each.code, each.extras["data_kind"])
        if field is None or field in may_ask:
            found.setdefault(each.extras["theme"], []).append((each.code, each.label_en))
    return found


def still_asked(last: Mapping[str, LastTime], may_ask: Container[str]) -> dict[str, LastTime]:
    """Last time's answers to begin with: not of themes that are off now, nor naming a barrier that is."""
    offered = barriers_asked(may_ask)
    found = {}
    for theme, said in last.items():
        if theme in offered:
            named = said.barrier if said.barrier in dict(offered[theme]) else None
            found[theme] = LastTime(said.state, said.severity, named)
    return found
