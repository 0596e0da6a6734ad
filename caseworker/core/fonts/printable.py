"""Text as it comes, made fit to draw."""

import re
import unicodedata

LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029]")


def printable(text: str) -> str:
    """Composed letters, plain spaces and line ends; what no page can show is left out.

    Invisible letters go too: some of them turn the writing direction round and so hide what a text says.
    """
    flat = LINE_ENDS.sub("\n", text).replace("\t", " ")
    return unicodedata.normalize("NFC", "".join(letter for letter in flat if _shown(letter)))


def _shown(letter: str) -> bool:
    if letter == "\n":
        return True
    return unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co") and ord(letter) & 0xFFFE != 0xFFFE
