"""The PDF report: what it holds, how it is tagged, and that page, PDF and JSON say the same figures."""

import json
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select, update

from caseworker.core.clock import today
from caseworker.core.db import begin, db
from caseworker.core.formatting import number, pounds_short, pounds_whole
from caseworker.enrolments.models import Enrolment
from caseworker.impact.models import ValuationRun
from caseworker.impact.tables import as_json
from caseworker.impact.valued import value_subject
from caseworker.outcomes.overview import overview_of
from caseworker.outcomes.subjects import of_programme
from caseworker.programmes.models import Programme
from caseworker.reports.programme import programme_report
from caseworker.valuation.rounding import pence
from tests.conftest import Given
from tests.core.pdf.reading import read
from tests.outcomes.situations import Place, a_group, a_job, a_place, a_start, known_to_both, put_in, scores
from tests.support.client import PageClient


def words_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


def a_programme(given: Given, **changes: Any) -> Place:
    with given():
        place = a_place(code="steady", name="Steady", **changes)
        put_in(place, 40_000)
        put_in(place, 5_000, in_kind=True)
        for n in range(32):
            start = a_start(place, benefit_at_start="none")
            scores(start, 4 + n % 3, 6, worthwhile=5)
            if n % 4 == 0:
                a_job(start)
    return place


def made(client: PageClient, page: str, address: str) -> bytes:
    form = next(form for form in [client.get_form(page)] if form.action == address)
    answer = client.submit(form)
    assert answer.status_code == 303
    report = client.get(answer.location)
    assert report.status_code == 200
    assert report.mimetype == "application/pdf"
    assert "attachment" in report.headers["Content-Disposition"]
    return bytes(report.data)


def test_page_pdf_and_json_say_the_same(client: PageClient, given: Given) -> None:
    place = a_programme(given)
    client.sign_in(place.lead)
    outcomes = client.page("/programmes/steady/outcomes").text
    value = client.page("/programmes/steady/value").text
    text = words_of(made(client, "/programmes/steady/value", "/programmes/steady/report"))
    with client.application.app_context():
        begin("read")
        programme = db.session.scalars(select(Programme)).one()
        found = json.loads(as_json(value_subject(of_programme(programme, today()))))
        db.session.rollback()
    ratio = f"£{found['sroi_ratio']:.2f}"
    total = pounds_whole(pence(found["total_present_value"]))
    for figure in (
        ratio, f"£{found['range']['p5']:.2f}", f"£{found['range']['p95']:.2f}", total,
        pounds_short(pence(45_000)),
    ):  # fmt: skip
        assert figure in text, figure
        assert figure in value, figure
    work = next(each for each in found["outcomes"] if each["name"] == "into_work")
    share = f"{100 * work['n'] / work['N']:.1f}%"
    for words in (share, f"{number(work['n'])} of {number(work['N'])}", f"{100 * work['low']:.1f}"):
        assert words in outcomes, words
        assert words in text, words
    assert "Not independently assured" in text


def test_the_report_is_tagged_numbered_and_names_its_run(client: PageClient, given: Given) -> None:
    place = a_programme(given)
    client.sign_in(place.lead)
    content = made(client, "/programmes/steady/outcomes", "/programmes/steady/report")
    document = read(content)
    assert bool(document.catalog["/MarkInfo"]["/Marked"])
    assert document.catalog["/Lang"] == "en-GB"
    with client.application.app_context():
        begin("read")
        run = db.session.scalars(select(ValuationRun)).one()
        reference = run.reference
        assert run.entered_by_id == place.lead.id
        assert run.state == "draft"
    pages = [page.extract_text() for page in document.pages]
    for place_of, text in enumerate(pages, start=1):
        assert f"Page {place_of} of {len(pages)}" in text
        assert f"Run {reference} · draft · not independently assured" in text
        assert len(text.split()) > 30, f"page {place_of} is nearly empty"
    tree = document.root
    assert [node.all_text for node in tree.every("H1")] == ["Outcomes and social value of Steady"]
    for role, least in (("Figure", 5), ("Table", 8), ("TOC", 1), ("H2", 6)):
        assert len(tree.every(role)) >= least, role
    assert all(node.alt for node in tree.every("Figure"))


