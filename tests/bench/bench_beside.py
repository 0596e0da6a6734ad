"""Caseload, case page and contact post at 20,000 people, beside a bare page and a minimal Django twin.

Run by `make bench-pages`; CASEWORKER_PEOPLE and CASEWORKER_TURNS change its size.
"""

import os
from pathlib import Path

from tests.bench.beside import ours, twin
from tests.bench.measuring import in_words, measure, our_pages, twin_pages

PEOPLE = int(os.environ.get("CASEWORKER_PEOPLE", "20000"))
TURNS = int(os.environ.get("CASEWORKER_TURNS", "150"))
WATCHED = ("caseload", "case page", "contact post")


def test_ours_beside_django(tmp_path: Path) -> None:
    with ours(tmp_path / "ours", PEOPLE) as (server, crowd), twin(tmp_path / "twin", PEOPLE) as (other, busy):
        mine, theirs = measure((server, our_pages(crowd.busy)), (other, twin_pages(busy)), TURNS)
    print(f"\n{PEOPLE} people, {TURNS} turns\n{in_words(mine, theirs)}")
    behind = [name for name in WATCHED if mine[name].processor > theirs[name].processor]
    assert behind == [], "a minimal Django application is ahead of us on these"
