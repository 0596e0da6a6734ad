"""Leave out of a minified style sheet the rules of parts that no page of ours uses."""

import re
from collections.abc import Iterator


def blocks(css: str) -> Iterator[tuple[str, str]]:
    """(what stands before the brace, what stands between the braces) at the outermost level."""
    start, depth, head, body_from = 0, 0, "", 0
    for place, letter in enumerate(css):
        if letter == "{":
            if depth == 0:
                head, body_from = css[start:place], place + 1
            depth += 1
        elif letter == "}":
            depth -= 1
            if depth == 0:
                yield head, css[body_from:place]
                start = place + 1
    if css[start:].strip():
        raise ValueError(f"text after the last rule: {css[start:][:80]!r}")


def selectors(head: str) -> list[str]:
    """Split at commas that are not inside brackets."""
    return re.split(r",(?![^(\[]*[)\]])", head)


def keep_rules(css: str, dropped: list[str]) -> str:
    """The sheet without rules that apply only to the dropped parts (class names by prefix)."""
    unwanted = re.compile(r"\.(?:" + "|".join(re.escape(name) for name in dropped) + r")(?![a-z0-9])")
    kept = []
    for head, body in blocks(css):
        if head.startswith(("@media", "@supports")):
            inner = keep_rules(body, dropped)
            if inner:
                kept.append(f"{head}{{{inner}}}")
        elif head.startswith("@"):
            kept.append(f"{head}{{{body}}}")
        else:
            wanted = [selector for selector in selectors(head) if not unwanted.search(selector)]
            if wanted:
                kept.append(f"{','.join(wanted)}{{{body}}}")
    return "".join(kept)
