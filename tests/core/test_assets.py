"""Static files: what is carried is what was fetched, names change with content, and pages stay light."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from flask import Flask

from caseworker.core import assets
from caseworker.core.assets import STATIC, UnknownAsset, load_assets
from tests.core.gallery import create_gallery
from tests.support.client import PageClient
from vendor_css import keep_rules

RECORDED = re.compile(r"^\| `([^`]+)` \| .* \| `([0-9a-f]{64})` \|$", re.MULTILINE)
FIRST_LOAD, LATER_PAGE = 130_000, 30_000


@pytest.fixture(scope="module")
def client() -> PageClient:
    app = create_gallery()
    app.test_client_class = PageClient
    made = app.test_client()
    assert isinstance(made, PageClient)
    return made


def test_carried_files_are_those_of_the_third_party_page(checkout: Path) -> None:
    recorded = dict(RECORDED.findall((checkout / "THIRD_PARTY.md").read_text(encoding="utf-8")))
    folders = (checkout / "caseworker" / "static" / "vendor", checkout / "tests" / "vendor")
    carried = {
        path.relative_to(checkout).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in folders
        for path in folder.rglob("*")
        if path.is_file()
    }
    fonts = checkout / "caseworker" / "core" / "fonts"
    carried |= {
        path.relative_to(checkout).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in fonts.glob("*.ttf")
    }
    assert carried == recorded


def test_nothing_of_the_government_brand_is_carried() -> None:
    for path in STATIC.rglob("*"):
        assert not re.search(r"crown|crest|logo|transport", path.name, re.IGNORECASE)
        if path.suffix in {".css", ".js", ".svg"}:
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"GDS Transport|govuk-crest|sourceMappingURL|url\(.?data:", text), path.name


def test_only_rules_of_parts_that_no_page_uses_are_left_out() -> None:
    css = ".a{x:1}.a,.b{x:2}@media print{.a__in{x:3}.b{x:4}}@media print{.a--big{x:5}}.ab:not(.c,.d),.e{x:6}"
    assert keep_rules(css, ["a"]) == ".b{x:2}@media print{.b{x:4}}.ab:not(.c,.d),.e{x:6}"
    with pytest.raises(ValueError, match="after the last rule"):
        keep_rules(".a{x:1}.b{", ["a"])


def test_moj_styles_come_before_the_theme(client: PageClient) -> None:
    html = client.get("/").get_data(as_text=True)
    sheets = re.findall(r'rel="stylesheet" href="/static/([\w/-]+)\.', html)
    assert sheets == ["vendor/govuk-frontend", "vendor/moj-frontend", "theme"]


def test_a_changed_file_changes_its_name_and_the_names_of_what_uses_it(tmp_path: Path) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "10.css").write_text("a{background:url(dot.svg)}", encoding="utf-8")
    (tmp_path / "app.js").write_text('import { x } from "./part.js";\n', encoding="utf-8")
    names = []
    for colour in ("red", "blue"):
        (tmp_path / "dot.svg").write_text(f"<svg>{colour}</svg>", encoding="utf-8")
        (tmp_path / "part.js").write_text(f'export const x = "{colour}";', encoding="utf-8")
        loaded = load_assets(tmp_path)
        assert loaded["dot.svg"].served_name.encode() in loaded["theme.css"].plain
        assert b'from "./' + loaded["part.js"].served_name.encode() in loaded["app.js"].plain
        names.append({name: asset.served_name for name, asset in loaded.items()})
    assert all(names[0][name] != names[1][name] for name in ("dot.svg", "theme.css", "part.js", "app.js"))


@pytest.mark.parametrize("script", ['import "x" from "./gone.js"', 'import { a } from "./app.js"'])
def test_a_reference_that_leads_nowhere_or_in_a_circle_is_refused(tmp_path: Path, script: str) -> None:
    (tmp_path / "app.js").write_text(script, encoding="utf-8")
    with pytest.raises(UnknownAsset):
        load_assets(tmp_path)


def test_a_template_cannot_name_a_missing_file(client: PageClient) -> None:
    app: Flask = client.application
    with app.test_request_context(), pytest.raises(UnknownAsset):
        app.jinja_env.from_string("{{ asset('gone.css') }}").render()


def test_files_are_kept_for_a_year_and_packed_for_those_who_take_it(client: PageClient) -> None:
    with client.application.test_request_context():
        address = client.application.jinja_env.from_string("{{ asset('theme.css') }}").render()
    packed = client.get(address, headers={"Accept-Encoding": "gzip, br"})
    plain = client.get(address, headers={"Accept-Encoding": "gzip;q=0"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data == load_assets()["theme.css"].plain
    for answer in (packed, plain):
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.content_type == "text/css; charset=utf-8"


@pytest.mark.parametrize(
    "path",
    [
        "theme.css",
        "../config.py",
        "%2e%2e/config.py",
        "vendor/",
        "theme.000000000000.css",
        "theme/10-base.css",
    ],
)
def test_only_hashed_names_are_served(client: PageClient, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404


def test_assets_need_no_writable_folder(tmp_path: Path) -> None:
    before = sorted(STATIC.rglob("*"))
    app = Flask("elsewhere", static_folder=None, root_path=str(tmp_path))
    assets.install(app)
    assert sorted(STATIC.rglob("*")) == before
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", ["/", "/form", "/list", "/case"])
def test_pages_stay_within_their_weight(client: PageClient, path: str) -> None:
    html = len(client.get(path).data)
    loaded = load_assets()
    fetched = [name for name in loaded if not name.startswith("vendor/images/")]
    static = sum(len(loaded[name].packed or loaded[name].plain) for name in fetched)
    assert html + static <= FIRST_LOAD, f"{path} weighs {html + static:,} bytes the first time"
    assert html <= LATER_PAGE, f"{path} weighs {html:,} bytes"
