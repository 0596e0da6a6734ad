"""What the web server loads when it starts."""

import subprocess
import sys

from tests.architecture.sources import ROOT

SLOW = ("pandas", "numpy", "reportlab", "xlsxwriter", "yaml", "holidays.countries")
LOAD_ALL = "import sys, caseworker.app, caseworker.cli; print(*sorted(sys.modules))"
LOAD_VALUATION = "import sys, caseworker.valuation; print(*sorted(sys.modules))"


def loaded(program: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return set(done.stdout.split())


def test_the_web_does_not_wait_for_data_frames_or_pdf() -> None:
    modules = loaded(LOAD_ALL)
    assert "caseworker.core.db" in modules
    assert [name for name in SLOW if name in modules] == []


def test_the_valuation_library_loads_without_the_web() -> None:
    modules = loaded(LOAD_VALUATION)
    assert "caseworker.valuation" in modules
    assert [name for name in ("flask", "sqlalchemy", "reportlab") if name in modules] == []
