"""A site with real people carries no part of the demonstration, and says so before it starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from tests.architecture import source

ASK = """
import django
django.setup()
from django.conf import settings
from django.urls import resolve
print(settings.DEMONSTRATION, settings.DEBUG, "resilience.demo" in settings.INSTALLED_APPS, resolve("/demo/").view_name)
"""
PLANTED = """
from resilience.settings.production import *
INSTALLED_APPS = [*INSTALLED_APPS, "resilience.demo"]
"""


@pytest.fixture
def start(tmp_path: Path):
    """Run Python in an environment as an operator's: `start("production", "-c", ASK, PUBLIC_BASE_URL=None)`."""
    (tmp_path / "planted.py").write_text(PLANTED)

    def run(module: str, *arguments: str, **differs: str | None) -> subprocess.CompletedProcess:
        operators = {
            "DJANGO_SETTINGS_MODULE": module, "PYTHONPATH": f"{source.ROOT}:{tmp_path}", "VAR_DIR": str(tmp_path),
            "PATH": os.environ["PATH"], "SECRET_KEY": "s" * 50, "FIELD_KEYS": Fernet.generate_key().decode(),
            "DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3", "PUBLIC_BASE_URL": "https://programme.example.org",
            "EMAIL_HOST": "mail.example.org", "EMAIL_FROM": "programme@example.org", "TWILIO_NUMBER": "+442079460123",
            "TWILIO_ACCOUNT_SID": "AC" + "0" * 32, "TWILIO_AUTH_TOKEN": "t" * 32,
        }  # fmt: skip
        given = {name: value for name, value in {**operators, **differs}.items() if value is not None}
        return subprocess.run(
            [sys.executable, *arguments],
            env=given,
            cwd=source.ROOT,
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


def test_production_has_no_part_of_the_demonstration(start):
    answer = start("resilience.settings.production", "-c", ASK)

    assert answer.stdout.split() == ["False", "False", "False", "wagtail_serve"], answer.stderr


def test_the_same_question_finds_the_demonstration_where_it_is(start):
    answer = start("resilience.settings.demo", "-c", ASK, PUBLIC_BASE_URL=None, DATABASE_URL=None)

    assert answer.stdout.split() == ["True", "False", "True", "demo:desk"], answer.stderr


def test_production_passes_the_systems_own_checks(start):
    answer = start("resilience.settings.production", "manage.py", "check", "--tag", "security")

    assert answer.returncode == 0, answer.stderr


def test_production_with_a_part_of_the_demonstration_does_not_start(start):
    answer = start("planted", "manage.py", "check", "--tag", "security")

    assert answer.returncode == 1
    assert "accounts.E001" in answer.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEYS", "DATABASE_URL", "PUBLIC_BASE_URL"])
def test_production_without_a_setting_it_needs_does_not_start_and_names_it(start, name):
    answer = start("resilience.settings.production", "-c", ASK, **{name: None})

    assert answer.returncode == 1
    assert name in answer.stderr
