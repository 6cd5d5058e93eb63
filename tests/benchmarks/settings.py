"""Production settings on this machine, plus the bare views that serve as yardsticks."""

import os
from pathlib import Path

from cryptography.fernet import Fernet

_folder = Path(os.environ["BENCH_DIR"])
_key = _folder / "field-key"
if not _key.exists():
    _key.write_text(Fernet.generate_key().decode())

# Assigned, whatever the shell holds: nothing of anybody's is to be measured on, or filled with made-up people.
os.environ |= {
    "SECRET_KEY": "for measuring only: it guards made-up people in a folder that is thrown away",
    "FIELD_KEYS": _key.read_text(),
    "DATABASE_URL": f"sqlite:///{_folder / 'bench.sqlite3'}",
    "PUBLIC_BASE_URL": "https://bench.localhost",
    "VAR_DIR": str(_folder),
    "SERVER_TIMING": "1",
}

from resilience.settings.production import *  # noqa: E402, F403 - settings are composed this way

ROOT_URLCONF = "tests.benchmarks.urls"
STATIC_ROOT = _folder / "static"
TEMPLATES[0]["DIRS"].append(Path(__file__).parent / "templates")  # noqa: F405 - from production
