"""Uploaded files: what they are is read from their bytes, never from their name."""

import re
from dataclasses import dataclass

from caseworker.core.values.invalid import Invalid
from caseworker.core.values.texts import showable

MOST_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 150

MEDIA_TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_EXTENSIONS = {"pdf": "pdf", "jpeg": "jpg", "png": "png"}


@dataclass(frozen=True)
class Upload:
    """One accepted file: a safe name, its bytes and the media type its bytes show."""

    name: str
    content: bytes
    kind: str

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self.kind]


def upload(name: str | None, content: bytes, most_bytes: int = MOST_BYTES) -> Upload:
    """A PDF, JPEG or PNG of at most `most_bytes` bytes, whole from its first mark to its last.

    A HEIC is refused: where it was taken cannot be cut out of it. Telephones send JPEG where that is asked.
    """
    shown = file_name(name)
    if not content:
        raise Invalid(f"{shown} is empty. Choose another file")
    if len(content) > most_bytes:
        raise Invalid(f"{shown} is bigger than {most_bytes // (1024 * 1024)} MB. Choose a smaller file")
    kind = kind_of(content)
    if kind is None:
        raise Invalid(f"{shown} must be a PDF, or a picture (JPEG or PNG)")
    if kind == "heic":
        raise Invalid(
            f"{shown} is a HEIC photo, which keeps where it was taken. "
            "Open it and take a screenshot, or send it as JPEG, and choose that"
        )
    if not _is_whole(kind, content):
        raise Invalid(f"{shown} is damaged or cut short. Open it to check, then choose it again")
    return Upload(_with_extension(shown, kind), content, kind)


def kind_of(content: bytes) -> str | None:
    """What the first bytes show: "pdf", "jpeg", "png" or "heic" or None for anything else."""
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC_BRANDS:
        return "heic"
    return None


def file_name(name: str | None) -> str:
    """The last part of a file's name, without folders, controls or marks that a header could misread."""
    last = re.split(r"[/\\]", showable(name))[-1]
    kept = re.sub(r"[\x00-\x1f\x7f\"<>|:*?;\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", last).strip(" .")
    return kept[-LONGEST_NAME:] or "The file"


def _is_whole(kind: str, content: bytes) -> bool:
    if kind == "pdf":
        return b"%%EOF" in content[-2048:]
    if kind == "jpeg":
        return b"\xff\xd9" in content[2:]
    return content[12:16] == b"IHDR" and b"IEND" in content[-64:]


def _with_extension(name: str, kind: str) -> str:
    stem, dot, last = name.rpartition(".")
    known = {"jpeg": ("jpg", "jpeg")}.get(kind, (kind,))
    if dot and stem and last.lower() in known:
        return name
    return f"{name}.{_EXTENSIONS[kind]}"
