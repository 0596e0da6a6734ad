"""Texts are read through, passages taken out, the pack made and handed over: in a browser without script."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
from flask import Flask

from caseworker.contacts.models import Contact
from caseworker.core import clock
from caseworker.core.db import db
from caseworker.core.sealing import seal
from caseworker.rights import passages, reading
from caseworker.rights.models import AccessPack, PassageMark, RightsRequest
from tests.casefile.situations import spoke
from tests.conftest import Given
from tests.core.hostile import HOSTILE_TEXT
from tests.rights.situations import NOON, TODAY, Desk, a_desk, asked
from tests.support.client import PageClient, read
from tests.support.counting import statements
from tests.support.stored import row, rows

NOTE = "Talked about the bus. Her mother drinks, she says. She will ring on Friday."


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def desk(given: Given) -> Desk:
    with given():
        desk = a_desk()
        spoke(desk.team, desk.case, 3, note=NOTE)
    return desk


@pytest.fixture
def here(given: Given, desk: Desk, client: PageClient) -> str:
    with given():
        made = asked(desk)
    client.sign_in(desk.officer)
    return f"/requests/{made.id}"


def record(client: PageClient, app: Flask, here: str) -> dict[str, list[dict[str, str]]]:
    """What the newest pack's JSON holds, by table."""
    newest = max(rows(app, AccessPack), key=lambda pack: pack.id)
    answer = client.get(f"{here}/packs/{newest.id}")
    assert answer.mimetype == "application/zip"
    assert "attachment" in answer.headers["Content-Disposition"]
    held: dict[str, list[dict[str, str]]] = json.loads(ZipFile(BytesIO(answer.data)).read("record.json"))[
        "tables"
    ]
    return held


def text_of(here: str, contact: Any) -> str:
    return f"{here}/texts/contact/{contact.id}/note_sealed"


@pytest.mark.both_databases
def test_a_passage_is_taken_out_and_the_pack_handed_over(
    app: Flask, client: PageClient, desk: Desk, here: str
) -> None:
    contact = row(app, Contact)
    page = client.page(f"{here}/texts?kind=contact")
    assert "May speak of somebody else" in page.text
    form = client.get_form(text_of(here, contact))
    assert len(form.choices["passages"]) == 3
    client.submit(form, passages=[form.choices["passages"][1]], decision="out", reason="third_party")
    mark = row(app, PassageMark)
    assert NOTE[mark.begins : mark.ends] == "Her mother drinks, she says."
    client.send(f"{here}/pack")
    (given,) = record(client, app, here)["contact"]
    taken_out = "[taken out: about somebody else who has not agreed]"
    assert given["note"] == f"Talked about the bus. {taken_out} She will ring on Friday."
    pack = row(app, AccessPack)
    client.send(f"{here}/packs/{pack.id}/given")
    now = row(app, RightsRequest)
    assert (row(app, AccessPack).given_on, now.outcome, now.answered_on) == (TODAY, "given", TODAY)
    assert "answered already" in read(client.send(f"{here}/pack"), 422).text


def test_words_are_taken_out_wherever_they_stand(
    app: Flask, client: PageClient, desk: Desk, here: str
) -> None:
    contact = row(app, Contact)
    nothing = read(client.send(text_of(here, contact)), 422)
    assert list(nothing.problems) == ["passages"]
    missing = read(client.send(text_of(here, contact), phrase="her brother"), 422)
    assert list(missing.problems) == ["phrase"]
    wrong = read(client.send(text_of(here, contact), phrase="SHE", decision="keep"), 422)
    assert list(wrong.problems) == ["reason"]
    client.send(text_of(here, contact), phrase="SHE", reason="confidence")
    client.send(f"{here}/pack")
    (given,) = record(client, app, here)["contact"]
    assert given["note"].count("[taken out: told to us in confidence]") == 2
    assert "she" not in given["note"].lower().replace("[taken out: told to us in confidence]", "")


