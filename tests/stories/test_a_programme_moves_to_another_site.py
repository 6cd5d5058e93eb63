"""A pack written on one site makes the same programme on an empty one, and a participant finishes it there."""

import re
import tomllib
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client

from content_pages import outline
from content_pages.models import HomePage, ProgrammePage
from resilience.coaching import guides
from resilience.demo import load, pages
from resilience.measures import grid
from resilience.organisations.models import Organisation
from resilience.participants import consent
from resilience.participants.models import Cohort, Enrolment, Programme

ADDRESS = "grace@example.org"


def demonstration(now) -> Programme:
    """Make the demonstration's programme as it is loaded, without its people."""
    words = tomllib.loads((load.FOLDER / "programme.toml").read_text())
    staff = {name: load._staff(name, role, now=now) for name, role in load.STAFF.items()}
    hospitals, _university = [load._organisation(facts, staff, now=now) for facts in words["organisations"]]
    programme = load._programme(words, hospitals)
    grid.plan(programme)
    guides.load(
        programme=programme, role=words["coach_role_html"], guidance=words["coach_guidance_html"],
        calls=words["call_guide"],
    )  # fmt: skip
    consent.publish(programme=programme, information=words["information_sheet_html"].strip(), now=now)
    pages.load(programme=programme, folder=load.FOLDER)
    return programme


def moved(folder: Path, another_site, now) -> tuple[bytes, bytes]:
    """Return the pack of one site, and that of the site which was made from it."""
    demonstration(now)
    first, second = folder / "first.zip", folder / "second.zip"
    call_command("export_pack", programme="demonstration", out=first)
    another_site()
    assert not Organisation.objects.exists()
    assert not HomePage.objects.exists()
    call_command("import_pack", str(first))
    call_command("export_pack", programme="demonstration", out=second)
    return first.read_bytes(), second.read_bytes()


@pytest.mark.postgres_too
def test_what_was_brought_in_is_written_out_again_byte_for_byte(tmp_path, another_site, tuesday, capsys):
    first, second = moved(tmp_path, another_site, tuesday)

    assert first == second
    assert str(tmp_path / "second.zip") in capsys.readouterr().out


def code() -> str:
    return re.search(r"\d{6}", mail.outbox[-1].body).group()


def join(phone: Client) -> Enrolment:
    phone.post("/join/")
    phone.post("/join/address/", {"email": ADDRESS})
    answer = phone.post("/join/code/", {"code": code()})
    phone.post(answer.url, {"device": "own"})
    phone.post("/join/consents/", {"take_part": "on"})
    phone.post("/join/about-you/", {"profession": "nurse"})
    phone.post("/join/readiness/?way", {"way": "START"})
    return Enrolment.objects.get(participant__user__email=ADDRESS)


def test_a_participant_finishes_the_programme_on_the_other_site(tmp_path, another_site, tuesday):
    moved(tmp_path, another_site, tuesday)
    programme = Programme.objects.get()
    Cohort.objects.create(programme=programme, name="Here", opens_on=tuesday.date(), open_enrolment=True)
    phone = Client()
    assert "Steady Ground" in phone.get("/").content.decode()
    assert phone.get("/first-days/").status_code == 200
    enrolment = join(phone)
    assert "Being human at work" in phone.get("/my/").content.decode()

    for module in outline.read(programme.slug).modules:
        assert phone.get(module.url).status_code == 200
        for activity in module.activities:
            assert phone.get(activity.url).status_code == 200
            phone.post(activity.url, {"do": "done"})

    enrolment.refresh_from_db()
    assert enrolment.modules_done_at is not None
    assert "That was the last part" in phone.get("/my/").content.decode()
    assert ProgrammePage.objects.get().get_children().count() == 5
