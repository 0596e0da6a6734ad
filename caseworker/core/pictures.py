"""What a photo says beside its picture, such as where it was taken, taken out. Pure bytes; nothing redrawn.

Of a JPEG the turn of the camera is kept, or the picture would lie on its side. A HEIC is refused at upload:
where it keeps such things cannot be cut out without writing it anew.
"""

from collections.abc import Iterator

JPEG_START, START_OF_SCAN, END_OF_PICTURE, EXIF = b"\xff\xd8", 0xDA, 0xD9, b"Exif\x00\x00"
# APP1 (Exif, XMP), APP13 (IPTC), and comments. APP0, APP2 (colours) and APP14 are needed to draw it.
SAYS_MORE = frozenset({0xE1, 0xED, 0xFE})
ORIENTATION = 0x0112
PNG_START = 8
PNG_SAYS_MORE = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})


def without_hidden_facts(media_type: str, content: bytes) -> bytes:
    """The same picture with no place, time, device or words in it; any other kind as it is."""
    if media_type == "image/jpeg":
        return _plain_jpeg(content)
    if media_type == "image/png":
        return _plain_png(content)
    return content


def _plain_jpeg(content: bytes) -> bytes:
    kept, turn, at = [JPEG_START], 1, 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == START_OF_SCAN or marker < 0xC0:
            break
        end = at + 2 + max(2, int.from_bytes(content[at + 2 : at + 4], "big"))
        segment = content[at:end]
        if marker in SAYS_MORE:
            turn = _turn_of(segment[4:]) or turn
        else:
            kept.append(segment)
        at = end
    if turn != 1:
        kept.insert(1, _exif_of_turn(turn))
    return b"".join(kept) + content[at : _end_of_picture(content, at)]


def _end_of_picture(content: bytes, at: int) -> int:
    """Where the first picture ends: phones put a second one with its own Exif behind it."""
    while 0 <= (at := content.find(b"\xff", at)) < len(content) - 1:
        marker = content[at + 1]
        if marker == END_OF_PICTURE:
            return at + 2
        if marker == 0xFF:
            at += 1
        elif marker == 0 or 0xD0 <= marker <= 0xD7:
            at += 2
        else:
            at += 2 + max(2, int.from_bytes(content[at + 2 : at + 4], "big"))
    return len(content)


def _turn_of(body: bytes) -> int | None:
    """The orientation (1 to 8) in an Exif segment; None where there is none to read."""
    if not body.startswith(EXIF):
        return None
    tiff = body[len(EXIF) :]
    order = {b"II": "little", b"MM": "big"}.get(tiff[:2])
    if order is None:
        return None

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "little" if order == "little" else "big")

    first = number(4, 4)
    for entry in range(first + 2, first + 2 + 12 * min(number(first, 2), 100), 12):
        if number(entry, 2) == ORIENTATION and 1 <= number(entry + 8, 2) <= 8:
            return number(entry + 8, 2)
    return None


def _exif_of_turn(turn: int) -> bytes:
    """A segment that says which way up the picture is, and nothing else."""
    entry = ORIENTATION.to_bytes(2, "big") + (3).to_bytes(2, "big") + (1).to_bytes(4, "big")
    tiff = b"MM\x00*\x00\x00\x00\x08" + b"\x00\x01" + entry + turn.to_bytes(2, "big") + bytes(2) + bytes(4)
    body = EXIF + tiff
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


def _plain_png(content: bytes) -> bytes:
    return content[:PNG_START] + b"".join(
        chunk for name, chunk in _chunks(content) if name not in PNG_SAYS_MORE
    )


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = PNG_START
    while at + 12 <= len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        yield content[at + 4 : at + 8], content[at:end]
        at = end
