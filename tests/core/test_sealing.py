"""What is sealed opens with the right key at its own place only."""

import base64
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import given as any_of
from hypothesis import strategies as st

from caseworker.accounts.models import User
from caseworker.core.errors import SettingsWrong
from caseworker.core.ids import new_id
from caseworker.core.installation import Installation
from caseworker.core.keys import Keyring, new_key_text, read_keyring
from caseworker.core.sealing import Unreadable, _cipher, seal, unseal
from caseworker.core.setup import refuse_another_key

ROW = UUID(int=7)


def test_sealed_bytes_open_again_and_show_nothing(app: Flask) -> None:
    with app.app_context():
        sealed = seal(b"canary", "draft", ROW, "typed_sealed")
        assert b"canary" not in sealed
        assert unseal(sealed, "draft", ROW, "typed_sealed") == b"canary"
        assert seal(b"canary", "draft", ROW, "typed_sealed") != sealed


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [("contact", ROW, "typed_sealed"), ("draft", UUID(int=8), "typed_sealed"), ("draft", ROW, "note_sealed")],
)
def test_moved_to_another_place_it_does_not_open(app: Flask, table: str, row: UUID, column: str) -> None:
    with app.app_context(), pytest.raises(Unreadable):
        unseal(seal(b"canary", "draft", ROW, "typed_sealed"), table, row, column)


def test_one_bit_changed_and_it_does_not_open(app: Flask) -> None:
    with app.app_context():
        sealed = seal(b"canary", "draft", ROW, "typed_sealed")
        for place in range(len(sealed)):
            broken = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
            with pytest.raises(Unreadable):
                unseal(broken, "draft", ROW, "typed_sealed")
        for length in (0, 1, 2, 13, len(sealed) - 1):
            with pytest.raises(Unreadable):
                unseal(sealed[:length], "draft", ROW, "typed_sealed")


def test_a_new_key_seals_and_the_old_one_still_opens(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context():
        old = seal(b"canary", "draft", ROW, "typed_sealed")
        ring: Keyring = app.extensions["caseworker.keyring"]
        rotated = Keyring(ring.masters | {2: bytes(range(32, 64))})
        monkeypatch.setitem(app.extensions, "caseworker.keyring", rotated)
        assert unseal(old, "draft", ROW, "typed_sealed") == b"canary"
        new = seal(b"canary", "draft", ROW, "typed_sealed")
        assert (old[:2], new[:2]) == (b"\x00\x01", b"\x00\x02")
        monkeypatch.setitem(app.extensions, "caseworker.keyring", ring)
        with pytest.raises(Unreadable, match="key 2"):
            unseal(new, "draft", ROW, "typed_sealed")


@any_of(st.text(max_size=300))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    cipher = _cipher(bytes(range(32)), 1)
    nonce = bytes(12)
    encoded = text.encode("utf-8", "surrogatepass")
    assert cipher.decrypt(nonce, cipher.encrypt(nonce, encoded, b"x"), b"x") == encoded


def test_the_same_text_set_again_is_no_change(app: Flask) -> None:
    with app.app_context():
        user = User(email="a@example.org", name="A", password_hash="x")
        user.second_step = "canary"
        before = user.second_step_sealed
        user.second_step = "canary"
        assert user.second_step_sealed is before
        user.second_step = None
        assert (user.second_step, user.second_step_sealed) == (None, None)


def test_a_ring_of_keys_is_read_or_refused_in_words() -> None:
    first = base64.b64encode(bytes(range(32))).decode()
    second = base64.b64encode(bytes(32)).decode()
    ring = read_keyring(f"2:{second},1:{first}\n")
    assert (ring.newest, sorted(ring.masters)) == (2, [1, 2])
    assert len(set(ring.fingerprints())) == 2
    assert read_keyring(new_key_text()).newest == 1
    twice, short = f"1:{first},1:{second}", f"1:{first[:-4]}"
    for wrong in ("", "x", "1:", "1:abc", f"one:{first}", f"²:{first}", twice, short, f":{first}"):
        with pytest.raises(SettingsWrong, match="caseworker setup"):
            read_keyring(wrong)


def test_every_purpose_has_its_own_secret() -> None:
    ring = read_keyring(new_key_text())
    made = [ring.derive(purpose) for purpose in ("seal", "audit", "cookie", "known browser", "sign-in tries")]
    assert len(set(made)) == len(made)
    assert all(len(secret) == 32 for secret in made)
    assert not any(ring.fingerprint() in secret.hex() for secret in made)


def test_another_key_is_refused_by_name_of_both() -> None:
    ring, other = read_keyring(new_key_text()), read_keyring(new_key_text())
    with pytest.raises(SettingsWrong, match=ring.fingerprint()):
        refuse_another_key(Installation(kind="live", key_fingerprint=ring.fingerprint()), other)
    rotated = Keyring(ring.masters | {2: other.masters[1]})
    refuse_another_key(Installation(kind="live", key_fingerprint=ring.fingerprint()), rotated)


def test_keys_sort_by_time_and_never_repeat() -> None:
    made = [new_id() for _ in range(2000)]
    assert len(set(made)) == 2000
    assert [key.hex[:8] for key in made] == sorted(key.hex[:8] for key in made)
    assert {key.version for key in made} == {7}
