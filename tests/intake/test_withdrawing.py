"""A withdrawal says exactly what it will do, does it, and can be undone; who decided is kept beside it."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from caseworker.core import values
from caseworker.core.db import db
from caseworker.enrolments.models import Enrolment
from caseworker.intake import withdrawing
from caseworker.lawful.models import AgreementDecision, LawfulBasis, Notice
from caseworker.participants import agreed
from caseworker.participants.models import Agreement, Participant, ParticipantAccess, Scope
from caseworker.participants.services import open_access
from caseworker.referrals.models import OnwardReferral
from caseworker.referrals.queries import agreement_with
from caseworker.referrals.services import ReferralDetails, find_agency, refer_on
from tests.casefile.situations import TODAY, Team, started
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.core.verdicts import verdict
from tests.intake.test_person import at, tap
from tests.support.builders import LONG_AGO, kept
from tests.support.client import Form, PageClient, read
from tests.support.stored import newest, row, rows
from tests.support.throwing import REFUSED, shows_all, throw

DAY = timedelta(days=1)


@pytest.fixture
def shared(given: Given, team: Team, case: Enrolment) -> Agreement:
    """They said yes to one agency: two referrals and two readers rest on it, a third went elsewhere."""
    with given() as session:
        mine = session.get_one(Enrolment, case.id)
        yes, other = (
            kept(
                Agreement(
                    participant_id=case.participant_id, purpose="share", answer="given", given_on=TODAY - DAY,
                    notice_version="1", agency=name,
                )
            )
            for name in ("Citizens Advice", "The college")
        )  # fmt: skip
        for name, count in (("Citizens Advice", 2), ("The college", 1)):
            agency = find_agency(mine.participant.organisation_id, name, named_by=team.keyworker)
            session.flush()
            for _ in range(count):
                details = ReferralDetails("mental_health", ["name_contact"], TODAY, None)
                refer_on(mine, agency, details, referred_by=team.keyworker, today=TODAY)
        for reader in (team.tutor, team.colleague):
            open_access(
                case.participant_id, scope=Scope.LEARNER, why="course", because_id=yes.id, from_on=TODAY,
                user_id=reader.id,
            )  # fmt: skip
        kept(
            LawfulBasis(
                programme_id=team.programme.id, purpose="support", article_6="public_task", keep_from="exit",
                keep_months=72, source="Board", from_on=LONG_AGO,
            )
        )  # fmt: skip
        kept(
            LawfulBasis(
                programme_id=team.programme.id, purpose="reporting", article_6="consent", keep_from="exit",
                keep_months=72, source="Board", from_on=LONG_AGO,
            )
        )  # fmt: skip
        assert other.id != yes.id
        return yes


def open_access_rows(app: Flask, key: Any) -> int:
    return sum(each.because_id == key and each.until_on is None for each in rows(app, ParticipantAccess))


@pytest.mark.both_databases
def test_sharing_ends_exactly_as_said_and_comes_back_by_undo(
    app: Flask, client: PageClient, case: Enrolment, shared: Agreement
) -> None:
    path = at(case, f"agreements/{shared.id}/withdraw")
    page = client.page(path)
    for words in (
        "Sharing with Citizens Advice ends",
        "2 referrals to them stop",
        "Access of 2 readers to the record ends",
        "Helping them: kept, on the basis “public task”, for 72 months from the day they left.",
        "It can be undone for 30 days",
    ):
        assert words in page.text
    assert "Reporting to funders" not in page.text, "what rests on consent is not said to stay"
    before = {each.id: each.result for each in rows(app, OnwardReferral)}
    assert set(before.values()) == {None}
    after = client.page(client.send(path).headers["Location"])
    closed = [each for each in rows(app, OnwardReferral) if each.result == "changed_mind"]
    assert len(closed) == 2 and {each.agreement_id for each in closed} == {shared.id}
    assert all(each.chase_on is None and each.closed_on == TODAY for each in closed)
    assert open_access_rows(app, shared.id) == 0 and open_access_rows(app, case.id) > 0
    with app.app_context():
        assert agreement_with(case.participant_id, "Citizens Advice") is None
        assert agreement_with(case.participant_id, "the college") is not None
    tap(client, after, "/put-back")
    assert {each.id: each.result for each in rows(app, OnwardReferral)} == before
    assert open_access_rows(app, shared.id) == 2
    with app.app_context():
        assert agreement_with(case.participant_id, "Citizens Advice") is not None


@pytest.mark.both_databases
def test_each_purpose_says_its_own(app: Flask, client: PageClient, case: Enrolment) -> None:
    said = {
        "photo": "No photo of them is used any more. They had agreed to: Our own leaflets and reports, News",
        "story": "Their story is not told any more.",
        "contact_after": "After they leave nobody gets in touch",
        "take_part": "Nothing stops by itself",
    }
    for purpose, words in said.items():
        uses: dict[str, Any] = {"used_for": ["own", "press"]} if purpose in agreed.PICTURES else {}
        client.send(at(case, "agreements/new"), purpose=purpose, answer="given", **uses)
        made = rows(app, Agreement)[-1]
        page = client.page(at(case, f"agreements/{made.id}/withdraw"))
        assert words in page.text and "Their record stays" in page.text
    with app.app_context():
        person = db.session.get_one(Participant, case.participant_id)
        assert agreed.may_use(person, "photo", "press") and not agreed.may_use(person, "photo", "online")
        for each in agreed.agreements_of(person.id):
            withdrawing.withdraw(each, withdrawn_on=TODAY, today=TODAY)
        assert not agreed.may_use(person, "photo", "press")
        db.session.rollback()


@pytest.mark.both_databases
def test_who_decided_is_kept_and_shown_where_it_was_not_plainly_them(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    path = at(case, "agreements/new?about=take_part")
    client.send(path, answer="given")
    assert rows(app, AgreementDecision) == [], "somebody of age who decides alone is asked for nothing more"
    other = {"decided_by": "attorney", "decider": "Ann Osei", "judged": "Lasting power of attorney seen"}
    client.send(path, answer="given", **other)
    page = client.page(at(case, "agreements"))
    assert "An attorney or deputy: Ann Osei" in page.text and "Lasting power of attorney seen" in page.text
    with given() as session:
        session.get_one(Participant, case.participant_id).born_on = date(2011, 3, 1)
    refused = read(client.send(path, answer="given"), 422)
    assert list(refused.problems) == ["judged"] and "under 16" in refused.text
    client.send(path, answer="given", judged="Told me in her own words what she agrees to")
    kept_rows = rows(app, AgreementDecision)
    assert [(each.decided_by, each.judged) for each in kept_rows][-1] == (
        "self", "Told me in her own words what she agrees to",
    )  # fmt: skip
    assert len(rows(app, Agreement)) == 3


@pytest.mark.both_databases
def test_a_notice_is_read_given_and_its_version_kept(
    app: Flask, client: PageClient, given: Given, team: Team, case: Enrolment
) -> None:
    with given():
        for version, language, easy, day in (
            ("2025-1", "english", False, LONG_AGO),
            ("2026-2", "english", False, TODAY - DAY),
            ("2026-2", "polish", False, TODAY - DAY),
            ("2026-2", "english", True, TODAY - DAY),
            ("2027-1", "english", False, TODAY + DAY),
        ):
            kept(
                Notice(
                    organisation_id=team.programme.organisation_id, version_name=version, language=language,
                    easy_read=easy, words=f"<b>words</b> of {version}\nand {language}", from_on=day,
                )
            )  # fmt: skip
    page = client.page(at(case, "agreements"))
    assert "Notice to give, version 2026-2:" in page.text and "2027-1" not in page.text
    notice = client.page(page.link("English, easy read"))
    assert "<b>words</b> of 2026-2" in notice.text
    client.send(notice.link("They have it: record that"), answer="given", how="spoken")
    made = row(app, Agreement)
    assert (made.purpose, made.notice_version, made.how, made.given_on) == (
        "notice",
        "2026-2",
        "spoken",
        TODAY,
    )
    with given():
        stranger = started(team)
    assert client.get(at(stranger, f"agreements/notice/{made.id}")).status_code == 404


def test_hostile_words_of_how_it_was_judged(app: Flask, client: PageClient, case: Enrolment) -> None:
    cases = []
    for typed in HOSTILE_TEXT[::8]:
        if typed.isprintable() and not values.is_blank(typed):
            judged = verdict(values.note, typed, 2000)
            cases.append(({"judged": typed}, {"judged": REFUSED if judged is None else judged}))

    def form() -> Form:
        opened = client.get_form(at(case, "agreements/new?about=take_part"))
        return opened.fill(answer="given", decided_by="attorney", decider="<i>Ann</i>")

    saved, _refused = throw(client, form, cases, lambda: newest(app, AgreementDecision))
    assert saved > 5
    shows_all(client, at(case, "agreements"))
