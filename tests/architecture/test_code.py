"""Rules of the house about code, read from its syntax."""

import ast

from tests.architecture.sources import ROOT, calls, in_code, python_files, tracked

LONGEST_FILE = 250
LONGEST_FUNCTION = 45
NAMES_THAT_SAY_NOTHING = {"util", "utils", "helper", "helpers", "manager", "managers", "common", "misc"}
CLOCKS = {
    "datetime.now", "datetime.today", "datetime.utcnow", "date.today", "datetime.datetime.now",
    "datetime.datetime.today", "datetime.date.today",
}  # fmt: skip
BUILT_SQL = (ast.JoinedStr, ast.BinOp)


def test_there_is_code_to_look_at() -> None:
    assert len(python_files()) >= 20


def test_only_the_database_module_commits() -> None:
    commits = [path for path, tree in in_code("caseworker/core/db.py").items() for name, _ in calls(tree)
               if name.endswith(".commit")]  # fmt: skip
    assert commits == []
    assert any(name.endswith(".commit") for name, _ in calls(python_files()["caseworker/core/db.py"]))


def test_only_the_clock_reads_the_time() -> None:
    readers = [f"{path}: {name}" for path, tree in in_code("caseworker/core/clock.py").items()
               for name, _ in calls(tree) if name in CLOCKS]  # fmt: skip
    assert readers == []
    assert any(name in CLOCKS for name, _ in calls(python_files()["caseworker/core/clock.py"]))


def test_sql_text_is_never_put_together_from_values() -> None:
    built = []
    for path, tree in python_files().items():
        for name, call in calls(tree):
            if name.split(".")[-1] != "text" or not call.args:
                continue
            argument = call.args[0]
            formatted = isinstance(argument, ast.Call) and ast.unparse(argument.func).endswith(".format")
            if isinstance(argument, BUILT_SQL) or formatted:
                built.append(f"{path}:{call.lineno}")
    assert built == []


def test_files_and_functions_are_short() -> None:
    long = []
    for path, tree in python_files().items():
        lines = len((ROOT / path).read_text(encoding="utf-8").splitlines())
        if lines > LONGEST_FILE:
            long.append(f"{path} has {lines} lines")
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    long.append(f"{path}: {node.name} has {length} lines")
    assert long == []


def test_names_say_what_is_inside() -> None:
    paths = [path.relative_to(ROOT) for path in tracked()]
    assert len(paths) >= 50
    vague = [
        str(path)
        for path in paths
        for part in (*path.parts[:-1], path.stem)
        if part.lower().split("_")[-1] in NAMES_THAT_SAY_NOTHING
    ]
    classes = [
        (path, node.name)
        for path, tree in python_files().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    ]
    endings = tuple(NAMES_THAT_SAY_NOTHING)
    vague += [f"{path}: {name}" for path, name in classes if name.lower().endswith(endings)]
    assert vague == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [path for path, tree in python_files().items() if tree.body and not ast.get_docstring(tree)]
    assert silent == []
