"""The contracts of the imports, shown a small house in which each is broken, so that they are seen to go red."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture import source

CONTRACTS = tomllib.loads((source.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
SOUND = {
    "resilience/telephony/twilio.py": "import twilio",
    "resilience/queue.py": "import django_q",
    "resilience/pdf.py": "import weasyprint",
    "resilience/urls.py": "import django\nimport wagtail\nimport content_pages.access",
    **{
        f"resilience/{place}.py": ""
        for place in (
            "wsgi", "accounts/roles", "privacy/keys", "audit/trail", "clock", "db", "listing", "page_tags", "languages",
            "ops/health", "measures/scoring", "evaluation/analysis", "coaching/availability", "coaching/outcomes",
        )
    },
    "content_pages/access.py": "import resilience.accounts.roles",
}  # fmt: skip
BREACHES = {
    "Inside resilience, imports flow down": ("resilience/privacy/keys.py", "import resilience.coaching.outcomes"),
    "The CMS sits on top of the domain": ("resilience/audit/trail.py", "import content_pages.access"),
    "Pages show and collect; they do not analyse, dial or operate": (
        "content_pages/a.py", "import resilience.ops.health",
    ),
    "Arithmetic is pure: no Django": ("resilience/measures/scoring.py", "import django"),
    "Only the adapter speaks to Twilio": ("resilience/coaching/a.py", "import twilio"),
    "Only the queue knows django-q2": ("resilience/coaching/b.py", "import django_q"),
    "Only one module makes PDFs": ("resilience/evaluation/a.py", "import weasyprint"),
}  # fmt: skip


def built(house: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        place = house / name
        place.parent.mkdir(parents=True, exist_ok=True)
        for folder in [*place.parents][: len(Path(name).parents) - 1]:
            (folder / "__init__.py").touch()
        place.write_text(text + "\n")


def verdicts(house: Path) -> dict[str, str]:
    """Return KEPT or BROKEN for each contract, of a house with the contracts of ours."""
    command = [
        Path(sys.executable).parent / "lint-imports",
        "--no-cache",
        "--config",
        source.ROOT / "pyproject.toml",
    ]
    said = subprocess.run(command, cwd=house, capture_output=True, text=True, timeout=120).stdout
    found = dict(re.findall(r"^(.+?) (KEPT|BROKEN)\b", said, re.M))
    assert found, said
    return found


def test_a_sound_house_keeps_every_contract(tmp_path):
    built(tmp_path, SOUND)

    assert verdicts(tmp_path) == {contract["name"]: "KEPT" for contract in CONTRACTS}


@pytest.mark.parametrize("name", [contract["name"] for contract in CONTRACTS])
def test_a_breach_of_each_contract_is_noticed(tmp_path, name):
    place, breach = BREACHES[name]
    built(tmp_path, {**SOUND, place: breach})

    assert verdicts(tmp_path)[name] == "BROKEN"


def test_a_package_that_no_layer_names_is_noticed(tmp_path):
    built(tmp_path, {**SOUND, "resilience/newcomers/a.py": ""})

    assert verdicts(tmp_path)["Inside resilience, imports flow down"] == "BROKEN"