HEADINGS = (
    "Outcomes", "Social value", "How the value is worked out", "What to bear in mind",
    "Where the values come from", "Assumptions",
)  # fmt: skip


def test_the_parts_come_in_order_and_once(client: PageClient, given: Given) -> None:
    place = a_programme(given)
    client.sign_in(place.lead)
    content = made(client, "/programmes/steady/value", "/programmes/steady/report")
    outline = [entry.title for entry in PdfReader(BytesIO(content)).outline if not isinstance(entry, list)]
    assert [title for title in outline if title in HEADINGS] == list(HEADINGS)
    text = words_of(content)
    for source in (
        "Wellbeing Guidance for Appraisal",
        "Open Government Licence",
        "Green Book",
        "GDP deflator",
    ):
        assert source in text
    assert "No comparison group" in text
    assert "not counted" in text


def test_an_old_run_prints_what_it_printed(client: PageClient, given: Given) -> None:
    place = a_programme(given)
    client.sign_in(place.lead)
    form = client.get_form("/programmes/steady/value")
    address = client.submit(form).location
    before = client.get(address).data
    with given() as session:
        session.execute(update(Enrolment).values(voided_at=place.programme.entered_at))
    assert client.get(address).data == before
    assert "Nobody has started yet" in client.page("/programmes/steady/outcomes").text


def test_a_second_press_stores_one_run(client: PageClient, given: Given) -> None:
    place = a_programme(given)
    client.sign_in(place.lead)
    form = client.get_form("/programmes/steady/value")
    first, second = client.submit(form), client.submit(form)
    assert first.location == second.location
    with client.application.app_context():
        begin("read")
        assert len(db.session.scalars(select(ValuationRun)).all()) == 1


def test_a_group_has_its_own_report(client: PageClient, given: Given) -> None:
    with given():
        _, one, two, lead = a_group()
        put_in(one, 1000)
        for start in known_to_both(one, two):
            a_job(start)
            scores(start, 4, 6)
    client.sign_in(lead)
    text = words_of(made(client, "/groups/group/value", "/groups/group/report"))
    assert "By programme" in text
    assert "1 of the people are known to more than one organisation" in text
    assert "Counted once" in text
    reference = next(word for word in text.split() if word.startswith("VR-"))
    assert client.get(f"/programmes/one/reports/{reference}.pdf").status_code == 404


def test_nothing_put_in_and_nobody_there_still_makes_a_report(client: PageClient, given: Given) -> None:
    with given():
        place = a_place(code="steady", name="<b>Steady & =cmd()</b>")
    client.sign_in(place.lead)
    text = words_of(made(client, "/programmes/steady/value", "/programmes/steady/report"))
    assert "Nothing is recorded as put in" in text
    assert "<b>Steady & =cmd()</b>" in text


@pytest.mark.demonstration
@pytest.mark.parametrize(
    ("code", "published"),
    [
        ("ways-into-work", ["470 of 1,000", "66% (n=660 of 1,000)", "£39.4 million", "£7.38", "£5,340,000"]),
        ("next-steps", ["58 of 283", "47 of 85", "1,401 people", "349", "3,662", "1,587", "£276,535"]),
    ],
)
def test_the_demonstration_prints_the_published_shares(
    client: PageClient, code: str, published: list[str]
) -> None:
    with client.application.app_context():
        begin("read")
        programme = db.session.scalars(select(Programme).where(Programme.code == code)).one()
        subject = of_programme(programme, today())
        valued, view = value_subject(subject), overview_of(subject, programme)
        text = words_of(programme_report(view, valued, "VR-TEST"))
        db.session.rollback()
    for words in published:
        assert words in text, words
