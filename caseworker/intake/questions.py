"""The equality questions: which there are, and where their answers come from."""

from dataclasses import dataclass

from caseworker.core.codes import Code, codes

ANSWERED, DECLINED, NOT_ASKED = "answered", "declined", "not_asked"


@dataclass(frozen=True)
class Question:
    """`list` is the code list of its answers. An unusual one is asked only where the programme says so."""

    code: str
    list: str
    usual: bool = True

    @property
    def answers(self) -> tuple[Code, ...]:
        """What can be answered; to decline and not to be asked are states of their own."""
        return tuple(each for each in codes(self.list) if each.extras["answer"] == ANSWERED)


QUESTIONS = (
    Question("sex", "sex"),
    Question("ethnicity", "ethnicity"),
    Question("disability", "disability"),
    Question("learning_difficulty", "learning_difficulty"),
    Question("carer", "yes_no_answer"),
    Question("lone_parent", "yes_no_answer"),
    Question("care_leaver", "yes_no_answer"),
    Question("veteran", "yes_no_answer"),
    Question("refugee", "yes_no_answer"),
    Question("gender_identity", "gender_identity", usual=False),
    Question("religion", "religion", usual=False),
    Question("orientation", "orientation", usual=False),
    Question("pregnancy", "yes_no_answer", usual=False),
)
USUAL_QUESTIONS = tuple(each.code for each in QUESTIONS if each.usual)


def questions_for(switched_on: frozenset[str]) -> tuple[Question, ...]:
    """The usual questions, and those others that a programme has switched on."""
    return tuple(each for each in QUESTIONS if each.usual or each.code in switched_on)
