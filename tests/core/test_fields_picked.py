from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import Form

from caseworker.core import clock, codes, fields
from tests.core.hostile import HOSTILE_TEXT
from tests.core.job_form import GOOD, NOON, JobForm, field, filled

PDF = b"%PDF-1.7\n" + b"x" * 100 + b"\n%%EOF\n"


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


class TestDateOfBirth:
    def test_not_known_is_an_answer(self) -> None:
        form = filled(born_on__day="", born_on__month="", born_on__year="", born_on__not_known="yes")
        assert not form.errors
        assert form.born_on.data is None
        assert form.born_on.not_known

    def test_a_date_and_not_known_is_a_contradiction(self) -> None:
        form = filled(born_on__not_known="yes")
        assert form.errors["born_on"] == ["Enter a date of birth or tick “not known”, not both"]
        assert form.born_on.raw == ["1", "Feb", "1990"]

    @pytest.mark.parametrize(
        ("year", "said"),
        [
            ("90", "Their date of birth must have a year of 4 numbers, like 1990"),
            ("2027", "Their date of birth must be in the past"),
            ("1800", "Their date of birth is more than 120 years ago. Check the year"),
            ("", "Their date of birth must include a year"),
        ],
    )
    def test_the_box_at_fault_is_named_and_all_stay(self, year: str, said: str) -> None:
        form = filled(born_on__year=year)
        assert form.errors["born_on"] == [said]
        assert form.born_on.wrong_boxes == ("year",)
        assert form.born_on.raw == ["1", "Feb", year]

    @pytest.mark.parametrize("typed", HOSTILE_TEXT, ids=lambda text: ascii(text)[:30])
    def test_hostile_boxes(self, typed: str) -> None:
        form = filled(born_on__day=typed)
        assert form.errors or form.born_on.data == date(1990, 2, 1)
        "".join(form.born_on.raw).encode("utf-8")


class TestChoices:
    def test_seven_are_radios_and_more_a_list(self) -> None:
        class Two(Form):
            few = fields.ChoiceField("Few", options=[(str(n), str(n)) for n in range(7)])
            many = fields.ChoiceField("Many", options=[(str(n), str(n)) for n in range(8)])
            told = fields.ChoiceField("Told", options=[("a", "A")], component="select")

        form = Two()
        assert [field(form, name).component for name in form._fields] == ["radios", "select", "select"]

    def test_a_retired_code_is_offered_only_where_it_is_stored(self) -> None:
        class Kind(Form):
            kind = fields.ChoiceField("Kind", list="progression_kind")
            benefits = fields.ChoicesField("Benefits", list="benefit", optional=True)

        sent = MultiDict({"kind": "traineeship", "benefits": "income_support"})
        fresh = Kind(sent)
        assert not fresh.validate()
        assert set(fresh.errors) == {"kind", "benefits"}
        stored = Kind(sent, data={"kind": "traineeship", "benefits": ["income_support"]})
        assert stored.validate(), stored.errors
        offered = len(codes.codes("progression_kind", date(2026, 11, 22)))
        assert (len(fresh.kind.options), len(stored.kind.options)) == (offered, offered + 1)

    def test_a_hint_column_is_the_options_hint(self) -> None:
        class Severity(Form):
            severity = fields.ChoiceField("Severity", list="barrier_severity")

        assert Severity().severity.options[4] == (
            "4",
            "Stops progress",
            "Nothing else can move until this is dealt with",
        )

    def test_options_known_to_the_request_may_be_set_later(self) -> None:
        class Late(Form):
            worker = fields.ChoiceField("Keyworker")
            days = fields.ChoicesField("Days")

        form = Late(MultiDict([("worker", "b"), ("days", "1"), ("days", "2"), ("days", "1")]))
        form.worker.options = [("a", "Ann"), ("b", "Ben")]
        form.days.options = [("1", "Monday"), ("2", "Tuesday")]
        assert form.validate(), form.errors
        assert form.worker.data == "b"
        assert form.days.data == ["1", "2"]

    def test_one_that_is_not_listed_spoils_several(self) -> None:
        form = JobForm(MultiDict([*GOOD.items(), ("benefits", "pip"), ("benefits", "gold")]))
        assert not form.validate()
        assert form.errors == {"benefits": ["Select the benefits from the list"]}
        assert form.benefits.raw == ["pip", "gold"]

    def test_a_scale_offers_each_step_once_and_may_be_skipped(self) -> None:
        scale = JobForm().satisfied
        assert [value for value, _, _ in scale.options] == [str(step) for step in range(11)]
        assert scale.component == "scale"
        assert scale.optional

        class Asked(Form):
            satisfied = fields.ScaleField("How satisfied?", 1, 5, optional=False)

        form = Asked(MultiDict())
        assert not form.validate()
        assert form.errors == {"satisfied": ["Select an answer"]}


class TestFiles:
    def sent(self, *parts: tuple[str, bytes]) -> JobForm:
        files = [("evidence", FileStorage(BytesIO(body), name)) for name, body in parts]
        form = JobForm(MultiDict([*GOOD.items(), *files]))
        form.validate()
        return form

    def test_accepted(self) -> None:
        form = self.sent(("payslip.pdf", PDF))
        assert not form.errors
        assert [(each.name, each.media_type, each.content) for each in form.evidence.data] == [
            ("payslip.pdf", "application/pdf", PDF)
        ]

    def test_an_empty_box_is_no_file(self) -> None:
        form = self.sent(("", b""))
        assert not form.errors
        assert form.evidence.data == []

    def test_too_many_too_big_and_of_another_kind(self) -> None:
        several = self.sent(*[("a.pdf", PDF)] * 3)
        assert several.errors == {"evidence": ["Choose at most 2 files. You chose 3"]}
        big = self.sent(("a.pdf", PDF + b"x" * 10 * 1024 * 1024))
        assert big.errors == {"evidence": ["a.pdf is bigger than 10 MB. Choose a smaller file"]}
        other = self.sent(("a.pdf", b"MZ" + b"x" * 100))
        assert other.errors == {"evidence": ["a.pdf must be a PDF, or a picture (JPEG or PNG)"]}
        assert other.evidence.data == []

    def test_text_sent_in_place_of_a_file_is_no_file(self) -> None:
        form = filled(evidence="payslip.pdf")
        assert form.evidence.data == []

    def test_a_needed_file_is_asked_for(self) -> None:
        class Needed(Form):
            evidence = fields.FileField("Payslip", noun="a picture of the payslip")

        form = Needed(MultiDict())
        assert not form.validate()
        assert form.errors == {"evidence": ["Choose a picture of the payslip"]}
