"""Names that mean the same employer, and the stages of an application. Pure."""

import unicodedata

# The usual way on from a stage, offered as one tap.
NEXT = {"interested": "applied", "applied": "interview", "interview": "offered", "offered": "started"}


def name_key(name: str) -> str:
    """A name as it is compared: no capitals, no marks on letters, single spaces, “and” for &."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return (" ".join(kept.replace("’", "").replace("'", "").split()) or name.casefold())[:200]
