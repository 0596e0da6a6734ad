"""Fixtures for journeys in a real browser. Every page they visit is checked on the way."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, ViewportSize, sync_playwright

from caseworker.accounts.models import User
from tests.support.client import PageClient
from tests.support.databases import Database
from tests.support.live import served

AXE = Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}
SERIOUS = {"serious", "critical"}

WATCH_POLICY = """
window.__policyReports = [];
document.addEventListener("securitypolicyviolation", e => window.__policyReports.push(
  `${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`));
"""
ACROSS = """() => ({
  page: document.documentElement.scrollWidth, window: document.documentElement.clientWidth,
  widest: [...document.querySelectorAll("main *")]
    .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .slice(0, 5).map(e => e.tagName.toLowerCase() + "." + e.className)
})"""
RUN_AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .map(v => ({id: v.id, impact: v.impact, help: v.help, where: v.nodes.slice(0, 3).map(n => n.html)}))"""


@dataclass
class Journey:
    """A browser page, what went wrong on it, and how many clicks, taps and Enters it took."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)
    interactions: int = 0

    def visit(self, path: str) -> None:
        self.page.goto(self.address + path)
        self.check()

    def sign_in(self, client: PageClient, user: User) -> None:
        """Be this user: the browser is handed the cookie of a session begun for them."""
        client.sign_in(user)
        name = client.application.config["SESSION_COOKIE_NAME"]
        cookie = client.get_cookie(name)
        assert cookie is not None
        self.page.context.add_cookies([{"name": name, "value": cookie.value, "url": self.address}])

    def click(self, words: str, role: Any = None) -> None:
        """Click the one control with these words: a link or button, or the role given."""
        found = self.page.get_by_role(role, name=words, exact=True) if role else self._control(words)
        found.click()
        self.interactions += 1

    def press(self, key: str) -> None:
        """Enter counts; Tab and typing are free."""
        self.page.keyboard.press(key)
        if key not in {"Tab", "Shift+Tab"}:
            self.interactions += 1

    def type(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def choose(self, label: str) -> None:
        """One tap on a radio or checkbox."""
        self.page.get_by_label(label, exact=True).check()
        self.interactions += 1

    def check(self) -> None:
        """The house checks on the page as it is now, at its own width and at 360 px."""
        house_check(self.page, self.faults)

    def _control(self, words: str) -> Any:
        link = self.page.get_by_role("link", name=words, exact=True)
        button = self.page.get_by_role("button", name=words, exact=True)
        return link.or_(button)


def house_check(page: Page, faults: list[str]) -> None:
    """Add to `faults` what is wrong with a page: axe, policy reports, headings, title, sideways scroll."""
    page.wait_for_load_state("load")
    where = f"{page.url}: "
    page.evaluate(f"() => {{ if (!window.axe) {{ {AXE.read_text(encoding='utf-8')} }} }}")
    for finding in page.evaluate(RUN_AXE):
        if finding["impact"] in SERIOUS:
            faults.append(f"{where}{finding['id']} ({finding['help']}) {finding['where']}")
    faults += [where + report for report in page.evaluate("() => window.__policyReports || []")]
    heading = page.locator("h1")
    if heading.count() != 1:
        faults.append(f"{where}{heading.count()} h1 headings")
    if not page.title().endswith(" – Caseworker"):
        faults.append(f"{where}the title is {page.title()!r}")
    before = page.viewport_size
    for size in (before, PHONE):
        page.set_viewport_size(size or DESKTOP)
        across = page.evaluate(ACROSS)
        if across["page"] > across["window"]:
            faults.append(f"{where}scrolls sideways at {across['window']} px: {across['widest']}")
    page.set_viewport_size(before or DESKTOP)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        pytest.fail(
            "Chromium is not installed: run scripts/install_test_parts, or make test-fast to leave it out"
        )
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def address(database: Database) -> Iterator[str]:
    """The application of this test's database, served on a loopback port."""
    database.app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=None)
    with served(database.app) as at:
        yield at


@pytest.fixture
def browser_context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport=DESKTOP, locale="en-GB", timezone_id="Europe/London")
    context.set_default_timeout(10_000)
    context.add_init_script(WATCH_POLICY)
    yield context
    context.close()


@pytest.fixture
def journey(browser_context: BrowserContext, address: str) -> Iterator[Journey]:
    """A page in a real browser. The test fails at its end for any fault seen on the way."""
    made = Journey(browser_context.new_page(), address)
    made.page.on("console", lambda message: _heard(made, message))
    made.page.on("pageerror", lambda error: made.faults.append(f"{made.page.url}: {error}"))
    made.page.on("response", lambda answer: _answered(made, answer.status, answer.url))
    yield made
    assert made.faults == []


@pytest.fixture
def page(journey: Journey) -> Page:
    return journey.page


def _heard(journey: Journey, message: ConsoleMessage) -> None:
    if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
        journey.faults.append(f"{journey.page.url}: console says {message.text}")


def _answered(journey: Journey, status: int, url: str) -> None:
    if status >= 500 or (status >= 400 and "/static/" in url):
        journey.faults.append(f"{url} answered {status}")
