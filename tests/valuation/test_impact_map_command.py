"""`caseworker impact-map`: what it answers, and everything it refuses with line and column."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from caseworker.impact.impact_map import impact_map_command

HEADER = (
    "stakeholder,outcome,quantity,proxy_value,deadweight_pct,displacement_pct,attribution_pct,"
    "drop_off_pct,duration_years,starts"
)
ROW = "Members,More friends,95,3432,10,10,10,70,2,0"
COLUMNS = HEADER.split(",")


def run(content: str | bytes, *options: str, investment: str | None = "50000") -> Result:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "map.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        arguments = [str(path), *options]
        if investment is not None:
            arguments += ["--investment", investment]
        result = CliRunner().invoke(impact_map_command, arguments)
        assert [path.name for path in Path(folder).iterdir()] == ["map.csv"]
        return result


def answer(content: str | bytes, *options: str, investment: str = "50000") -> dict[str, Any]:
    result = run(content, "--format", "json", *options, investment=investment)
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def with_cell(column: str, cell: str) -> str:
    cells = dict(zip(COLUMNS, ROW.split(","), strict=True)) | {column: cell}
    return f"{HEADER}\n{','.join(cells.values())}\n"


def refused(result: Result, *says: str) -> None:
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    for text in says:
        assert text in result.stderr


def test_json_has_the_promised_keys_in_order() -> None:
    found = answer(f"{HEADER}\n{ROW}\n", "--discount-rate", "0.035")
    assert list(found) == [
        "investment",
        "gross_value",
        "impact",
        "total_present_value",
        "net_present_value",
        "sroi_ratio",
        "net_sroi_ratio",
        "payback_months",
        "by_year",
        "by_stakeholder",
        "lines",
    ]
    assert found["by_year"] == [
        {"t": 0, "value": 237683.16, "present_value": 237683.16},
        {"t": 1, "value": 71304.95, "present_value": 68893.67},
    ]
    assert found["by_stakeholder"] == [{"stakeholder": "Members", "present_value": 306576.83}]
    assert found["lines"] == [{"outcome": "More friends", "impact": 237683.16, "present_value": 306576.83}]
    assert (found["sroi_ratio"], found["net_sroi_ratio"], found["payback_months"]) == (6.1315, 5.1315, 2.52)


def test_a_published_map_comes_out_to_the_penny() -> None:
    content = (Path(__file__).parent / "data" / "timebank_ireland_2023.csv").read_bytes()
    found = answer(content, "--discount-rate", "0.035")
    assert (found["gross_value"], found["total_present_value"], found["sroi_ratio"]) == (
        854175.0,
        803184.47,
        16.0637,
    )
    assert answer(content) == found


def test_without_a_rate_the_schedule_falls_after_thirty_years() -> None:
    content = with_cell("duration_years", "40").replace(",70,40", ",0,40")
    scheduled, flat = answer(content), answer(content, "--discount-rate", "0.035")
    assert scheduled["by_year"][30] == flat["by_year"][30]
    assert scheduled["by_year"][31]["present_value"] > flat["by_year"][31]["present_value"]


def test_mid_year_moves_value_half_a_year_and_keeps_t_whole() -> None:
    plain = answer(f"{HEADER}\n{ROW}\n", "--discount-rate", "0.21")
    mid = answer(f"{HEADER}\n{ROW}\n", "--discount-rate", "0.21", "--mid-year")
    assert [year["t"] for year in mid["by_year"]] == [0, 1]
    assert mid["by_year"][0]["present_value"] == round(plain["by_year"][0]["present_value"] / 1.1, 2)
    assert mid["impact"] == plain["impact"]


def test_a_base_year_restates_each_line_from_its_price_year() -> None:
    content = f"{HEADER},price_year\nState,Claims,1,9800,0,0,0,0,1,0,2012/13\n"
    assert answer(content)["impact"] == 9800.0
    assert answer(content, "--base-year", "2024")["impact"] == 13551.46


def test_the_table_shows_totals_years_stakeholders_and_outcomes() -> None:
    result = run(f"{HEADER}\n{ROW}\n", "--discount-rate", "0.035")
    assert result.exit_code == 0
    for text in ("SROI ratio", "6.1315 : 1", "£306,576.83", "Year 1", "More friends (Members)", "2.5 months"):
        assert text in result.stdout


def test_the_table_shows_the_range_of_low_and_high_values() -> None:
    result = run(f"{HEADER},low,high\n{ROW},1716,6864\n")
    assert "3.0658 to 12.2631" in result.stdout


def test_the_longest_and_latest_line_is_valued() -> None:
    content = with_cell("duration_years", "100").replace(",70,100,0", ",0,100,100")
    found = answer(content)
    assert [year["t"] for year in found["by_year"]] == list(range(100, 200))
    assert 0 < found["total_present_value"] < 100 * found["impact"]


@pytest.mark.parametrize(
    "content",
    [
        f"\ufeff{HEADER}\n{ROW}\n",
        f"{HEADER}\r\n{ROW}\r\n",
        f"{HEADER}\n\n{ROW}\n\n",
        f"{HEADER}\n{ROW}",
        f"{HEADER}\n{ROW.replace('More friends', chr(34) + 'More friends' + chr(34))}\n",
        with_cell("quantity", " 95.0 "),
        with_cell("quantity", "9.5e1"),
        with_cell("duration_years", "2.0"),
    ],
    ids=["mark", "crlf", "blank lines", "no last newline", "quoted", "spaces", "exponent", "2.0"],
)
def test_the_same_map_written_in_other_ways(content: str) -> None:
    assert answer(content)["total_present_value"] == 306576.83


def test_columns_may_stand_in_any_order() -> None:
    cells = dict(zip(COLUMNS, ROW.split(","), strict=True))
    names = COLUMNS[::-1]
    content = f"{','.join(names)}\n{','.join(cells[name] for name in names)}\n"
    assert answer(content)["total_present_value"] == 306576.83


def test_everything_taken_off_is_valued_at_nothing() -> None:
    found = answer(with_cell("deadweight_pct", "100"))
    assert (found["total_present_value"], found["payback_months"]) == (0.0, None)
    assert found["net_present_value"] == -50000.0
    everything_drops = answer(with_cell("drop_off_pct", "100"))
    assert [year["value"] for year in everything_drops["by_year"]] == [237683.16, 0.0]


@pytest.mark.parametrize("column", ["quantity", "proxy_value", "deadweight_pct", "drop_off_pct", "starts"])
def test_minus_nought_is_nought(column: str) -> None:
    content = with_cell(column, "-0")
    assert answer(content) == answer(with_cell(column, "0"))
    assert "-0.0" not in run(content, "--format", "json").stdout


def test_a_negative_outcome_is_kept_in_the_total() -> None:
    content = f"{HEADER}\n{ROW}\nFamilies,Less time,95,-3432,10,10,10,70,2,0\n"
    found = answer(content)
    assert found["total_present_value"] == 0.0
    assert found["payback_months"] is None


def test_repeated_lines_are_valued_with_a_warning() -> None:
    result = run(f"{HEADER}\n{ROW}\n{ROW}\n", "--format", "json")
    assert json.loads(result.stdout)["total_present_value"] == 613153.66
    assert "line 3 repeats line 2" in result.stderr


POISON = [
    "NaN",
    "nan",
    "inf",
    "-Infinity",
    "1e999",
    "-1e999",
    "10^400",
    "1" + "0" * 400,
    "٣",
    "９５",
    "1_0",
    "",
    "   ",
    "0x10",
    "1,5",
    "£5",
    "5%",
    "1e",
    "--1",
    "1 000",
    "=1+1",
    "ten",
    "½",
    "1.2.3",
    "None",
]
NUMBER_COLUMNS = COLUMNS[2:]


@pytest.mark.parametrize("column", NUMBER_COLUMNS)
@pytest.mark.parametrize("poison", POISON)
def test_no_poison_is_read_as_a_number(column: str, poison: str) -> None:
    cell = f'"{poison}"' if "," in poison else poison
    refused(run(with_cell(column, cell), "--format", "json"), f"line 2, column {column}: ")


@pytest.mark.parametrize("column", [column for column in COLUMNS if column.endswith("_pct")])
@pytest.mark.parametrize("share", ["-0.01", "-1", "100.01", "101", "1e3"])
def test_a_percentage_outside_0_to_100_is_refused(column: str, share: str) -> None:
    refused(run(with_cell(column, share)), f"line 2, column {column}: {share} is outside 0 to 100")


@pytest.mark.parametrize(
    ("column", "years"),
    [
        ("duration_years", "0"),
        ("duration_years", "101"),
        ("duration_years", "1.5"),
        ("duration_years", "-1"),
        ("starts", "-1"),
        ("starts", "0.5"),
        ("starts", "101"),
    ],
)
def test_years_are_whole_and_in_range(column: str, years: str) -> None:
    refused(run(with_cell(column, years)), f"line 2, column {column}: {years} is not a whole number from")


@pytest.mark.parametrize("column", ["stakeholder", "outcome"])
def test_a_blank_name_is_refused(column: str) -> None:
    refused(run(with_cell(column, "  ")), f"line 2, column {column}: it is blank")


@pytest.mark.parametrize("column", COLUMNS)
def test_a_missing_column_is_named(column: str) -> None:
    names = [name for name in COLUMNS if name != column]
    refused(run(f"{','.join(names)}\n{ROW}\n"), f"line 1, column {column}: the column is missing")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (f"{HEADER},colour\n{ROW},red\n", "line 1, column colour: unknown column"),
        (f"{HEADER.replace('quantity', 'Quantity')}\n{ROW}\n", "line 1, column Quantity: unknown column"),
        (f"{HEADER},quantity\n{ROW},1\n", "line 1, column quantity: the column is there twice"),
        (f"{HEADER},\n{ROW},\n", "line 1, column 11: it has no name"),
        (f"{HEADER},a\x1b[2J\n{ROW},1\n", "line 1, column a\\x1b[2J: it holds a character"),
        (f"{HEADER}\n", "line 2, column stakeholder: the map is empty"),
        (f"{HEADER}\n\n\n", "line 2, column stakeholder: the map is empty"),
        ("", "line 1, column stakeholder: there is no header"),
        ("\n", "line 1, column stakeholder: there is no header"),
        (f"{HEADER}\n{ROW}\n{ROW.rpartition(',')[0]}\n", "line 3, column starts: the row ends before"),
        (f"{HEADER}\n{ROW},9\n", "line 2, column 11: the row has 11 cells"),
        (f"{HEADER}\n{','.join([''] * 10)}\n", "line 2, column stakeholder: the row is blank"),
        (f"{HEADER}\n{ROW}\n".replace(",", ";"), "line 1, column stakeholder: it is separated by ';'"),
        (f"{HEADER}\n{ROW}\n".replace(",", "\t"), "line 1, column stakeholder: it is separated by '\\t'"),
        (f'{HEADER}\n"Members{ROW[7:]}\n', "line 2, column stakeholder: the row cannot be read"),
        (f"{HEADER}\nMem\x00bers{ROW[7:]}\n", "line 2, column stakeholder: it holds a character"),
        (f"{HEADER}\nMem\x1b[2Jbers{ROW[7:]}\n", "line 2, column stakeholder: it holds a character"),
        (f"{HEADER},low,high\n{ROW},9,\n", "line 2, column high: it is blank"),
        (
            f"{HEADER},low,high\n{ROW},9,10\n",
            "line 2, column low: low, proxy_value and high are not in order",
        ),
        (f"{HEADER},price_year\n{ROW},2012-13\n", "line 2, column price_year: '2012-13' is not a price year"),
    ],
)
def test_a_file_of_the_wrong_shape_is_refused(content: str, says: str) -> None:
    refused(run(content, "--format", "json"), says)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (f"{HEADER}\n{ROW}\n".encode("utf-16"), "column"),
        (f"{HEADER}\nCaf\xe9{ROW}\n".encode("latin-1"), "line 2, column stakeholder: this is not UTF-8"),
        (f"{HEADER},\xe9\n{ROW},1\n".encode("latin-1"), "this is not UTF-8"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00\xff\xfe", "line 1"),
    ],
)
def test_a_file_that_is_not_utf_8_is_refused(content: bytes, says: str) -> None:
    refused(run(content, "--format", "json"), says)


def test_the_line_is_counted_where_a_row_begins() -> None:
    content = f'{HEADER}\n"Members\nand friends",Two lines,1,1,0,0,0,0,1,0\n{ROW.replace("95", "x")}\n'
    refused(run(content), "line 4, column quantity: 'x' is not a plain number")


def test_every_problem_is_told_at_once_but_not_ten_thousand() -> None:
    bad = ROW.replace("95", "x").replace("70", "170")
    refused(run(f"{HEADER}\n{bad}\n"), "line 2, column quantity", "line 2, column drop_off_pct")
    many = run(f"{HEADER}\n" + f"{bad}\n" * 5_000)
    assert len(many.stderr.splitlines()) == 21
    assert "and 9980 more like these" in many.stderr


@pytest.mark.parametrize(
    "investment",
    [
        "0",
        "-0",
        "-1",
        "NaN",
        "inf",
        "1e999",
        "10^400",
        "",
        "1_000",
        "£5",
        "５",
    ],
)
def test_an_investment_that_is_not_above_nought_is_refused(investment: str) -> None:
    refused(run(f"{HEADER}\n{ROW}\n", "--format", "json", investment=investment), "--investment")


def test_an_investment_must_be_given() -> None:
    refused(run(f"{HEADER}\n{ROW}\n", investment=None), "--investment")


@pytest.mark.parametrize("rate", ["3.5", "-0.01", "NaN", "inf", "1e999", "3.5%", ""])
def test_a_discount_rate_is_a_fraction(rate: str) -> None:
    refused(run(f"{HEADER}\n{ROW}\n", "--discount-rate", rate), "--discount-rate")


@pytest.mark.parametrize("year", ["2025", "2024/25", "1989", "24", "2012/14", "last", ""])
def test_a_base_year_outside_the_series_is_refused(year: str) -> None:
    content = f"{HEADER},price_year\n{ROW},2012/13\n"
    refused(run(content, "--base-year", year), "--base-year")


@pytest.mark.parametrize("content", [f"{HEADER}\n{ROW}\n", f"{HEADER},price_year\n{ROW},\n"])
def test_a_base_year_needs_a_price_year_on_every_line(content: str) -> None:
    refused(run(content, "--base-year", "2024"), "line 2, column price_year: it is blank")


def test_a_price_year_outside_the_series_is_told_with_its_line() -> None:
    refused(run(f"{HEADER},price_year\n{ROW},1970\n", "--base-year", "2024"), "line 2, column price_year")


def test_a_missing_file_is_refused() -> None:
    refused(CliRunner().invoke(impact_map_command, ["absent.csv", "--investment", "1"]), "absent.csv")


@given(st.binary(max_size=200))
def test_no_bytes_bring_it_down(content: bytes) -> None:
    result = CliRunner().invoke(impact_map_command, ["-", "--investment", "1"], input=content)
    refused(result, "line ")


@given(st.lists(st.text(max_size=12).filter(lambda text: "\r" not in text), min_size=10, max_size=10))
def test_no_cells_bring_it_down(cells: list[str]) -> None:
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    content = f"{HEADER}\n{quoted}\n".encode("utf-8", "replace")
    result = CliRunner().invoke(impact_map_command, ["-", "--investment", "1"], input=content)
    assert result.exit_code in (0, 2)
    assert result.exit_code == 0 or result.stdout == ""
    assert result.exception is None or isinstance(result.exception, SystemExit)
