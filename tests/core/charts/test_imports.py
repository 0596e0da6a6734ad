"""A page that draws a chart does not pay for the PDF library."""

import subprocess
import sys


def test_charts_load_without_reportlab() -> None:
    code = "import sys, caseworker.core.charts; sys.exit('reportlab' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
