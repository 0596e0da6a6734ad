"""Signing in with a second step, as a person does it in a browser."""

import pyotp
import pytest

from tests.accounts.people import PASSWORD, somebody
from tests.conftest import Given
from tests.support.browser import Journey


@pytest.mark.parametrize("width", [1280, 360])
def test_a_person_signs_in_sets_the_second_step_up_and_signs_in_with_it(
    journey: Journey, given: Given, width: int
) -> None:
    user = somebody(given)
    journey.page.set_viewport_size({"width": width, "height": 800})
    journey.visit("/account")
    journey.type("E-mail address", user.email)
    journey.type("Password", "wrong")
    journey.press("Enter")
    journey.page.get_by_text("There is a problem").wait_for()
    journey.check()
    # Pasting is allowed, and the browser offers what it knows.
    password = journey.page.get_by_label("Password", exact=True)
    assert password.get_attribute("autocomplete") == "current-password"
    assert password.input_value() == ""
    password.evaluate(
        "(box, words) => { const data = new DataTransfer(); data.setData('text/plain', words);"
        "  if (box.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, cancelable: true})))"
        "    box.value = words; }",
        PASSWORD,
    )
    journey.click("Sign in")
    journey.page.wait_for_url("**/account")
    journey.check()
    journey.click("Set up the second step")
    journey.page.wait_for_url("**/account/second-step")
    journey.check()
    square = journey.page.get_by_role("img", name="Square code that holds the secret for your app")
    assert square.evaluate("image => image.complete && image.naturalWidth") > 100
    journey.page.get_by_text("I cannot use a camera").click()
    totp = pyotp.TOTP(journey.page.locator("code").inner_text().replace(" ", ""))
    journey.type("Code from your app", totp.now())
    journey.click("Turn it on")
    journey.page.get_by_text("The second step is on").wait_for()
    journey.check()
    journey.click("Sign out")
    journey.page.get_by_text("You have signed out").wait_for()
    journey.type("E-mail address", user.email)
    journey.type("Password", PASSWORD)
    journey.click("Sign in")
    journey.page.wait_for_url("**/sign-in/code")
    journey.check()
    for path in ("/privacy", "/accessibility"):
        journey.visit(path)
