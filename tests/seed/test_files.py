"""The data files themselves: made again the same, with known codes, small, and without a real name."""

import csv
import gzip
import re
from pathlib import Path

import yaml

import caseworker.models  # noqa: F401 - every table must be known
from caseworker.core.codes import codes
from caseworker.core.db import Base
from seed_data.generator.whole import whole_book

REAL_NAMES = (
    "wakefield", "step-up", "step up", "crosby", "connectives", "progress group", "progress schools",
    "progress careers", "progress futures", "progress in bloom", "innovative alliance", "prepare to achieve",
    "complete training solutions", "positive progressions", "mpt", "active lancashire", "lancashire",
    "runshaw", "dfn", "project search", "soup dragon", "brighter futures", "liverpool", "wirral",
    "worthington", "ersa", "more than outputs", "macmillan", "st catherine", "key unlocking",
)  # fmt: skip


def rows_of(file: Path) -> list[dict[str, str]]:
    with gzip.open(file, "rt", encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_the_tables_give_these_files_byte_for_byte(checkout: Path, loaded_folder: Path) -> None:
    book = whole_book(checkout / "seed_data" / "tables")
    files = {file.name.removesuffix(".csv.gz"): file for file in loaded_folder.glob("*.csv.gz")}
    assert sorted(files) == sorted(book.tables)
    for table, file in files.items():
        assert gzip.decompress(file.read_bytes()) == book.text(table).encode(), table


def test_the_files_are_small(loaded_folder: Path) -> None:
    assert sum(file.stat().st_size for file in loaded_folder.iterdir()) < 6_000_000


def test_every_code_is_in_its_list(loaded_folder: Path) -> None:
    looked = 0
    unknown: set[tuple[str, str, str]] = set()
    for table in Base.metadata.sorted_tables:
        file = loaded_folder / f"{table.name}.csv.gz"
        for column in table.columns if file.exists() else ():
            found = re.search(r"[Cc]ode list (\w+)", column.comment or "")
            if found is None:
                continue
            known = {each.code for each in codes(found[1])}
            used = {row.get(column.name, "") for row in rows_of(file)} - {""}
            unknown |= {(table.name, column.name, value) for value in used - known}
            looked += 1
    assert looked >= 20
    assert unknown == set()


def test_no_real_name_is_in_the_data(checkout: Path, loaded_folder: Path) -> None:
    texts = {file.name: gzip.decompress(file.read_bytes()).decode() for file in loaded_folder.iterdir()}
    folder = checkout / "seed_data"
    for file in (*folder.glob("tables/*"), *folder.glob("generator/*.py"), folder / "README.md"):
        texts[file.name] = file.read_text(encoding="utf-8")
    assert len(texts) > 40
    found = [
        (name, real)
        for name, text in texts.items()
        for real in REAL_NAMES
        if re.search(rf"\b{re.escape(real)}\b", text, re.IGNORECASE)
    ]
    assert found == []


def test_the_tables_are_readable_and_named_in_words(checkout: Path) -> None:
    tables = sorted((checkout / "seed_data" / "tables").glob("*.yaml"))
    assert len(tables) >= 10
    assert all(yaml.safe_load(table.read_text(encoding="utf-8")) for table in tables)


def test_names_cover_what_names_do(loaded_folder: Path) -> None:
    names = [
        f"{row['given_name']} {row['family_name']}" for row in rows_of(loaded_folder / "participant.csv.gz")
    ]
    together = " ".join(names)
    assert all(letter in together for letter in "’ñáéíïëâöüńø-")
    assert any(len(name) > 50 for name in names)
    assert any(len(name) <= 6 for name in names)
    assert any(name.split()[0] in ("Siân", "Gwenllian", "Rhys", "Angharad") for name in names)
