"""Pages made from the code say what the code says."""

import pytest

from write_docs import DOCS, PAGES


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_as_the_code_is(name: str) -> None:
    committed = (DOCS / name).read_text(encoding="utf-8")
    assert committed == PAGES[name](), f"docs/{name} is out of date: run make docs"
    assert len(committed.splitlines()) >= 20
