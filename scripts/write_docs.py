"""Write the pages of docs/ that are made from the code, so that they cannot differ from it.

Usage: make docs. A test compares what is committed with what this writes.
"""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Column

from caseworker.accounts.models import Role
from caseworker.accounts.permissions import ROLE_PERMISSIONS, Permission
from caseworker.core.types import Instant, Key
from caseworker.models import metadata

DOCS = Path(__file__).resolve().parents[1] / "docs"
MADE = "This page is made from the code by `make docs`; change the code, not the page."


def permissions_page() -> str:
    """Role by permission, as the code has it."""
    roles = list(Role)
    lines = ["# Who may do what", "", MADE, ""]
    lines += [
        "A tick opens the kind of page. Which people and programmes it opens there is a second question,",
        "which every read asks through a `visible_…` query.",
        "",
    ]
    lines.append("| permission | " + " | ".join(role.replace("_", " ") for role in roles) + " |")
    lines.append("|---" * (len(roles) + 1) + "|")
    for permission in Permission:
        ticks = ("✓" if permission in ROLE_PERMISSIONS[role] else "" for role in roles)
        lines.append(f"| `{permission}` | " + " | ".join(ticks) + " |")
    return "\n".join(lines) + "\n"


def data_dictionary_page() -> str:
    """Every table and column with what it holds, from the comments in the models."""
    lines = ["# What is kept", "", MADE, ""]
    lines += ["`personal` marks what belongs to a person and drives access requests, erasure and logs.", ""]
    for table in sorted(metadata.tables.values(), key=lambda each: each.name):
        lines += [f"## {table.name}", "", f"{table.comment}.", ""]
        lines += ["| column | kind | may be empty | personal | what it holds |", "|---|---|---|---|---|"]
        lines += [_row(column) for column in sorted(table.columns, key=lambda each: not each.primary_key)]
        lines.append("")
    return "\n".join(lines)


KINDS = (
    (Key, "key"),
    (Instant, "instant"),
    (sa.Boolean, "yes or no"),
    (sa.Integer, "whole number"),
    (sa.Numeric, "decimal number"),
    (sa.Date, "date"),
    (sa.Time, "time of day"),
    (sa.LargeBinary, "bytes"),
    (sa.JSON, "JSON"),
    (sa.String, "text"),
)


def _kind(kind: sa.types.TypeEngine[object]) -> str:
    name = next(name for known, name in KINDS if isinstance(kind, known))
    length = getattr(kind, "length", None)
    return f"{name}, {length}" if name == "text" and length else name


def _row(column: Column[object]) -> str:
    keys = [f"→ {key.column.table.name}" for key in column.foreign_keys]
    cells = [
        f"`{column.name}`",
        " ".join([_kind(column.type), *keys]),
        "yes" if column.nullable else "",
        str(column.info.get("personal", "")),
        str(column.comment).replace("|", "\\|"),
    ]
    return "| " + " | ".join(cells) + " |"


PAGES = {"permissions.md": permissions_page, "data-dictionary.md": data_dictionary_page}


def main() -> None:
    for name, write in PAGES.items():
        (DOCS / name).write_text(write(), encoding="utf-8")
        print(f"Wrote docs/{name}")


if __name__ == "__main__":
    main()
