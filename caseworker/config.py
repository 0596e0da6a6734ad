"""Settings from the environment. Nothing else reads it."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from caseworker.core.errors import SettingsWrong
from caseworker.core.keys import Keyring, read_keyring


@dataclass(frozen=True)
class Settings:
    """How this installation is set up.

    `public_url` is the address people type; with https it turns on Secure `__Host-` cookies.
    `trusted_proxy` is the number of proxies in front whose forwarded headers are believed. `smtp_url` is the
    server that takes e-mail, like smtp://name:password@mail.example.org:587; without it none is sent.
    """

    data: Path
    database_url: str
    migration_url: str
    key_text: str | None
    key_file: Path
    host: str
    port: int
    public_url: str
    trusted_proxy: int
    smtp_url: str | None
    mail_from: str

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Raises SettingsWrong in one line that names the setting and the cure."""
        env = os.environ if environ is None else environ
        data = Path(env.get("CASEWORKER_DATA", "instance")).resolve()
        port = _whole(env, "CASEWORKER_PORT", 8000, 1, 65535)
        host = env.get("CASEWORKER_HOST", "127.0.0.1")
        url = env.get("CASEWORKER_DATABASE_URL") or f"sqlite:///{data / 'caseworker.db'}"
        return cls(
            data=data,
            database_url=url,
            migration_url=env.get("CASEWORKER_MIGRATION_URL") or url,
            key_text=env.get("CASEWORKER_KEY"),
            key_file=Path(env.get("CASEWORKER_KEY_FILE") or data / "key"),
            host=host,
            port=port,
            public_url=(env.get("CASEWORKER_PUBLIC_URL") or f"http://{host}:{port}").rstrip("/"),
            trusted_proxy=_whole(env, "CASEWORKER_TRUSTED_PROXY", 0, 0, 5),
            smtp_url=env.get("CASEWORKER_SMTP_URL") or None,
            mail_from=env.get("CASEWORKER_MAIL_FROM") or "caseworker@localhost",
        )

    @property
    def is_https(self) -> bool:
        return self.public_url.startswith("https://")

    def keyring(self) -> Keyring:
        """Raises SettingsWrong when there is no key to open the sealed text with."""
        if self.key_text:
            return read_keyring(self.key_text)
        try:
            return read_keyring(self.key_file.read_text(encoding="ascii"))
        except FileNotFoundError:
            raise SettingsWrong("There is no key yet. Make one with: caseworker setup") from None
        except (OSError, UnicodeDecodeError):
            raise SettingsWrong(f"The key file {self.key_file} cannot be read") from None


def _whole(env: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    typed = env.get(name) or str(default)
    if not (typed.isascii() and typed.isdigit() and low <= int(typed) <= high):
        raise SettingsWrong(f"{name} must be a whole number from {low} to {high}")
    return int(typed)
