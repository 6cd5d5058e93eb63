"""`make docs`: writes the generated documents anew; a test fails when one is older than the code.

The table of what is held about people follows from the field register.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FIELDS = ROOT / "resilience" / "privacy" / "README.md"
INTRODUCTION = """# What is held, why, and for how long

Made by `make docs` from the register that each app fills in `<app>/privacy.py`; a field that nobody classified fails
the tests. *Personal*: about somebody who can be found by it. *Pseudonymous*: about a respondent whose name stands
elsewhere. *Operational*: neither. Models of other packages stand in `third_party.py` with one entry each.

"""


def fields() -> str:
    """Return the document on fields, as it should be now."""
    from resilience.privacy import register

    rows = [row for row in register.rows() if row.kind != register.OPERATIONAL]
    lines = ["| model | field | class | what for | kept | on erasure |", "|---|---|---|---|---|---|"]
    lines += [
        f"| {row.model} | {row.field} | {row.kind} | {row.purpose} | {row.retention} | {row.erasure} |"
        for row in rows
    ]
    return INTRODUCTION + "\n".join(lines) + "\n"


def main() -> int:
    """Write each generated document; return 0."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "resilience.settings.test")
    import django

    django.setup()
    FIELDS.write_text(fields())
    print(FIELDS.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
