"""Dated YAML editions, read strictly: a missing field and an unknown field are both refused by name."""

from collections.abc import Mapping
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any

import yaml

from .errors import ParameterError

DATA = Path(__file__).parent / "data"


def read_edition(path: Path) -> "Entry":
    """The whole of one YAML file as an Entry. Raises ParameterError when it is not a mapping."""
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as problem:
        raise ParameterError(f"{path.name}: cannot be read: {problem}") from problem
    if not isinstance(values, dict):
        raise ParameterError(f"{path.name}: an edition is a list of named fields")
    return Entry(values, path.name)


class Entry:
    """One mapping of an edition. Each read marks the field as known; `finish` refuses the rest."""

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        self._values = values
        self._read: set[str] = set()
        self.where = where

    def refuse(self, message: str) -> ParameterError:
        return ParameterError(f"{self.where}: {message}")

    def _take(self, name: str) -> Any:
        self._read.add(name)
        return self._values.get(name)

    def text(self, name: str) -> str:
        """Text that must be there and not be blank."""
        raw = self._take(name)
        if raw is None or isinstance(raw, dict | list | bool) or not str(raw).strip():
            raise self.refuse(f"give its {name.replace('_', ' ')}")
        return " ".join(str(raw).split())

    def optional_text(self, name: str) -> str:
        return self.text(name) if self._values.get(name) is not None else self._nothing(name)

    def _nothing(self, name: str) -> str:
        self._take(name)
        return ""

    def number(self, name: str, default: float | None = None) -> float:
        """A finite number; text that looks like one is refused."""
        raw = self._take(name)
        if raw is None and default is not None:
            return default
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not isfinite(raw):
            raise self.refuse(f"give its {name.replace('_', ' ')} as a number")
        return float(raw)

    def whole(self, name: str, default: int | None = None) -> int:
        raw = self._take(name)
        if raw is None and default is not None:
            return default
        if isinstance(raw, bool) or not isinstance(raw, int):
            raise self.refuse(f"give its {name.replace('_', ' ')} as a whole number")
        return raw

    def optional_whole(self, name: str) -> int | None:
        return None if self._values.get(name) is None and self._nothing(name) == "" else self.whole(name)

    def flag(self, name: str, default: bool | None = None) -> bool:
        raw = self._take(name)
        if raw is None and default is not None:
            return default
        if not isinstance(raw, bool):
            raise self.refuse(f"say true or false for {name.replace('_', ' ')}")
        return raw

    def day(self, name: str) -> date:
        raw = self._take(name)
        if not isinstance(raw, date):
            raise self.refuse(f"give its {name.replace('_', ' ')} as a date like 2026-11-22")
        return raw

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str:
        chosen = self.text(name)
        if chosen not in allowed:
            raise self.refuse(f"{name} is {chosen!r}; use one of {', '.join(allowed)}")
        return chosen

    def texts(self, name: str) -> tuple[str, ...]:
        raw = self._take(name) or []
        if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
            raise self.refuse(f"{name} is a list of codes")
        return tuple(raw)

    def mapping(self, name: str) -> dict[str, Any]:
        raw = self._take(name)
        if not isinstance(raw, dict):
            raise self.refuse(f"{name} holds named fields")
        return raw

    def entries(self, name: str, called: str) -> list["Entry"]:
        """The list under `name`, each as an Entry whose place is its `called` field."""
        raw = self._take(name)
        if not isinstance(raw, list) or not raw:
            raise self.refuse(f"{name} is a list and cannot be empty")
        for number, item in enumerate(raw, start=1):
            if not isinstance(item, dict):
                raise self.refuse(f"{name} {number} holds no named fields")
        return [
            Entry(item, f"{self.where}, {item.get(called, f'{name} {number}')}")
            for number, item in enumerate(raw, start=1)
        ]

    def finish(self) -> None:
        unknown = sorted(set(map(str, self._values)) - self._read)
        if unknown:
            raise self.refuse(f"unknown field {', '.join(unknown)}")
