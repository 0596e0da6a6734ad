import pytest

from caseworker.core import values
from tests.core.verdicts import short, words

PDF = b"%PDF-1.7\n" + b"x" * 100 + b"\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0" + b"x" * 100 + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"x" * 100 + b"\x00\x00\x00\x00IEND\xaeB`\x82"
HEIC = b"\x00\x00\x00\x18ftypheic" + b"x" * 100


class TestFiles:
    @pytest.mark.parametrize(("content", "kind"), [(PDF, "pdf"), (JPEG, "jpeg"), (PNG, "png")])
    def test_kinds_by_content(self, content: bytes, kind: str) -> None:
        accepted = values.upload("payslip.exe", content)
        assert accepted.kind == kind
        assert accepted.name.startswith("payslip.exe.")

    @pytest.mark.parametrize(
        ("name", "content"),
        [("a.pdf", b""), ("a.pdf", b"MZ\x90"), ("a.pdf", PDF[:60]), ("a.png", PNG[:60]), ("a.jpg",
        JPEG[:60]), ("a.heic", HEIC[:20]),
         ("a.pdf", b"<html>%PDF-"), ("a.svg", b"<svg onload=alert(1)>"), ("a.zip", b"PK\x03\x04" + PDF),
         ("a.pdf", b"\n" + PDF),
         ("a.heic", b"\xff\xff\xff\xffftypheic" + b"x" * 100), ("a.gif", b"GIF89a" + b"x" * 99), ("a.html",
         b"<script>alert(1)</script>")],
        ids=short,
    )  # fmt: skip
    def test_everything_else_is_refused_in_words(self, name: str, content: bytes) -> None:
        assert words(values.upload, name, content).startswith(name)

    @pytest.mark.parametrize("name", ["payslip.heic", "payslip.jpg"])
    def test_a_heic_is_refused_with_a_way_out(self, name: str) -> None:
        said = words(values.upload, name, HEIC)
        assert said == (
            f"{name} is a HEIC photo, which keeps where it was taken. "
            "Open it and take a screenshot, or send it as JPEG, and choose that"
        )

    def test_size(self) -> None:
        said = words(values.upload, "big.pdf", PDF + b"x" * values.MOST_BYTES)
        assert said == "big.pdf is bigger than 10 MB. Choose a smaller file"

    @pytest.mark.parametrize(
        ("typed", "name"),
        [("../../etc/passwd", "passwd"), ("C:\\x\\y.pdf", "y.pdf"), ('a"b\r\nX: 1.pdf', "abX 1.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
         ("", "The file"), (None, "The file"), ("...", "The file"), ("\ud800.pdf", "\ufffd.pdf"),
         ("x" * 500 + ".pdf", "x" * 146 + ".pdf")],
        ids=short,
    )  # fmt: skip
    def test_names_are_safe_in_a_header_and_on_a_disk(self, typed: str | None, name: str) -> None:
        assert values.file_name(typed) == name
