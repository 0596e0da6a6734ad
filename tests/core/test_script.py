"""What the script adds in a real browser, and that every page works without it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.core.gallery import create_gallery
from tests.support.browser import DESKTOP, PHONE, house_check
from tests.support.live import served

PAGES = (
    "/",
    "/form",
    "/form?draft=1",
    "/wrong",
    "/list",
    "/case",
    "/class",
    "/error/404",
    "/error/409",
    "/error/503?typed=1",
)


@pytest.fixture(scope="module")
def gallery() -> Flask:
    return create_gallery()


@pytest.fixture(scope="module")
def at(gallery: Flask) -> Iterator[str]:
    with served(gallery) as address:
        yield address


@pytest.fixture
def screen(browser_context: BrowserContext, gallery: Flask) -> Iterator[Page]:
    gallery.extensions["kept"].clear()
    page = browser_context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    assert faults == []


def kept(gallery: Flask) -> list[tuple[str, dict[str, list[str]]]]:
    found: list[tuple[str, dict[str, list[str]]]] = gallery.extensions["kept"]
    return found


@pytest.mark.parametrize("path", PAGES)
def test_every_component_passes_the_house_checks(screen: Page, at: str, path: str) -> None:
    faults: list[str] = []
    screen.goto(at + path)
    house_check(screen, faults)
    assert faults == []


@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways_at_400_percent_zoom(screen: Page, at: str, path: str) -> None:
    screen.set_viewport_size({"width": 320, "height": 256})
    screen.goto(at + path)
    across = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert screen.evaluate(across) == 0


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(screen: Page, at: str) -> None:
    screen.goto(f"{at}/wrong")
    expect(screen.locator(".govuk-error-summary")).to_be_focused()
    for words, box in (("Enter their full name", "name"), ("Select an answer", "heard")):
        screen.get_by_role("link", name=words).click()
        expect(screen.locator(f"#{box}")).to_be_focused()


def test_typing_is_kept_on_the_server_three_seconds_after_it_stops(
    screen: Page, at: str, gallery: Flask
) -> None:
    screen.clock.install()
    screen.goto(f"{at}/form")
    screen.get_by_label("First contact").fill("Likes gardening")
    screen.clock.run_for(2900)
    assert kept(gallery) == []
    screen.clock.run_for(200)
    expect(screen.locator("[data-draft-state]")).to_contain_text("Kept as a draft")
    [(path, fields)] = kept(gallery)
    assert path == "/drafts"
    assert fields["note"] == ["Likes gardening"]
    assert fields["draft_path"] == ["/form"]
    assert not {"csrf_token", "post_token", "record_version"} & set(fields)
    assert screen.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_lost_connection_is_said_and_the_text_is_kept_when_it_is_back(
    screen: Page, at: str, gallery: Flask
) -> None:
    screen.clock.install()
    screen.goto(f"{at}/form")
    screen.context.set_offline(True)
    screen.get_by_label("First contact").fill("Typed in a lift")
    screen.clock.run_for(3100)
    expect(screen.locator("#connection-lost")).to_be_visible()
    screen.get_by_role("button", name="Save and continue").click()
    expect(screen.get_by_label("First contact")).to_have_value("Typed in a lift")
    screen.context.set_offline(False)
    screen.clock.run_for(100)
    expect(screen.locator("[data-draft-state]")).to_contain_text("Kept as a draft")
    expect(screen.locator("#connection-lost")).to_be_hidden()
    assert kept(gallery)[-1][1]["note"] == ["Typed in a lift"]


def test_ctrl_enter_saves_from_inside_a_note(screen: Page, at: str) -> None:
    screen.goto(f"{at}/form")
    sent: list[str] = []
    screen.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    screen.get_by_label("First contact").fill("Ready")
    with screen.expect_request(lambda request: request.method == "POST"):
        screen.keyboard.press("Control+Enter")
    assert [url for url in sent if url.endswith("/form")]


def test_a_second_press_sends_nothing(screen: Page, at: str) -> None:
    screen.goto(f"{at}/form")
    sent: list[str] = []
    screen.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    form = "document.querySelector('form[data-guard][data-draft]')"
    with screen.expect_request(lambda request: request.method == "POST"):
        screen.evaluate(f"() => {{ const f = {form}; for (let i = 0; i < 3; i++) f.requestSubmit(); }}")
    screen.wait_for_timeout(300)
    assert len(sent) == 1


def test_five_minutes_before_the_end_the_page_says_so_and_one_press_stays(
    screen: Page, at: str, gallery: Flask
) -> None:
    screen.clock.install()
    screen.goto(f"{at}/case")
    warning = screen.locator("#session-ending")
    screen.clock.fast_forward("24:30")
    screen.clock.run_for(15_000)
    expect(warning).to_be_hidden()
    screen.clock.run_for(30_000)
    expect(warning).to_contain_text("signed out: 5.")
    screen.get_by_role("button", name="Stay signed in").click()
    expect(warning).to_be_hidden()
    assert kept(gallery)[-1][0] == "/stay"
    screen.clock.fast_forward("24:00")
    screen.clock.run_for(15_000)
    expect(warning).to_be_hidden()


def test_a_folded_part_with_a_mistake_in_it_stands_open(screen: Page, at: str) -> None:
    screen.goto(f"{at}/wrong")
    expect(screen.get_by_label("Pay (optional)")).to_be_visible()
    screen.goto(f"{at}/form")
    expect(screen.get_by_label("Pay (optional)")).to_be_hidden()


def test_one_press_marks_everybody(screen: Page, at: str) -> None:
    screen.goto(f"{at}/class")
    screen.get_by_role("button", name="All present").click()
    chosen = screen.locator("input[type=radio]:checked")
    assert [radio.get_attribute("value") for radio in chosen.all()] == ["present"] * 3


def test_slash_finds_a_person_but_not_while_writing(screen: Page, at: str) -> None:
    screen.goto(f"{at}/form")
    screen.get_by_label("First contact").press("/")
    expect(screen.get_by_label("First contact")).to_have_value("/")
    screen.locator("h1").click()
    screen.keyboard.press("/")
    expect(screen.locator("#find")).to_be_focused()
    expect(screen.locator("#find")).to_have_value("")


def test_p_hides_names_and_sensitive_parts_from_onlookers(screen: Page, at: str) -> None:
    screen.goto(f"{at}/case")
    sensitive = screen.locator("details[data-sensitive]")
    sensitive.locator("summary").click()
    screen.locator(".cw-footer").click()
    screen.keyboard.press("p")
    assert sensitive.get_attribute("open") is None
    hidden = "e => getComputedStyle(e).filter"
    for part in (".cw-identity__name", ".cw-identity__tags", "h1"):
        assert "blur" in screen.locator(part).evaluate(hidden)
    screen.keyboard.press("p")
    assert screen.locator(".cw-identity__name").evaluate(hidden) == "none"


def test_single_keys_can_be_switched_off(screen: Page, at: str) -> None:
    screen.goto(f"{at}/case?keys=off")
    screen.keyboard.press("/")
    expect(screen.locator("#find")).not_to_be_focused()


def test_every_control_shows_where_the_focus_is(screen: Page, at: str) -> None:
    screen.goto(f"{at}/form")
    shown = """() => {
      const e = document.activeElement, label = e.nextElementSibling, own = getComputedStyle(e);
      const styles = own.opacity !== "0" ? [own]
        : [getComputedStyle(label), getComputedStyle(label, "::before")];
      const outlined = s => s.outlineStyle !== "none" && s.outlineWidth !== "0px";
      const visible = styles.some(s => s.boxShadow !== "none" || outlined(s));
      return [e.tagName, e.name || e.textContent.trim().slice(0, 30), visible];
    }"""
    seen = set()
    for _ in range(60):
        screen.keyboard.press("Tab")
        tag, name, visible = screen.evaluate(shown)
        if tag == "BODY":
            break
        assert visible, f"{tag} {name}"
        seen.add(name)
    assert {"Skip to main content", "find", "name", "born-day", "heard", "satisfied", "note"} <= seen


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_filter_and_the_menu_work_without_script(browser: Browser, at: str, size: dict[str, int]) -> None:
    context = browser.new_context(java_script_enabled=False, viewport=size)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{at}/list")
    expect(page.get_by_role("link", name="Programmes")).to_be_visible()
    if size == PHONE:
        page.get_by_text("Change the filter").click()
    expect(page.get_by_label("Job start (8)")).to_be_visible()
    page.get_by_label("Job start (8)").check()
    page.get_by_role("button", name="Apply filters").click()
    assert "status=job" in page.url
    context.close()
