"""The environment: a start with something missing or odd ends with one line for each, all of them at once."""

import os
import subprocess
import sys

import pytest
from cryptography.fernet import Fernet

from resilience.settings import applied, env
from tests.architecture import source

WHOLE = {
    "SECRET_KEY": "s" * 40,
    "FIELD_KEYS": Fernet.generate_key().decode(),
    "DATABASE_URL": "postgresql://resilience:word@database/resilience",
    "PUBLIC_BASE_URL": "https://programme.example.org",
    "EMAIL_HOST": "mail.example.org",
    "EMAIL_FROM": "no-reply@programme.example.org",
    "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
    "TWILIO_AUTH_TOKEN": "word",
    "TWILIO_NUMBER": "+442079460123",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch) -> pytest.MonkeyPatch:
    """An environment with all that a site needs, and nothing from outside."""
    for name in env.Environment.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(f"{name.upper()}_FILE", raising=False)
    for name, value in WHOLE.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def refused(capsys, **more) -> list[str]:
    """Return the lines that a start ends with."""
    with pytest.raises(SystemExit) as ended:
        env.load(**more)
    assert ended.value.code == 1
    return capsys.readouterr().err.splitlines()


def start(**changed: str) -> subprocess.CompletedProcess:
    """Import the settings of a site with real people in a process of its own."""
    names = "p.EMAIL_PORT, p.ALLOWED_HOSTS, p.SECURE_REDIRECT_EXEMPT"
    asked = f"from resilience.settings import production as p; print({names})"
    known = {"PATH": os.environ["PATH"], **WHOLE, **changed}
    return subprocess.run(
        [sys.executable, "-c", asked], cwd=source.ROOT, env=known, capture_output=True, text=True
    )


def test_a_whole_environment_is_taken():
    assert env.load(required=list(WHOLE)).email_host == "mail.example.org"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DATABASE_URL", "nonsense", "only PostgreSQL and SQLite are known"),
        ("DATABASE_URL", "mysql://root@localhost/x", "only PostgreSQL and SQLite are known"),
        ("DATABASE_URL", "postgresql://database", "it names no database"),
        ("DATABASE_URL", "postgresql://database:port/x", "it names no database"),
        ("LOG_LEVEL", "LOUD", "'DEBUG', 'INFO'"),
        ("EMAIL_PORT", "smtp", "integer"),
        ("PUBLIC_BASE_URL", "programme.example.org", "URL"),
        ("TWILIO_NUMBER", "020 7946 0123", "write the whole number"),
        ("REDIS_URL", "localhost", "write redis://"),
        ("SENTRY_DSN", "https://reports.example.org", "write it as the service shows it"),
        ("FIELD_KEYS", "short", "32 bytes"),
    ],
)
def test_an_odd_setting_is_told_in_one_line_without_its_value(environment, capsys, name, value, words):
    environment.setenv(name, value)

    (line,) = refused(capsys)
    assert line.startswith(f"{name} cannot be used: ")
    assert words in line


@pytest.mark.parametrize("name", ["DATABASE_URL", "SECRET_KEY", "PUBLIC_BASE_URL"])
def test_an_empty_setting_is_a_missing_one(environment, capsys, name):
    environment.setenv(name, "")

    assert refused(capsys) == [f"{name} is not set. Set it in the environment (see deploy/env.example)."]


def test_an_empty_setting_leaves_the_default(environment):
    environment.setenv("DATABASE_URL", "")

    assert env.load(database_url="sqlite:////tmp/x").database_url == "sqlite:////tmp/x"


def test_the_level_of_the_log_may_be_written_small(environment):
    environment.setenv("LOG_LEVEL", "debug")

    assert env.load().log_level == "DEBUG"


def test_every_file_that_cannot_be_read_is_told(environment, capsys, tmp_path):
    for name in ("SECRET_KEY", "FIELD_KEYS"):
        environment.delenv(name)
        environment.setenv(f"{name}_FILE", str(tmp_path / name))

    lines = refused(capsys)

    assert [line.partition(":")[0] for line in lines] == ["SECRET_KEY_FILE", "FIELD_KEYS_FILE"]


def test_a_file_gives_its_content(environment, tmp_path):
    (tmp_path / "url").write_text("postgresql://database/other\n")
    environment.setenv("DATABASE_URL_FILE", str(tmp_path / "url"))

    assert env.load().database_url == "postgresql://database/other"


def test_a_site_with_real_people_starts_with_what_it_needs():
    started = start(ALLOWED_HOSTS="one.example.org, two.example.org ,", EMAIL_PORT="465")

    assert started.stdout.startswith("465 ['one.example.org', 'two.example.org'] "), started.stderr
    assert "'^metrics$'" in started.stdout  # asked on loopback, where nothing speaks TLS


def test_a_site_with_real_people_is_told_all_that_is_missing_and_odd_at_once(tmp_path):
    ended = start(
        EMAIL_HOST="", TWILIO_NUMBER="", TWILIO_AUTH_TOKEN="", TWILIO_ACCOUNT_SID="", LOG_LEVEL="LOUD",
        DATABASE_URL="", SECRET_KEY_FILE=str(tmp_path / "none"),
    )  # fmt: skip

    lines = ended.stderr.splitlines()
    assert ended.returncode == 1
    assert {line.split()[0].rstrip(":") for line in lines} == {
        "EMAIL_HOST", "TWILIO_NUMBER", "TWILIO_AUTH_TOKEN", "TWILIO_ACCOUNT_SID", "LOG_LEVEL", "DATABASE_URL",
        "SECRET_KEY_FILE",
    }  # fmt: skip
    assert len(lines) == 7


@pytest.mark.parametrize(
    ("port", "user", "ssl", "starttls"),
    [
        ("465", "site", True, False),
        ("465", "", True, False),
        ("587", "site", False, True),
        ("587", "", False, True),
        ("25", "site", False, True),
        ("25", "", False, False),
    ],
)
def test_mail_is_sealed_on_its_way_but_to_a_relay_that_asks_nobody(environment, port, user, ssl, starttls):
    environment.setenv("EMAIL_PORT", port)
    environment.setenv("EMAIL_USER", user)

    found = applied.mail(env.load())

    assert (found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (ssl, starttls)
