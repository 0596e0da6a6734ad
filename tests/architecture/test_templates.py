"""Templates: reachable, present, and free of what the content policy forbids."""

import ast
import re

from tests.architecture.sources import TEMPLATES, python_files

OTHERS = "govuk_frontend_jinja/"
NAMED_IN_TEMPLATE = re.compile(r"{%-?\s*(?:extends|include|import|from)\s+[\"']([^\"']+)[\"']")
NAME = re.compile(r"[\w/-]+\.(?:html|txt|xml|svg|j2)")
INLINE = {
    "a style attribute": re.compile(r"<[^>{]*\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.I),
    "an event attribute": re.compile(r"<[^>{]*\son[a-z]+\s*=", re.I),
    "a script address": re.compile(r"javascript:", re.I),
    "another host": re.compile(r"(?:src|href)=[\"']https?://", re.I),
}


def templates() -> dict[str, str]:
    return {
        path.relative_to(TEMPLATES).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(TEMPLATES.rglob("*"))
        if path.is_file()
    }


def named_in_code() -> set[str]:
    """Names written in the code; one with a number or word put in stands for every template it fits."""
    found: set[str] = set()
    for tree in python_files().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value):
                found.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [part.value if isinstance(part, ast.Constant) else None for part in node.values]
                pattern = "".join(r"[\w-]+" if part is None else re.escape(str(part)) for part in parts)
                if pattern.endswith(r"\.html"):
                    found |= {name for name in templates() if re.fullmatch(pattern, name)}
    return found


def test_no_template_holds_style_or_script() -> None:
    pages = templates()
    assert len(pages) >= 10
    found = [
        f"{name}: {what}"
        for name, text in pages.items()
        for what, sign in INLINE.items()
        if sign.search(text)
    ]
    assert found == []


def test_every_template_is_used_and_every_name_leads_to_one() -> None:
    pages, wanted = templates(), named_in_code()
    used: set[str] = set()
    waiting = [name for name in wanted if name in pages]
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            waiting += [n for n in NAMED_IN_TEMPLATE.findall(pages.get(name, "")) if not n.startswith(OTHERS)]
    assert sorted(used - set(pages)) == []
    assert sorted(set(pages) - used) == []


def test_code_names_no_template_that_is_missing() -> None:
    missing = {name for name in named_in_code() if name.endswith(".html") and name not in templates()}
    assert missing == set()


def test_nothing_switches_escaping_off() -> None:
    unsafe = [
        name for name, text in templates().items() if re.search(r"\|\s*safe\b|autoescape\s+false", text)
    ]
    assert unsafe == []


def test_percent_signs_in_translated_words_are_doubled() -> None:
    """Words in `_()` are filled in with %: a single one fails when the page is drawn."""
    translated = re.compile(r"\b_\(\s*(\"[^\"]*\"|'[^']*')")
    single = re.compile(r"(?<!%)(?:%%)*%(?![%(])")
    found = [
        f"{name}: {words}"
        for name, text in templates().items()
        for words in translated.findall(text)
        if single.search(words)
    ]
    assert found == []