def test_a_decision_gives_way_to_the_next_and_is_undone(
    app: Flask, client: PageClient, desk: Desk, here: str
) -> None:
    contact = row(app, Contact)
    client.send(text_of(here, contact), phrase="mother")
    client.send(text_of(here, contact), phrase="Her mother drinks", decision="keep", reason="known")
    living = [mark for mark in rows(app, PassageMark) if mark.voided_at is None]
    assert [mark.decision for mark in living] == ["keep"]
    page = client.page(text_of(here, contact))
    form = page.soup.select_one("form[action$='/all']")
    assert form is not None
    data = {str(tag["name"]): str(tag["value"]) for tag in form.find_all("input")}
    client.post(str(form["action"]), data=data)
    assert [mark for mark in rows(app, PassageMark) if mark.voided_at is None] == []


def test_a_text_changed_after_it_was_marked_is_read_again(
    app: Flask, client: PageClient, given: Given, desk: Desk, here: str
) -> None:
    contact = row(app, Contact)
    client.send(text_of(here, contact), phrase="mother")
    with given():
        db.session.get_one(Contact, contact.id).note = "Another text altogether, of her mother."
    refused = read(client.send(f"{here}/pack"), 422)
    assert "changed after it was marked" in refused.text
    assert rows(app, AccessPack) == []
    assert "Changed since it was marked" in client.page(f"{here}/texts?kind=contact").text


def test_a_pack_is_never_made_again_over_an_old_one(
    app: Flask, client: PageClient, given: Given, desk: Desk, here: str
) -> None:
    client.send(f"{here}/pack")
    (first,) = rows(app, AccessPack)
    before = client.get(f"{here}/packs/{first.id}").data
    with given():
        spoke(desk.team, desk.case, 1, note="Later.")
    assert "A pack was made already" in client.page(f"{here}/pack").text
    client.send(f"{here}/pack")
    assert client.get(f"{here}/packs/{first.id}").data == before
    assert len(record(client, app, here)["contact"]) == 2


def test_nobody_else_opens_a_pack(app: Flask, client: PageClient, desk: Desk, here: str) -> None:
    client.send(f"{here}/pack")
    pack = row(app, AccessPack)
    for user in (desk.team.lead, desk.team.keyworker, desk.team.tutor):
        client.sign_in(user)
        for path in (f"{here}/packs/{pack.id}", here, f"{here}/texts", f"{here}/pack"):
            assert client.get(path).status_code in (403, 404)


def test_a_request_that_asks_for_no_copy_has_no_pack(
    client: PageClient, given: Given, desk: Desk, here: str
) -> None:
    with given():
        other = asked(desk, "erasure")
    for rest in ("texts", "pack"):
        client.page(f"/requests/{other.id}/{rest}", 404)
    client.page(f"{here}/texts?kind=concern", 404)
    client.page(f"{here}/texts/concern/{desk.case.id}/said_sealed", 404)
    client.page(f"{here}/texts/contact/{desk.case.id}/note_sealed", 404)


def test_a_page_of_texts_asks_as_few_questions_for_many(
    app: Flask, client: PageClient, given: Given, desk: Desk, here: str
) -> None:
    counts = []
    for _ in range(2):
        with statements(app) as found:
            client.page(f"{here}/texts?kind=contact")
        counts.append(len(found))
        with given():
            for day in range(1, 8):
                spoke(desk.team, desk.case, day, note="More.")
    assert counts[0] == counts[1] < 15


def test_every_character_of_a_hostile_text_is_in_one_passage_or_between_two(app: Flask) -> None:
    for words in HOSTILE_TEXT[::3]:
        text = passages.Text(None, None, None, words, ())  # type: ignore[arg-type]
        at = 0
        for passage in text.passages():
            assert at <= passage.begins < passage.ends <= len(words)
            assert words[passage.begins : passage.ends] == passage.words
            assert not words[at : passage.begins].strip()
            at = passage.ends


def test_marks_that_overlap_are_taken_out_once(app: Flask) -> None:
    words = "abcdefghij"
    spans = [(1, 4), (3, 6), (8, 10)]
    marks = [PassageMark(begins=b, ends=e, length=10, decision="out", reason="harm") for b, e in spans]
    with app.app_context():
        key = uuid4()
        sealed = seal(words.encode(), "contact", key, "note_sealed")
        said = reading.text_of(
            "contact", key, "note_sealed", sealed, {("contact", key, "note_sealed"): marks}
        )
    out = "[taken out: it could seriously harm somebody]"
    assert said == f"a{out}{out}gh{out}"
