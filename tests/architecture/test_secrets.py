"""What holds secrets on the machine of a site stays out of git and out of the image."""

import re
import subprocess

import pytest

from tests.architecture import source

SECRET_PLACES = ("deploy/.env", "deploy/proxy/certificates/site.key", "var/secrets.env")
KEPT_OUT_OF_THE_IMAGE = {
    ".git", ".venv", ".uv", "var", "deploy/.env", "deploy/proxy/certificates",
}  # fmt: skip


def copied(containerfile: str) -> set[str]:
    """Return what the image takes from the folder that it is built in."""
    lines = re.findall(r"^COPY (?!--from)(.+) \S+$", containerfile, re.M)
    return {word for line in lines for word in line.split()}


def is_ignored(path: str) -> bool:
    asked = subprocess.run(["git", "check-ignore", "--quiet", "--no-index", path], cwd=source.ROOT)
    return asked.returncode == 0


@pytest.mark.parametrize("path", SECRET_PLACES)
def test_secrets_stay_out_of_git(path):
    assert is_ignored(path)


def test_what_holds_no_secret_is_not_ignored():
    assert not is_ignored("deploy/env.example")


def test_secrets_and_histories_stay_out_of_the_image():
    kept_out = set((source.ROOT / ".dockerignore").read_text().splitlines())

    assert KEPT_OUT_OF_THE_IMAGE - kept_out == set()


def test_the_image_takes_no_folder_that_may_hold_a_secret():
    taken = copied((source.ROOT / "deploy/Containerfile").read_text())

    assert "resilience" in taken
    assert taken & {".", "deploy", "deploy/", "deploy/proxy"} == set()


def test_the_proxy_is_given_nothing_of_the_product_but_the_file_of_help_now():
    compose = (source.ROOT / "deploy/compose.yaml").read_text()
    proxy = re.search(r"^  proxy:\n(?:    .*\n)+", compose, re.M).group()

    assert re.findall(r"- (\w+):/", proxy) == ["help"]


def test_a_folder_of_secrets_in_the_image_is_noticed():
    assert "deploy" in copied("COPY --from=packages /venv /venv\nCOPY deploy deploy\n")


def links(staged: str) -> list[str]:
    """Return what of `git ls-files --stage` is a link: one leads to a place on somebody's machine."""
    return [line.split("\t")[1] for line in staged.splitlines() if line.startswith("120000")]


def test_nothing_in_git_is_a_link_to_a_place_on_a_machine():
    told = subprocess.run(["git", "ls-files", "--stage"], cwd=source.ROOT, capture_output=True, text=True)

    assert links(told.stdout) == []


def test_a_link_in_git_is_noticed():
    assert links("120000 84a5282 0\t.venv\n100644 1c2b3d4 0\tREADME.md\n") == [".venv"]
