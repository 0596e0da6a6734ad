"""Merging somebody who must not be contacted: the stop holds for all of them, and goes with whose it was."""

import pytest
from sqlalchemy.orm import Session

from caseworker.casefile.rebuild import rebuild
from caseworker.enrolments.contactable import STOPPED, must_not_message
from caseworker.enrolments.models import DueItem
from caseworker.intake.stopping import stop_contact
from caseworker.merging.parting import unmerge
from caseworker.merging.services import merge_people
from caseworker.participants.models import Participant
from tests.casefile.situations import NOW, TODAY
from tests.merging.pairs import two_records


@pytest.mark.both_databases
@pytest.mark.parametrize("whose", ["kept", "absorbed", "both"])
def test_a_stop_is_never_lost_by_merging_and_goes_with_its_person_when_taken_apart(
    db_session: Session, whose: str
) -> None:
    two = two_records(no_voicemail=False, safe_times=None)
    kept, absorbed, lead = two.kept, two.absorbed, two.team.lead
    for name, person in (("kept", kept), ("absorbed", absorbed)):
        if whose in (name, "both"):
            stop_contact(person, kind="died", by=lead, now=NOW, today=TODAY)
    db_session.flush()
    before = {row.id: row.closed_on for row in db_session.query(DueItem)}
    merge = merge_people(kept, absorbed, {}, by=lead, today=TODAY, now=NOW)
    db_session.flush()
    assert must_not_message([kept.id]) == {kept.id: STOPPED}
    assert {row.closed_on for row in db_session.query(DueItem)} == {TODAY}
    assert rebuild().dues_mended == 0
    unmerge(merge, by=lead, now=NOW)
    db_session.flush()
    db_session.expire_all()
    assert {row.id: row.closed_on for row in db_session.query(DueItem)} == before
    stopped = {name for name, key in (("kept", kept.id), ("absorbed", absorbed.id))
               if db_session.get_one(Participant, key).stopped}  # fmt: skip
    assert stopped == ({"kept", "absorbed"} if whose == "both" else {whose})
    assert rebuild().dues_mended == 0
