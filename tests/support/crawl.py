"""Walking from page to page as somebody signed in, by every link the pages offer."""

from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin, urlsplit

from flask import Flask
from sqlalchemy import select

from caseworker.accounts.models import Role, RoleGrant, User
from caseworker.core.db import db
from tests.support.client import PageClient
from tests.support.page import Page, attribute


@dataclass
class Walk:
    """What a walk saw: endpoint to the addresses opened, the first of them that is a page, broken links."""

    opened: dict[str, list[str]] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


def somebody(app: Flask, role: Role) -> User:
    """The first user, by sign-in name, who may sign in and holds a role."""
    with app.app_context():
        held = select(RoleGrant.user_id).where(RoleGrant.role == role, RoleGrant.until_on.is_(None))
        people = select(User).where(User.active, User.id.in_(held)).order_by(User.email)
        user = db.session.scalars(people).first()
        assert user is not None, f"nobody here is a {role}"
        db.session.expunge_all()
        return user


def walk(app: Flask, client: PageClient, start: str = "/", each: int = 3) -> Walk:
    """Open pages from `start` on, at most `each` addresses of one endpoint; the client checks each."""
    seen, counts = Walk(), Counter[str]()
    waiting, known = deque([(start, "the start")]), {start}
    while waiting:
        path, came_from = waiting.popleft()
        endpoint = endpoint_of(app, path)
        if endpoint is None:
            seen.broken.append(f"{path} (on {came_from}) leads nowhere")
            continue
        if endpoint == "static" or counts[endpoint] >= each:
            continue
        counts[endpoint] += 1
        response = client.get(path, follow_redirects=True)
        if response.status_code != 200:
            seen.broken.append(f"{path} (on {came_from}) answered {response.status_code}")
            continue
        seen.opened.setdefault(endpoint, []).append(path)
        if response.mimetype == "text/html":
            seen.pages.setdefault(endpoint, path)
            page = Page(response.get_data(as_text=True), response.request.path, response.status_code)
            for link in links(page):
                if link not in known:
                    known.add(link)
                    waiting.append((link, path))
    return seen


def links(page: Page) -> list[str]:
    """The addresses on this host that a page links to, without what follows #."""
    found = []
    for tag in page.soup.find_all("a", href=True):
        address = urldefrag(urljoin(page.path, attribute(tag, "href"))).url
        parts = urlsplit(address)
        if not parts.scheme and not parts.netloc:
            found.append(address)
    return found


def endpoint_of(app: Flask, path: str) -> str | None:
    """The view a GET of this address goes to; None when there is none."""
    adapter = app.url_map.bind("localhost")
    if not adapter.test(urlsplit(path).path, "GET"):
        return None
    endpoint, _ = adapter.match(urlsplit(path).path, "GET")
    return str(endpoint)
