"""What the documents say is there is there: targets, commands, settings, addresses; and the locks are clean."""

import re

import pytest
from django.conf import settings
from django.core.management import get_commands

from resilience.accounts import addresses
from resilience.settings.env import Environment
from tests import documents
from tests.architecture import source

DOCUMENTS = sorted(
    path
    for path in [
        *source.ROOT.glob("*.md"),
        *source.ROOT.glob("docs/**/*.md"),
        *source.ROOT.glob("deploy/*.md"),
    ]
    if path.name != "CHANGELOG.md"
)
LOCKS = ("requirements.lock", "requirements-dev.lock")
EXAMPLE = source.ROOT / "deploy/env.example"
INTERFACES = source.ROOT / "docs/interfaces.md"
OF_THE_CONTAINERS = {"POSTGRES_PASSWORD", "SITE_HOST", "WEB_WORKERS"}  # read by deploy/, not by the product


def later(kind: str) -> set[str]:
    """Return what section 9 of the interfaces names as not built yet: addresses, commands or targets."""
    line = re.search(rf"^- {kind}: (.*)$", INTERFACES.read_text(), re.M)
    return set(re.findall(r"`([^`]+)`", line.group(1)))


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (source.ROOT / "Makefile").read_text(), re.M))


def named_targets(text: str) -> set[str]:
    """Return what a document asks a reader to `make`."""
    inline = re.findall(r"`(?:[A-Z]+=\S+ )*make ([a-z][a-z-]+)", text)
    return {*inline, *re.findall(r"^(?:\$ )?make ([a-z][a-z-]+)", text, re.M)}


def named_commands(text: str) -> set[str]:
    return set(re.findall(r"manage\.py ([a-z_]+)", text))


def variables(example: str) -> set[str]:
    """Return the variables that the text of an example names, also where a line waits behind a #."""
    return set(re.findall(r"^#? ?([A-Z][A-Z_]+)=", example, re.M))


def unsaid(example: str) -> set[str]:
    """Return the settings that an example leaves out."""
    return {name.upper() for name in Environment.model_fields} - variables(example)


def unread(example: str) -> set[str]:
    """Return what an example names and nobody reads."""
    return variables(example) - {name.upper() for name in Environment.model_fields} - OF_THE_CONTAINERS


def dirty(lock: str) -> list[str]:
    """Return the lines of a lock that name an index, an address or a place on a machine."""
    return [
        line
        for line in lock.splitlines()
        if re.search(r"://|--(?:extra-)?index|--find-links|@ ?/|file:", line)
    ]


def promised(text: str) -> set[str]:
    """Return the addresses that the interfaces name in their sections on addresses, demonstration and callbacks."""
    sections = re.split(r"^## ", text, flags=re.M)
    chosen = "".join(
        one for one in sections if re.match(r"(?:2\. Addresses|3\. The demo|8\. Callbacks)", one)
    )
    return {found.split("?")[0] for found in re.findall(r"`(?:[A-Z]+ )?(/[^`\s]*)`", chosen)} | {
        "/demo/clock/"
    }


def shape(path: str) -> str:
    return re.sub(r"<[^>]+>", "<>", path)


@pytest.fixture(scope="module")
def there() -> set[str]:
    """The shapes of every address; a prefix that is handed to another package counts as itself."""
    found = {shape(each.path) for each in addresses.every()}
    others = {f"/{code}/" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE}
    return (
        found
        | others
        | {
            "/demo/",
            "/demo/sign-in/",
            "/demo/clock/",
            "/",
        }
    )  # of the demonstration's own settings, tested there


@pytest.mark.parametrize("path", DOCUMENTS, ids=source.name)
def test_targets_that_a_document_names_exist(path):
    assert named_targets(path.read_text()) - targets() - later("targets") == set()


@pytest.mark.parametrize("path", DOCUMENTS, ids=source.name)
def test_commands_that_a_document_names_exist(path):
    assert named_commands(path.read_text()) - set(get_commands()) - later("commands") == set()


def test_a_target_that_is_not_there_is_noticed():
    assert named_targets("Run `make sandwich` and then\nmake tea\n") == {"sandwich", "tea"}


def test_what_is_not_built_yet_is_not_there(there):
    assert later("targets") & targets() == set()
    assert later("commands") & set(get_commands()) == set()
    assert {shape(path) for path in later("addresses")} & there == set()


def test_the_listings_of_the_interfaces_are_commands():
    listings = set(re.findall(r"`(list_[a-z]+)`", INTERFACES.read_text()))

    assert listings - set(get_commands()) - later("commands") == set()


def test_the_addresses_of_the_interfaces_are_there(there):
    expected = {shape(path) for path in promised(INTERFACES.read_text()) - later("addresses")}

    missing = {
        path for path in expected if path not in there and not any(known.startswith(path) for known in there)
    }

    assert len(expected) > 30
    assert missing == set()


def test_an_address_that_nobody_built_is_noticed(there):
    assert shape("/my/horoscope/<uuid>/") not in there


def test_every_setting_is_in_the_example():
    assert unsaid(EXAMPLE.read_text()) == set()


def test_the_example_names_no_setting_that_nobody_reads():
    assert unread(EXAMPLE.read_text()) == set()


def test_a_setting_that_the_example_forgot_or_made_up_is_noticed():
    planted = EXAMPLE.read_text().replace("FIELD_KEYS=", "FIELD_KEY=")

    assert unsaid(planted) == {"FIELD_KEYS"}
    assert unread(planted) == {"FIELD_KEY"}


def test_the_settings_of_the_interfaces_are_read():
    section = re.search(r"## 4\. Settings.*?(?=^## 5)", INTERFACES.read_text(), re.S | re.M).group()
    named = set(re.findall(r"`([A-Z][A-Z_]+)`", section)) - {"NAME_FILE"}

    assert named - {name.upper() for name in Environment.model_fields} == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_locks_name_no_index_and_no_place(lock):
    text = (source.ROOT / lock).read_text()

    assert dirty(text) == []
    assert "--hash=sha256:" in text


@pytest.mark.parametrize(
    "line", ["--index-url https://packages.example/simple", "thing @ file:///tmp/thing.whl"]
)
def test_a_dirty_line_in_a_lock_is_noticed(line):
    assert dirty(line) == [line]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_is_pinned_and_hashed(lock):
    starts = [line for line in (source.ROOT / lock).read_text().splitlines() if re.match(r"[a-z0-9]", line)]

    assert starts
    assert [line for line in starts if "==" not in line or not line.endswith("\\")] == []


def test_generated_documents_are_as_new_as_the_code():
    assert documents.FIELDS.read_text() == documents.fields(), "run `make docs`"
