"""The report of the synthetic cohort, word for word. After a change that is meant:

    WRITE_GOLDEN=1 python -m pytest tests/resilience/evaluation/reports/test_golden.py

and read the difference before committing it.
"""

import os
import re
from pathlib import Path

GOLDEN = Path(__file__).parents[3] / "golden" / "report.html"


def words_of(html: str) -> str:
    """The document without its style sheet and without the drawings, whose words stand in their `alt`."""
    html = re.sub(r"<style>.*?</style>", "<style></style>", html, flags=re.DOTALL)
    html = re.sub(r'src="data:image/svg\+xml;base64,[^"]+"', 'src=""', html)
    return re.sub(r"\n\s*\n+", "\n", html)


def test_the_report_says_what_it_said_before(made):
    found = words_of(made.html)
    if os.environ.get("WRITE_GOLDEN"):
        GOLDEN.write_text(found)

    assert found == GOLDEN.read_text()
