"""The one way a value is refused, and the small words every refusal shares."""

BLANK_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})


class Invalid(ValueError):
    """A value that cannot be taken; `message` says what is wrong and what to do.

    `parts` names the boxes at fault where one value is typed in several ("day", "month", "year").
    """

    def __init__(self, message: str, parts: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.parts = parts


def sentence(words: str) -> str:
    """The same words with a capital at the start, the rest untouched."""
    return words[:1].upper() + words[1:]


def ask(noun: str, example: str = "") -> str:
    """The sentence that asks for a value: "Enter the hours a week, like 16"."""
    return f"Enter {noun}, like {example}" if example else f"Enter {noun}"


def pick(noun: str) -> str:
    """The sentence that asks for an answer from a list: "Select how you spoke"."""
    return f"Select {noun}"
