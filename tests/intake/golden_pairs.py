"""Pairs of descriptions, each with whether somebody should be asked if they are one person."""

from datetime import date

from caseworker.participants.sameness import Details

BORN = date(1985, 3, 4)
MARK, ANOTHER = frozenset({b"1" * 32}), frozenset({b"2" * 32})


def d(
    given: str,
    family: str,
    born: date | None = BORN,
    postcode: str | None = None,
    preferred: str | None = None,
    marks: frozenset[bytes] = frozenset(),
) -> Details:
    return Details(given, family, preferred, born, postcode, marks)


SAME = {
    "word for word": (d("Amara", "Osei"), d("Amara", "Osei")),
    "accents and apostrophes": (d("Seán", "O’Neill"), d("Sean", "O'Neill")),
    "as it sounds": (d("Shaun", "Smyth"), d("Sean", "Smith")),
    "Stephen and Steven": (d("Stephen", "Clarke"), d("Steven", "Clark")),
    "transliterated": (d("Mohammed", "Hussain"), d("Muhammad", "Hussein")),
    "short for": (d("Liz", "Parker"), d("Elizabeth", "Parker")),
    "nickname": (d("Bill", "Parker"), d("William", "Parker")),
    "beginning of": (d("Alex", "Novak"), d("Alexandra", "Novak")),
    "married": (d("Priya", "Shah"), d("Priya", "Kapoor")),
    "double-barrelled": (d("Jane", "Smith-Jones"), d("Jane", "Jones")),
    "names the wrong way round": (d("Nguyen", "Thi"), d("Thi", "Nguyen")),
    "known as": (d("Oluwaseun", "Ade", preferred="Seun"), d("Seun", "Ade")),
    "letters swapped": (d("Rebecca", "Thopmson"), d("Rebecca", "Thompson")),
    "day and month swapped": (d("Amara", "Osei"), d("Amara", "Osei", date(1985, 4, 3))),
    "year mistyped": (d("Amara", "Osei"), d("Amara", "Osei", date(1958, 3, 4))),
    "day mistyped": (d("Amara", "Osei"), d("Amara", "Osei", date(1985, 3, 14))),
    "birth not known": (d("Amara", "Osei", None), d("Amara", "Osei")),
    "birth not known to either": (d("Amara", "Osei", None), d("Amara", "Osei", None)),
    "sounds alike at one postcode": (
        d("Jon", "Reed", None, "M1 1AE"),
        d("John", "Reid", None, "M1 1AE"),
    ),
    "moved": (d("Amara", "Osei", BORN, "M1 1AE"), d("Amara", "Osei", BORN, "LS1 4DY")),
    "NI number, all else different": (
        d("Amara", "Osei", marks=MARK),
        d("Grace", "Lee", date(1990, 1, 1), marks=MARK),
    ),
    "NI number known to one": (d("Amara", "Osei", marks=MARK), d("Amara", "Osei")),
    "another script": (d("李", "王"), d("李", "王")),
}

DIFFERENT = {
    "same birthday": (d("Amara", "Osei"), d("Grace", "Lee")),
    "same birthday and postcode": (d("Amara", "Osei", BORN, "M1 1AE"), d("Grace", "Lee", BORN, "M1 1AE")),
    "twins": (d("Amara", "Osei", BORN, "M1 1AE"), d("Kofi", "Osei", BORN, "M1 1AE")),
    "brothers": (
        d("David", "Osei", BORN, "M1 1AE"),
        d("Kofi", "Osei", date(1990, 7, 9), "M1 1AE"),
    ),
    "father and son": (
        d("John", "Smith", date(1960, 2, 9), "M1 1AE"),
        d("John", "Smith", date(1988, 11, 23), "M1 1AE"),
    ),
    "namesakes": (d("John", "Smith"), d("John", "Smith", date(1971, 10, 30))),
    "surname alone": (d("Amara", "Smith", None), d("Grace", "Smith", None)),
    "first name alone": (d("Amara", "Osei", None), d("Amara", "Lee", None)),
    "sounds alike, birth not known": (d("Jon", "Reed", None), d("John", "Reid", None)),
    "couple": (
        d("Amara", "Osei", date(1985, 3, 4), "M1 1AE"),
        d("Grace", "Osei", date(1984, 12, 25), "M1 1AE"),
    ),
    "another NI number": (
        d("John", "Smith", marks=MARK),
        d("John", "Smith", marks=ANOTHER),
    ),
    "another script, another name": (d("李", "王", None), d("张", "刘", None)),
}
