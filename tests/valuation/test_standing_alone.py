"""The library needs nothing of the rest, and does not bring pandas in until somebody passes a frame."""

import json
import subprocess
import sys

import pytest

UNWANTED = ("flask", "sqlalchemy", "wtforms", "reportlab", "xlsxwriter", "pandas", "caseworker.core")


@pytest.mark.parametrize(
    "module",
    [
        "caseworker.valuation",
        "caseworker.valuation.impact_map",
        "caseworker.impact.impact_map",
    ],
)
def test_importing_brings_in_none_of_the_heavy_parts(module: str) -> None:
    script = f"import {module}, json, sys; print(json.dumps(sorted(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = json.loads(found.stdout)
    assert "numpy" in loaded
    assert [name for name in UNWANTED if name in loaded] == []
