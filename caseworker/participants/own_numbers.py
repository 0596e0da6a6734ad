"""An organisation's own number for somebody: stored and looked for in one writing."""

OWN_REFERENCE_LENGTH = 40


def own_reference(typed: str) -> str:
    """In capitals, single spaces."""
    return " ".join(typed.upper().split())
