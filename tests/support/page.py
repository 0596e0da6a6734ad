"""What is true of every page: asked of each HTML answer a test receives."""

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import html5lib
from bs4 import BeautifulSoup, Tag
from html5lib.constants import E as PARSE_ERRORS

REFERENCE = re.compile(r"CW-[0-9A-HJKMNP-TV-Z]{6}[0-9A-HJKMNP-TV-Z*~$=U]")
SERVICE = " – Caseworker"
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}


def words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ", strip=True).split())


def attribute(tag: Tag, name: str) -> str:
    value = tag.get(name)
    return " ".join(value) if isinstance(value, list) else value or ""


class Page:
    """One HTML answer, read."""

    def __init__(self, html: str, path: str, status: int) -> None:
        self.html, self.path, self.status = html, path, status
        self.soup = BeautifulSoup(html, "html5lib")

    @property
    def h1(self) -> str:
        heading = self.soup.find("h1")
        return words(heading) if isinstance(heading, Tag) else ""

    @property
    def title(self) -> str:
        return words(self.soup.title) if self.soup.title else ""

    @property
    def text(self) -> str:
        return words(self.soup.body) if self.soup.body else ""

    @property
    def problems(self) -> dict[str, str]:
        """The error summary: id of the field (or '') to what is said about it."""
        found = {}
        for item in self.soup.select(".govuk-error-summary__list li"):
            link = item.find("a")
            target = attribute(link, "href").removeprefix("#") if isinstance(link, Tag) else ""
            found[target] = words(item)
        return found

    def link(self, text: str) -> str:
        """The address behind the words of a link. Fails when there is none, or two that differ."""
        found = {attribute(a, "href") for a in self.soup.find_all("a", href=True) if words(a) == text}
        assert len(found) == 1, f"{self.path}: {len(found)} links say {text!r}"
        return found.pop()

    def differing(self) -> list[list[str]]:
        """Of each field that two people changed: its label, what is saved, what was typed."""
        found = []
        for fieldset in self.soup.select("fieldset.cw-conflict"):
            typed, saved = fieldset.select(".cw-conflict__choice")
            box = typed.select_one("input[type=text], textarea")
            mine = typed.select_one("p")
            legend, now = fieldset.select_one("legend"), saved.select_one("p")
            assert legend is not None and now is not None
            text = words(mine) if mine is not None else ""
            if box is not None:
                text = box.get_text() if box.name == "textarea" else attribute(box, "value")
            found.append([words(legend), words(now), text])
        return found

    def rows(self, caption: str) -> list[list[str]]:
        """The cells of the table with this caption, row by row."""
        for table in self.soup.find_all("table"):
            if table.caption and words(table.caption) == caption:
                return [[words(cell) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]
        raise AssertionError(f"{self.path}: no table {caption!r}")


def faults(page: Page) -> list[str]:
    """Everything that is wrong with a page, in words."""
    found = [*_markup(page.html), *_heading_and_title(page), *_landmarks(page), *_references(page)]
    found += [*_names(page), *_inline(page), *_forms(page), *_error_summary(page), *_tables(page)]
    return found


def _markup(html: str) -> Iterator[str]:
    parser = html5lib.HTMLParser()
    parser.parse(html)
    for (line, column), code, details in parser.errors:
        yield f"HTML at {line}:{column}: {PARSE_ERRORS[code] % details}"


def _heading_and_title(page: Page) -> Iterator[str]:
    headings = page.soup.find_all("h1")
    if len(headings) != 1 or not page.h1:
        yield f"{len(headings)} h1 headings"
    if not page.title.endswith(SERVICE):
        yield f"the title {page.title!r} does not end with {SERVICE!r}"
    name = page.title.removesuffix(SERVICE).removeprefix("Error: ")
    reference = REFERENCE.search(name)
    if reference is None:
        if name != page.h1:
            yield f"the title says {name!r} and the h1 {page.h1!r}"
        return
    before, after = name[: reference.start()].strip(" :–,"), name[reference.end() :].strip(" :–,")
    if not (page.h1.startswith(before) and page.h1.endswith(after)):
        yield f"the title {name!r} is not the h1 {page.h1!r} with the reference in place of the name"


def _landmarks(page: Page) -> Iterator[str]:
    soup = page.soup
    if not isinstance(soup.html, Tag) or not soup.html.get("lang"):
        yield "no language on <html>"
    for name in ("header", "main", "footer"):
        count = len([tag for tag in soup.find_all(name) if tag.find_parent("main") is None])
        if count != 1:
            yield f"{count} {name} landmarks"
    navigations = [
        attribute(nav, "aria-label") or attribute(nav, "aria-labelledby") for nav in soup.find_all("nav")
    ]
    if len(navigations) > 1 and len(set(navigations)) < len(navigations):
        yield "navigations that share a name or have none"
    skip = soup.find("a", class_="govuk-skip-link")
    if not isinstance(skip, Tag):
        yield "no skip link"


def _references(page: Page) -> Iterator[str]:
    ids = Counter(attribute(tag, "id") for tag in page.soup.find_all(id=True))
    yield from (f"the id {name!r} is there {count} times" for name, count in ids.items() if count > 1)
    for tag in page.soup.find_all(True):
        for name in ("for", "aria-describedby", "aria-labelledby", "aria-controls", "list", "headers"):
            for target in attribute(tag, name).split():
                if target not in ids:
                    yield f"{name}={target!r} leads to no id"
        href = attribute(tag, "href")
        if href.startswith("#") and href != "#" and href[1:] not in ids:
            yield f"the link {href!r} leads to no id"
        if href == "#":
            yield "a link to nowhere ('#')"


def _described(tag: Tag, soup: BeautifulSoup) -> bool:
    if attribute(tag, "aria-label").strip() or attribute(tag, "title").strip():
        return True
    by = attribute(tag, "aria-labelledby").split()
    return any(words(found) for name in by if isinstance(found := soup.find(id=name), Tag))


def _named(tag: Tag, soup: BeautifulSoup) -> bool:
    if _described(tag, soup):
        return True
    if tag.name in {"input", "select", "textarea"}:
        labels = [
            label for label in soup.find_all("label") if attribute(label, "for") == attribute(tag, "id")
        ]
        return any(words(label) for label in labels if tag.get("id")) or tag.find_parent("label") is not None
    if tag.name == "svg":
        return isinstance(tag.find("title"), Tag)
    return bool(words(tag)) or tag.find("img", alt=True) is not None


def _names(page: Page) -> Iterator[str]:
    for tag in page.soup.find_all(
        ["input", "select", "textarea", "button", "a", "svg", "summary", "fieldset"]
    ):
        kind = attribute(tag, "type") or "text"
        if tag.name == "input" and kind in UNLABELLED:
            if kind in {"submit", "button", "reset"} and not tag.get("value"):
                yield f"a {kind} button without words"
        elif tag.name == "svg" and attribute(tag, "aria-hidden") == "true":
            continue
        elif tag.name == "fieldset":
            if not (isinstance(tag.legend, Tag) and words(tag.legend)) and not _described(tag, page.soup):
                yield "a fieldset without a legend"
        elif not _named(tag, page.soup):
            yield f"<{tag.name} {attribute(tag, 'name') or attribute(tag, 'href')}> has no name"
    yield from (
        f"an image without alt: {attribute(tag, 'src')}" for tag in page.soup.find_all("img", alt=False)
    )


def _inline(page: Page) -> Iterator[str]:
    for tag in page.soup.find_all(True):
        if tag.has_attr("style"):
            yield f"an inline style on <{tag.name}>"
        yield from (f"{name} on <{tag.name}>" for name in tag.attrs if name.startswith("on"))
        for name in ("href", "src", "action"):
            address = urlsplit(attribute(tag, name))
            if address.scheme == "javascript" or (name != "href" and address.netloc):
                yield f"{name}={attribute(tag, name)!r} on <{tag.name}>"
    if page.soup.find("style"):
        yield "a style element"
    yield from ("an inline script" for tag in page.soup.find_all("script") if not tag.get("src"))


def _forms(page: Page) -> Iterator[str]:
    for form in page.soup.find_all("form"):
        hidden = {attribute(tag, "name") for tag in form.find_all("input", type="hidden") if tag.get("value")}
        where = attribute(form, "action") or page.path
        if attribute(form, "method").lower() == "post":
            needed = {"csrf_token", "post_token"} if _is_typed_in(form) else {"csrf_token"}
            yield from (f"the form to {where} carries no {name}" for name in sorted(needed - hidden))
            if not form.find("button"):
                yield f"the form to {where} has no button"
        elif "csrf_token" in hidden:
            yield f"the form to {where} puts the CSRF token into the address"


def _is_typed_in(form: Tag) -> bool:
    """A form with fields, not one tap that does the same thing twice without harm, nor the search."""
    fields = form.find_all(["input", "select", "textarea"])
    return form.find_parent("main") is not None and any(attribute(tag, "type") != "hidden" for tag in fields)


def _error_summary(page: Page) -> Iterator[str]:
    wrong = page.title.startswith("Error: ")
    summary = page.soup.select_one(".govuk-error-summary")
    if wrong != (summary is not None):
        yield "the title says Error and there is no summary, or the other way round"
    if page.status == 422 and not wrong:
        yield "answered 422 without saying what is wrong"
    for target, message in page.problems.items():
        if target and page.text.count(message) < 2:
            yield f"{message!r} is in the summary and not at its field"


def _tables(page: Page) -> Iterator[str]:
    for table in page.soup.find_all("table"):
        if not table.caption and not _named_region(table):
            yield "a table without a caption"
        if not table.find("th"):
            yield "a table without headings"
        yield from ("a table heading without scope" for cell in table.find_all("th") if not cell.get("scope"))


def _named_region(table: Tag) -> bool:
    return bool(attribute(table, "aria-label") or attribute(table, "aria-labelledby"))
