"""The browser sees what the page check cannot: scripts, the content policy, contrast, width."""

import pytest

from tests.support.browser import Journey, house_check
from tests.support.client import PageClient


def test_an_error_page_passes_the_house_checks(journey: Journey) -> None:
    journey.visit("/nothing-here")
    assert "not found" in journey.page.title().lower()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<script>document.title = 'x'</script>", "script-src"),
        ("<p style='color: red'>Red</p>", "style-src"),
        ("<p><input type='text'></p>", "label"),
        (f"<pre>{'wide ' * 40}</pre>", "sideways"),
    ],
)
def test_each_fault_of_a_page_is_found(journey: Journey, body: str, said: str) -> None:
    html = (
        "<!DOCTYPE html><html lang='en'><head><title>Odd – Caseworker</title></head>"
        f"<body><main><h1>Odd</h1>{body}</main></body></html>"
    )
    headers = {"Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'"}
    journey.page.route(
        "**/odd", lambda route: route.fulfill(body=html, headers=headers, content_type="text/html")
    )
    journey.page.goto(journey.address + "/odd")
    house_check(journey.page, journey.faults)
    found = [fault for fault in journey.faults if said in fault]
    journey.faults.clear()
    assert found, said


def test_the_live_server_sends_the_same_headers(client: PageClient, journey: Journey) -> None:
    answer = journey.page.request.get(journey.address + "/nothing-here")
    expected = client.get("/nothing-here").headers
    for name in ("Content-Security-Policy", "Strict-Transport-Security", "Cache-Control"):
        assert answer.headers[name.lower()] == expected[name]
