"""All five programmes in one book."""

from pathlib import Path

from seed_data.generator import (
    asked,
    asking,
    careful,
    community,
    council,
    diary,
    helped,
    hiring,
    lawful,
    pausing,
    ruling,
    worrying,
)
from seed_data.generator.book import Book
from seed_data.generator.futures import Futures
from seed_data.generator.group import Group
from seed_data.generator.learning import Learning
from seed_data.generator.people import People
from seed_data.generator.setting import lay_out, read
from seed_data.generator.training import Training


def whole_book(tables: Path) -> Book:
    book = Book()
    places = lay_out(book, tables)
    people = People(book, tables)
    shared = {name: read(tables, name) for name in ("notes", "goals", "employers")}
    council.write(book, people, places["ways-into-work"], read(tables, "council"), shared)
    futures = read(tables, "futures")
    Futures(book, people, places["next-steps"], futures, shared).write()
    community.write(book, people, places["next-steps"], futures)
    Learning(book, people, places["fresh-start"], read(tables, "learning"), shared).write()
    Training(book, people, places["skills-for-work"], read(tables, "training"), shared).write()
    Group(book, people, places, read(tables, "group"), shared).write()
    diary.write(book)
    asking.write(book)
    ruling.write(book)
    pausing.write(book)
    careful.write(book)
    lawful.write(book)
    worrying.write(book)
    help_table = read(tables, "helped")
    for code in ("fresh-start", "skills-for-work"):
        helped.write(book, places[code], help_table)
        hiring.write(book, places[code], help_table)
    helped.write_first(book, places["fresh-start"], help_table)
    asked.write(book, places["fresh-start"], read(tables, "asked"), help_table)
    return book
