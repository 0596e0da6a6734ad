"""The installation's keys: `2:base64,1:base64`, newest first, each of 32 bytes."""

import base64
import binascii
import hmac
import secrets
from dataclasses import dataclass
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from caseworker.core.errors import SettingsWrong


@dataclass(frozen=True)
class Keyring:
    """Secrets by version. Every other secret is derived, so there is one thing to keep and to lose."""

    masters: dict[int, bytes]

    @property
    def newest(self) -> int:
        return max(self.masters)

    def derive(self, purpose: str, version: int | None = None) -> bytes:
        """32 bytes for one purpose. Raises KeyError for a version that is not on the ring."""
        master = self.masters[self.newest if version is None else version]
        return _derived(master, purpose)

    def fingerprint(self, version: int | None = None) -> str:
        """Eight characters that tell two keys apart and say nothing of either."""
        return hmac.digest(self.derive("fingerprint", version), b"caseworker", "sha256").hex()[:8]

    def fingerprints(self) -> list[str]:
        """Those of every key on the ring, newest first."""
        return [self.fingerprint(version) for version in sorted(self.masters, reverse=True)]


@lru_cache(maxsize=32)
def _derived(master: bytes, purpose: str) -> bytes:
    """Worked out once: every page asks for some."""
    return HKDF(SHA256(), 32, salt=None, info=b"caseworker " + purpose.encode()).derive(master)


def new_key_text() -> str:
    return "1:" + base64.b64encode(secrets.token_bytes(32)).decode()


def read_keyring(text: str) -> Keyring:
    """Raises SettingsWrong when the text is not a ring of 32-byte keys."""
    masters: dict[int, bytes] = {}
    for part in text.strip().split(","):
        version, _, encoded = part.strip().partition(":")
        try:
            master = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            master = b""
        if not (version.isascii() and version.isdigit()) or len(master) != 32 or int(version) in masters:
            raise SettingsWrong(
                "The key is not like 1:<44 characters of base64>; make one with: caseworker setup"
            )
        masters[int(version)] = master
    return Keyring(masters)
