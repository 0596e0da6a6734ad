"""A short form of `make bench-pages`, so that what it measures keeps working: few people, few turns."""

from pathlib import Path

from tests.bench.beside import ours, twin
from tests.bench.measuring import in_words, measure, our_pages, twin_pages


def test_both_servers_do_the_three_things(tmp_path: Path) -> None:
    with ours(tmp_path / "ours", 200) as (server, crowd), twin(tmp_path / "twin", 200) as (other, busy):
        mine, theirs = measure((server, our_pages(crowd.busy)), (other, twin_pages(busy)), 12)
    assert set(mine) == set(theirs) == {"bare page", "caseload", "case page", "contact post"}
    assert all(cost.p95 > 0 for cost in (*mine.values(), *theirs.values()))
    print(in_words(mine, theirs))
