"""The wheel is whole: installed alone, in an empty folder, it signs people in.

The locked requirements are not installed a second time: the new environment looks at those of the
environment that runs the tests, after its own. A folder named in a .pth file is searched for modules
only, so the editable install of the checkout is not seen, and the test asserts that it is not.
"""

import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.architecture.sources import tracked

pytestmark = pytest.mark.xdist_group("packaging")

ROOT = Path(__file__).resolve().parents[2]
STRANGER = re.compile(r"(^|/)(tests|instance|\.venv|__pycache__|key|conftest\.py)(/|$)|\.(pyc|db|map)$")
OPEN_SIGN_IN = """
import caseworker
from caseworker.app import create_app
from caseworker.config import Settings

answer = create_app(Settings.from_environment()).test_client().get("/sign-in")
print(caseworker.__file__)
print(answer.status_code)
print("<h1" in answer.text and "</html>" in answer.text)
"""


def run(*command: str | Path, folder: Path, **environment: str) -> str:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, f"{command[0]} failed: {done.stdout[-1000:]} {done.stderr[-3000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, folder=ROOT)
    built = list(folder.glob("caseworker-*.whl"))
    assert len(built) == 1
    return built[0]


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that holds the wheel and nothing of the checkout."""
    environment = tmp_path_factory.mktemp("installed") / "environment"
    run(sys.executable, "-m", "venv", "--without-pip", environment, folder=wheel.parent)
    programs = environment / "bin"
    pip: list[str | Path] = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        programs / "python",
        "--disable-pip-version-check",
    ]
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, folder=wheel.parent)
    own = run(
        programs / "python",
        "-c",
        "import sysconfig; print(sysconfig.get_path('purelib'))",
        folder=environment,
    )
    (Path(own.strip()) / "locked_parts.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return programs


def inside(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_every_file_beside_the_package_is_inside(wheel: Path) -> None:
    names = set(inside(wheel))
    paths = [path.relative_to(ROOT).as_posix() for path in tracked()]
    beside = [name for name in paths if name.startswith(("templates/", "migrations/", "seed_data/"))]
    assert {name.split("/")[0] for name in beside} == {"templates", "migrations", "seed_data"}
    assert [name for name in beside if f"caseworker/_resources/{name}" not in names] == []


def test_static_files_code_lists_and_parameters_are_inside(wheel: Path) -> None:
    names = inside(wheel)
    for start, ending in (
        ("caseworker/static/", ".css"),
        ("caseworker/static/", ".js"),
        ("caseworker/static/", ".woff2"),
        ("caseworker/core/code_lists/", ".csv"),
        ("caseworker/core/fonts/", ".ttf"),
        ("caseworker/valuation/", ".yaml"),
    ):
        assert [name for name in names if name.startswith(start) and name.endswith(ending)], (
            f"{start}*{ending}"
        )


def test_nothing_else_is_inside(wheel: Path) -> None:
    names = inside(wheel)
    roots = {name.split("/")[0] for name in names}
    assert len(roots) == 2, roots
    assert {root for root in roots if not root.endswith(".dist-info")} == {"caseworker"}
    assert [name for name in names if STRANGER.search(name)] == []


def test_it_says_its_version_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    said = run(installed / "caseworker", "--version", folder=tmp_path)
    assert "0.1.0" in said
    assert list(tmp_path.iterdir()) == []


def test_it_opens_its_sign_in_page_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    somebody = ("--email", "first@example.org", "--name", "First Administrator")
    run(installed / "caseworker", "setup", *somebody, folder=tmp_path)
    where, status, whole = run(installed / "python", "-c", OPEN_SIGN_IN, folder=tmp_path).split()
    assert Path(where).is_relative_to(installed.parent)
    assert (status, whole) == ("200", "True")
