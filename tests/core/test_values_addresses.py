import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker.core import values
from tests.core.hostile import HOSTILE_TEXT, TODAY
from tests.core.verdicts import short, verdict


class TestAddresses:
    @pytest.mark.parametrize(
        ("typed", "postcode"),
        [("m11ae", "M1 1AE"), (" M1 1AE ", "M1 1AE"), ("sw1a 1aa", "SW1A 1AA"), ("EC1A1BB", "EC1A 1BB"),
        ("b33 8th", "B33 8TH"),
         ("W1A 0AX", "W1A 0AX"), ("CR2 6XH", "CR2 6XH"), ("dn55 1pt", "DN55 1PT"), ("gir 0aa", "GIR 0AA"),
         ("zz99 3vz", "ZZ99 3VZ"),
         ("M\u00a01 1AE", "M1 1AE")]
        + [(bad, None) for bad in ("", "M1", "M1 1A", "M1 1AEE", "1M1 1AE", "QQ1 1AA", "M1 1CV", "Ｍ1 1AE",
        "M1-1AE", "M1 1AE;--",
                                   "<b>", "М1 1АЕ", "ſw1a 1aa", "a" * 9999, "12345", "D02 X285")],
        ids=short,
    )  # fmt: skip
    def test_postcodes(self, typed: str, postcode: str | None) -> None:
        assert verdict(values.postcode, typed) == postcode

    @pytest.mark.parametrize(
        ("typed", "address"),
        [("name@example.org", "name@example.org"), (" A.B+c@Example.ORG ", "A.B+c@example.org"),
        ("o'neill@a-b.co.uk", "o'neill@a-b.co.uk"),
         ("x@xn--e1afmkfd.org", "x@xn--e1afmkfd.org")]
        + [(bad, None) for bad in ("", "name", "@example.org", "name@", "a@b", "a b@example.org",
        "a@b@example.org", "a..b@example.org",
                                   ".a@example.org", "a@-b.org", "a@b..org", "a@b.1",
                                   "a@example.org\nBcc: b@example.org", "a@example.org,b@c.org",
                                   "<a@example.org>", "\"a b\"@example.org", "a@[127.0.0.1]",
                                   "é@example.org", "a@exämple.org", "a" * 65 + "@b.org",
                                   "a@" + "b." * 200 + "org", "@" * 900, "a" * 9_999)],
        ids=short,
    )  # fmt: skip
    def test_email_addresses(self, typed: str, address: str | None) -> None:
        assert verdict(values.email, typed) == address

    @pytest.mark.parametrize(
        ("typed", "digits"),
        [("07700 900123", "07700900123"), ("(0161) 496 0123", "01614960123"), ("+44 7700 900123",
        "07700900123"),
         ("+44 (0)7700-900123", "07700900123"), ("0044 7700 900123", "07700900123"), ("020 7946 0018",
         "02079460018"), ("01204 12345", "0120412345"),
         ("0800 1111", "08001111"), ("+353 1 234 5678", "+35312345678"), ("00 353 1 234 5678",
         "+35312345678")]
        + [(bad, None) for bad in ("", "7700 900123", "07700", "077009001234", "0" * 11, "phone",
        "07700 90012x", "07700 900123 ext 4", "+", "++44",
                                   "+44", "٠٧٧٠٠٩٠٠١٢٣", "0" * 9_999, "=07700900123", "07700\n900123\x00",
                                   "<07700900123>")],
        ids=short,
    )  # fmt: skip
    def test_telephone_numbers(self, typed: str, digits: str | None) -> None:
        assert verdict(values.phone, typed) == digits

    @pytest.mark.parametrize(
        ("typed", "number"),
        [("ab 12 34 56 c", "AB123456C"), ("JT123456D", "JT123456D")]
        + [(bad, None) for bad in ("", "QQ123456C", "DA123456A", "AO123456A", "BG123456A", "ZZ123456A",
        "AB123456E", "AB12345C", "AB1234567",
                                   "AB١٢٣٤٥٦C", "ＡB123456C", "AB 12 34 56 C;", "A" * 9_999)],
        ids=short,
    )  # fmt: skip
    def test_national_insurance_numbers(self, typed: str, number: str | None) -> None:
        assert verdict(values.ni_number, typed) == number

    @given(st.text(max_size=60))
    def test_any_text_gives_a_settled_value_or_a_refusal(self, typed: str) -> None:
        for parse in (values.postcode, values.email, values.phone, values.ni_number):
            value = verdict(parse, typed)
            assert value is None or (value.isascii() and parse(value) == value)

    @pytest.mark.parametrize("typed", HOSTILE_TEXT, ids=short)
    def test_hostile_text_never_gets_past(self, typed: str) -> None:
        for parse in (values.postcode, values.phone, values.ni_number, values.time_of_day):
            assert verdict(parse, typed) is None
        assert verdict(values.date_, typed, TODAY) is None or typed.isascii()
