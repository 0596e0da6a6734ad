"""Text and bytes sealed with AES-GCM, each bound to its table, row and column."""

import os
from functools import lru_cache
from typing import Any, overload
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import current_app

from caseworker.core.keys import Keyring

_NONCE, _TAG = 12, 16


class Unreadable(Exception):
    """The bytes were sealed with another key, moved from another row, or damaged."""


def keyring() -> Keyring:
    ring: Keyring = current_app.extensions["caseworker.keyring"]
    return ring


@lru_cache(maxsize=8)
def _cipher(master: bytes, version: int) -> AESGCM:
    return AESGCM(Keyring({version: master}).derive("seal"))


def _bound_to(table: str, row: UUID, column: str) -> bytes:
    return f"{table}/{column}/".encode() + row.bytes


def seal(plain: bytes, table: str, row: UUID, column: str) -> bytes:
    """Key version (2 bytes), nonce (12), ciphertext and tag. The row's key is part of what is signed."""
    ring = keyring()
    version, nonce = ring.newest, os.urandom(_NONCE)
    body = _cipher(ring.masters[version], version).encrypt(nonce, plain, _bound_to(table, row, column))
    return version.to_bytes(2, "big") + nonce + body


def unseal(sealed: bytes, table: str, row: UUID, column: str) -> bytes:
    """Raises Unreadable when the key is missing or the bytes belong to another row."""
    ring = keyring()
    version, nonce, body = int.from_bytes(sealed[:2], "big"), sealed[2 : 2 + _NONCE], sealed[2 + _NONCE :]
    if len(body) < _TAG:
        raise Unreadable(f"{table}.{column} was cut short")
    if version not in ring.masters:
        raise Unreadable(f"sealed with key {version}, which is not on the ring")
    try:
        return _cipher(ring.masters[version], version).decrypt(nonce, body, _bound_to(table, row, column))
    except InvalidTag:
        raise Unreadable(f"{table}.{column} does not open with this key") from None


class SealedText:
    """Plain text in Python over a sealed column: `note = SealedText("note_sealed")`.

    The record's key is made when the record is constructed, so it can be part of the seal.
    """

    def __init__(self, column: str) -> None:
        self.column = column

    @overload
    def __get__(self, record: None, owner: type) -> "SealedText": ...
    @overload
    def __get__(self, record: Any, owner: type) -> str | None: ...
    def __get__(self, record: Any, owner: type) -> "SealedText | str | None":
        if record is None:
            return self
        sealed: bytes | None = getattr(record, self.column)
        if sealed is None:
            return None
        return unseal(sealed, record.__tablename__, record.id, self.column).decode()

    def __set__(self, record: Any, text: str | None) -> None:
        if text == self.__get__(record, type(record)):
            return
        sealed = None if text is None else seal(text.encode(), record.__tablename__, record.id, self.column)
        setattr(record, self.column, sealed)
