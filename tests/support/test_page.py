"""The page check finds what it is there to find."""

import pytest

from tests.support.page import Page, faults

GOOD = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{title}</title></head>
<body><a class="govuk-skip-link" href="#main">Skip to main content</a>
<header>Caseworker</header>
<main id="main"><h1>{h1}</h1>{body}</main><footer>About</footer></body></html>"""


def found(
    body: str = "", h1: str = "Caseload", title: str = "Caseload – Caseworker", status: int = 200
) -> list[str]:
    return faults(Page(GOOD.format(body=body, h1=h1, title=title), "/caseload", status))


def test_a_good_page_has_no_faults() -> None:
    assert found() == []
    assert found(h1="Maya Ahmed", title="CW-0A1B2C3 – Caseworker") == []
    assert found(h1="Goals of Maya Ahmed", title="Goals of CW-0A1B2C3 – Caseworker") == []


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<h1>Again</h1>", "2 h1"),
        ("</div>", "HTML at"),
        ("<p id='a'></p><p id='a'></p>", "'a' is there 2 times"),
        ("<input name='x'>", "has no name"),
        ("<label for='y'>Y</label>", "for='y' leads to no id"),
        ("<a href='#'>Go</a>", "nowhere"),
        ("<a href='/x'></a>", "has no name"),
        ("<p style='color:red'>", "inline style"),
        ("<style>p {}</style>", "style element"),
        ("<script>alert(1)</script>", "inline script"),
        ("<a href='javascript:x()'>Go</a>", "javascript:x()"),
        ("<button onclick='x()'>Go</button>", "onclick"),
        ("<img src='/x.png'>", "without alt"),
        ("<form method='post'><button>Go</button></form>", "carries no csrf_token"),
        (
            "<form method=post><input type=hidden name=csrf_token value=1><input name=n aria-label=N></form>",
            "carries no post_token",
        ),
        ("<form method='get'><input type='hidden' name='csrf_token' value='1'></form>", "into the address"),
        ("<fieldset><label>A <input></label></fieldset>", "without a legend"),
        ("<table><tr><td>1</td></tr></table>", "without a caption"),
        ("<nav></nav><nav></nav>", "navigations"),
        ("<svg></svg>", "has no name"),
    ],
)
def test_each_fault_is_found(body: str, said: str) -> None:
    assert any(said in fault for fault in found(body)), found(body)


def test_titles_follow_the_h1_and_carry_no_name() -> None:
    assert found(title="Something else – Caseworker")
    assert found(title="Caseload")
    assert found(h1="Maya Ahmed", title="Maya CW-0A1B2C3 Ahmed – Caseworker") == []
    assert found(h1="Maya Ahmed", title="Goals of CW-0A1B2C3 – Caseworker")


def test_a_refused_form_says_what_is_wrong_twice() -> None:
    summary = (
        "<div class='govuk-error-summary'><h2>There is a problem</h2><ul class='govuk-error-summary__list'>"
        "<li><a href='#d'>Enter the date</a></li></ul></div>"
    )
    at_field = "<label>Date <input id='d'></label><p>Enter the date</p>"
    assert found(status=422)
    assert found(summary + at_field, title="Error: Caseload – Caseworker", status=422) == []
    assert found(summary + "<p id='d'></p>", title="Error: Caseload – Caseworker", status=422)
    assert found(summary + at_field, status=422)
