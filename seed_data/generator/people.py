"""Invented people."""

import re
from pathlib import Path
from typing import Any

from seed_data.generator.book import Book, Days
from seed_data.generator.dice import Dice
from seed_data.generator.setting import Place, read

# No postcode area of the United Kingdom ends in Q; Ofcom keeps these numbers for drama.
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"
_MOBILE, _LANDLINE = "07700900", "01632960"


class People:
    """Makes participants. Every name is mixed from the lists, each combination of name and birth once."""

    def __init__(self, book: Book, tables: Path) -> None:
        names = read(tables, "names")
        self._book = book
        self._given = names["given"].split()
        self._family = _families(names["family"])
        self._preferred: dict[str, str] = names["preferred"]
        self._long: list[dict[str, str]] = list(names["long"])
        self._notes = read(tables, "notes")
        self._dice = Dice("people")
        self._seen: set[tuple[str, str]] = set()

    def add(self, place: Place, born: str, known: bool = True, **changes: Any) -> int:
        """A participant of the place's organisation. `known`: with postcode, telephone and the like."""
        name = self._name()
        details = self._details(place, name) if known else {}
        values = {
            "organisation_id": place.organisation,
            "given_name": name["given"],
            "family_name": name["family"],
            "preferred_name": name.get("preferred"),
            "born_on": born or None,
            "birth_not_known": not born,
            **details,
        }
        return self._book.add("participant", **(values | changes))

    def _name(self) -> dict[str, str]:
        dice = self._dice
        if self._long and dice.chance(0.006):
            return self._long.pop()
        while True:
            given, family = dice.pick(self._given), dice.pick(self._family)
            # Two people may share a name, as they do; not often.
            if (given, family) not in self._seen or dice.chance(0.05):
                self._seen.add((given, family))
                break
        name = {"given": given, "family": family}
        if given in self._preferred and dice.chance(0.6):
            name["preferred"] = self._preferred[given]
        return name

    def _details(self, place: Place, name: dict[str, str]) -> dict[str, Any]:
        dice = self._dice
        found: dict[str, Any] = {}
        if dice.chance(0.94):
            inward = dice.pick(_INWARD) + dice.pick(_INWARD)
            inward = inward.replace("Q", "R")
            found["postcode"] = f"{place.area}{dice.whole(1, 12)} {dice.whole(1, 9)}{inward}"
        if dice.chance(0.98):
            found["phone"] = (_MOBILE if dice.chance(0.9) else _LANDLINE) + f"{dice.whole(0, 999):03}"
        if dice.chance(0.55):
            letters = re.sub("[^a-z]", "", f"{name['given']}{name['family']}".lower()) or "person"
            found["email"] = f"{letters[:24]}{dice.whole(1, 99)}@example.org"
        if dice.chance(0.08):
            found["no_voicemail"] = True
        if dice.chance(0.05):
            found["no_texts"] = True
        if dice.chance(0.06):
            found["safe_times"] = dice.pick(self._notes["safe_times"])
        if dice.chance(0.12):
            found["learning_needs"] = dice.pick(self._notes["learning_needs"])
        return found


def _families(text: str) -> list[str]:
    return [name.replace("_", " ") for name in text.split()]


def birth(days: Days, start: int, age: int, dice: Dice) -> str:
    """A birthday that makes somebody this old on a day; live programmes take the offset."""
    return days.on(start - age * 365 - age // 4 - dice.whole(1, 360))
