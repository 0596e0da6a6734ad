"""The project's own files, read once for the tests of the house rules."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "caseworker"
TEMPLATES = ROOT / "templates"


@cache
def tracked() -> tuple[Path, ...]:
    """Files git knows or would add; a tarball without git gives everything below its own folders."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        folders = ("caseworker", "templates", "migrations", "seed_data", "tests", "scripts", "docs")
        found = [
            path
            for folder in folders
            for path in (ROOT / folder).rglob("*")
            if "__pycache__" not in path.parts
        ]
    else:
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
    return tuple(sorted(path for path in found if path.is_file()))


@cache
def python_files() -> dict[str, ast.Module]:
    """Path from the root, as text, to the syntax tree of every file of the package."""
    return {
        path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8"), str(path))
        for path in sorted(PACKAGE.rglob("*.py"))
        if "_resources" not in path.parts
    }


def calls(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Every call as (dotted name as written, call)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield dotted(node.func), node


def dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def in_code(name: str) -> dict[str, ast.Module]:
    """The package's files but one."""
    return {path: tree for path, tree in python_files().items() if path != name}
