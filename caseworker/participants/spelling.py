"""Words of names typed a little wrong: which spellings are kept, and what counts as a slip."""

import jellyfish

# From this many letters on, a word with one letter added and another lost may still be meant.
_LONG = 7


def spellings(word: str) -> list[str]:
    """The word, and the word with each one of its letters left out, in order; never empty text."""
    less = {word[:place] + word[place + 1 :] for place in range(len(word))}
    return sorted((less | {word}) - {""})


def is_slip(typed: str, word: str) -> bool:
    """Whether one slip of the finger makes one word of the other: a letter wrong, missing, too many, or two
    swapped (Damerau and Levenshtein's distance of 1; of 2 where both words are long)."""
    far = jellyfish.damerau_levenshtein_distance(typed, word)
    return far <= (2 if min(len(typed), len(word)) >= _LONG else 1)
