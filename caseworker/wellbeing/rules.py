"""How answers changed. Pure."""

from collections.abc import Sequence

from caseworker.wellbeing.models import ONS4, WellbeingAssessment


def changes(assessments: Sequence[WellbeingAssessment]) -> dict[str, int | None]:
    """From the first answer to the latest of each question; None where it was answered less than twice.

    `assessments` in the order of time.
    """
    found: dict[str, int | None] = {}
    for measure in ONS4:
        answers = [score for each in assessments if (score := getattr(each, measure)) is not None]
        found[measure] = answers[-1] - answers[0] if len(answers) > 1 else None
    return found
