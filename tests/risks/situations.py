"""A risk of somebody, and two people who must not meet."""

from datetime import timedelta
from typing import Any

from caseworker.accounts.models import User
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.participants.models import Participant
from caseworker.risks.models import KeepApart, RiskFlag
from caseworker.risks.rules import RiskDetails
from caseworker.risks.services import keep_apart, record_risk
from tests.casefile.situations import TODAY

FACT = "CANARY-FACT: shouted at the front desk on 3 November"
MORE = "CANARY-MORE: use the side door"
SOURCE = "Probation or prison"
WHY = "CANARY-WHY: an order of the court"


def a_risk(case: Enrolment, by: User, *, review_in: int = 90, **changes: Any) -> RiskFlag:
    """One that is to be looked at again so many days from today, before it where negative."""
    values: dict[str, Any] = {
        "what_to_do": "two_staff_office_only",
        "source": "probation",
        "fact": FACT,
        "more": MORE,
        "from_on": TODAY,
        "review_on": TODAY + timedelta(days=max(review_in, 1)),
    }
    person = db.session.merge(case.participant)
    flag = record_risk(person, RiskDetails(**values | changes), recorded_by=by, today=TODAY)
    flag.review_on = TODAY + timedelta(days=review_in)
    db.session.flush()
    return flag


def apart(one: Participant, other: Participant, by: User, **changes: Any) -> KeepApart:
    values: dict[str, Any] = {"reason": WHY, "from_on": TODAY, "until_on": None}
    pair = keep_apart(one, other, recorded_by=by, **values | changes)
    db.session.flush()
    return pair
