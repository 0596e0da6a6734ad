"""The equality questions: which there are, and where their answers come from."""

from collections.abc import Container
from dataclasses import dataclass

from caseworker.core.codes import Code, codes
from caseworker.lawful.rules import field_of_question

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


def usual_questions(may_ask: Container[str]) -> tuple[str, ...]:
    """The usual questions that a programme may ask."""
    return tuple(each for each in USUAL_QUESTIONS if is_open(each, may_ask))


def questions_for(switched_on: Container[str], may_ask: Container[str]) -> tuple[Question, ...]:
    """The usual questions, and those others that a programme has switched on: of sensitive ones only what
    it may ask, by field of sensitive_field."""
    asked = (each for each in QUESTIONS if each.usual or each.code in switched_on)
    return tuple(each for each in asked if is_open(each.code, may_ask))


def is_open(question: str, may_ask: Container[str]) -> bool:
    field = field_of_question(question)
    return field is None or field in may_ask
