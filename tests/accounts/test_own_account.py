"""One's own account: the password, the shortcuts, and what a page shows of oneself."""

import pytest

from caseworker.accounts.models import Role, User
from caseworker.accounts.passwords import new_password
from caseworker.accounts.rules import is_common, password_refusal
from tests.accounts.people import (
    PASSWORD,
    audited,
    forget_cookies,
    signed_in,
    somebody,
    tokens,
    try_to_sign_in,
)
from tests.conftest import Given
from tests.support.client import PageClient, read

GUESSED = "That password is easy to guess. Choose another: three random words make a good one"
NEW = "purple elephant sings low"


@pytest.mark.both_databases
def test_changing_the_password_signs_out_every_other_browser(client: PageClient, given: Given) -> None:
    user = somebody(given)
    other = client.application.test_client()
    assert isinstance(other, PageClient)
    for browser in (client, other):
        browser.sign_in(user)
    answer = client.send(
        "/account/password", current_password=PASSWORD, new_password=NEW, new_password_again=NEW
    )
    assert answer.status_code == 303
    assert "Your password is changed" in client.page("/account").text
    assert signed_in(client)
    assert not signed_in(other)
    forget_cookies(client)
    assert try_to_sign_in(client, user.email, PASSWORD).status_code == 422
    assert try_to_sign_in(client, user.email, NEW).status_code == 303
    assert ("changed", "") in audited(client)


@pytest.mark.parametrize(
    ("now", "new", "again", "problems"),
    [
        ("wrong", NEW, NEW, {"current_password": "That is not your password"}),
        (PASSWORD, NEW, NEW + "x", {"new_password_again": "The two new passwords are not the same"}),
        (PASSWORD, "elevenchars", "elevenchars",
         {"new_password": "Make it 12 characters or longer. Three random words make a good password"}),
        (PASSWORD, "Password1234", "Password1234", {"new_password": GUESSED}),
        ("", "", "", {
            "current_password": "Enter your password as it is now",
            "new_password": "Enter a new password",
            "new_password_again": "Enter the new password again",
        }),
    ],
)  # fmt: skip
def test_a_refused_change_changes_nothing(
    client: PageClient, given: Given, now: str, new: str, again: str, problems: dict[str, str]
) -> None:
    user = somebody(given)
    client.sign_in(user)
    page = read(
        client.send("/account/password", current_password=now, new_password=new, new_password_again=again),
        422,
    )
    assert page.problems == problems
    for typed in filter(None, (now, new, again)):
        assert typed not in page.html
    assert signed_in(client)
    forget_cookies(client)
    assert try_to_sign_in(client, user.email, PASSWORD).status_code == 303


def test_somebody_at_an_open_screen_cannot_guess_the_password(client: PageClient, given: Given) -> None:
    user = somebody(given)
    client.sign_in(user)
    answers = [
        client.send("/account/password", current_password=f"guess {turn}", new_password=NEW,
                    new_password_again=NEW).status_code
        for turn in range(6)
    ]  # fmt: skip
    assert answers == [422] * 5 + [429]


def test_shortcuts_are_switched_by_the_person(client: PageClient, given: Given) -> None:
    user = somebody(given)
    client.sign_in(user)
    assert client.page("/account").soup.body is not None
    for on, words in ((False, "Single-key shortcuts are off"), (True, "Single-key shortcuts are on")):
        client.post("/account/shortcuts", data=tokens(client))
        page = client.page("/account")
        assert words in page.text
        assert page.soup.body is not None
        assert page.soup.body.has_attr("data-shortcuts") is on
    with given() as session:
        assert session.get_one(User, user.id).shortcuts_on


def test_the_account_says_who_one_is(client: PageClient, given: Given) -> None:
    user = somebody(given, Role.ADMINISTRATOR)
    client.sign_in(user)
    text = client.page("/account").text
    assert user.email in text
    assert "Administrator" in text


COMMON = [
    "password1234", "Password123!", "qwertyuiop12", "1q2w3e4r5t6y", "123456789012", "aaaaaaaaaaaa",
    "abcabcabcabc", "P@ssw0rd2026!", "Summer2026!!!", "iloveyou1234", "liverpool1892",
    "manchesterunited", "!QAZ2wsx#EDC", "1qaz2wsx3edc", "letmein12345", "qwerty123456",
    "caseworker2026", "sunshine-rainbow", "passwordpassword", "asdfghjkl123", "zxcvbnm12345",
    "trustno1trustno1", "monkeymonkey", "111222333444", "Welcome12345", "football2026", "changeme1234",
    "administrator", "qwertyqwerty", "987654321098", "motdepasse12", "0987654321qwe", "123qweasdzxc",
    "ILOVEYOU!!!!!", "dragonball123", "superman12345", "michaeljordan", "iloveyou.....",
]  # fmt: skip
GOOD = [
    "correct horse battery", "purple elephant sings", "four green lamps wait", "kettle anchor monday",
    "tbqzx-8fk2m-zzq3w", "aB3$fG7&kL9!", "princess-monkey-dragon-tiger", "mae'n bwrw glaw heddiw",
    "llanfairpwllgwyn", "a boat on the still lake", "ümlaut über österreich", "пароль на троих друзей",
    "spoon window carpet", "x" * 30 + " and seven sheep", "teapot teapot violin", "violins at dawn",
    "seventeen cold plates", "harbour lamp thistle", "gorse bramble heather", "onions in the garden",
]  # fmt: skip


@pytest.mark.parametrize("password", COMMON)
def test_a_common_password_is_refused_however_it_is_dressed(password: str) -> None:
    assert len(password) >= 12
    assert "easy to guess" in str(password_refusal(password))


@pytest.mark.parametrize("password", GOOD)
def test_a_passphrase_of_one_kind_of_letters_is_taken(password: str) -> None:
    assert password_refusal(password, "priya.shah@example.org", "Priya Shah") is None


def test_ones_own_name_is_no_password() -> None:
    for password in ("PriyaShah2026", "priya.shah@example.org", "shah-priya-1990"):
        assert is_common(password, "priya.shah@example.org", "Priya Shah")
        assert not is_common("Bronwen Tegid", "priya.shah@example.org", "Priya Shah")


def test_any_length_up_to_a_thousand_is_taken() -> None:
    words = "spoon window carpet thistle "
    for length in (12, 64, 128, 1000):
        assert password_refusal((words * 40)[:length]) is None
    assert "1,000" in str(password_refusal((words * 40)[:1001]))


def test_made_passwords_are_good_and_different() -> None:
    made = {new_password() for _ in range(500)}
    assert len(made) == 500
    assert all(password_refusal(password) is None for password in made)
