"""Our own reading of the typeface agrees with reportlab's, and wrapping keeps its promise."""

from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics

from caseworker.core.fonts import ellipsis, face, printable, text_width, wrap
from caseworker.core.pdf import typefaces

TEXTS = st.text(st.characters(codec="utf-8"), max_size=120)


@given(st.text(st.sampled_from(sorted(map(chr, face().widths.keys() - {0xA0}))), max_size=60), st.booleans())
def test_widths_are_those_that_the_pdf_prints(text: str, bold: bool) -> None:
    typefaces.register()
    theirs = pdfmetrics.stringWidth(text, typefaces.font_name(bold), 10)
    assert abs(text_width(text, 10, bold) - theirs) < 0.01 * max(len(text), 1)


def test_the_digits_are_of_one_width_in_each_cut() -> None:
    for bold in (False, True):
        assert len({face(bold).width(digit) for digit in "0123456789"}) == 1


def test_the_letters_of_these_islands_are_there() -> None:
    assert all(face().draws(letter) for letter in "ŴwŷÂâÎîÔôÛûŵÁáÉéÍíÓóÚúḂḃċ£€–—“”’…−•→≥×")
    assert not face().draws("😀")


@given(TEXTS, st.floats(30, 300), st.integers(1, 4))
def test_wrapped_lines_fit_and_are_few(text: str, width: float, most: int) -> None:
    lines = wrap(text, width, 12, most=most)
    assert 1 <= len(lines) <= most
    assert all(text_width(line, 12) <= width + 0.001 for line in lines)


@given(TEXTS)
def test_wrapping_loses_no_word_where_there_is_room(text: str) -> None:
    assert " ".join(wrap(text, 1e6, 12)) == " ".join(text.split())


def test_what_does_not_fit_ends_in_dots() -> None:
    assert ellipsis("Sustained work", 50, 12) == "Sustai…"
    assert ellipsis("Work", 50, 12) == "Work"


def test_no_invisible_letter_is_printed() -> None:
    assert printable("a\u202eb\x00c\td\u2028e\ud800") == "abc d\ne"
    assert printable("w\u0302") == "ŵ"
