"""The frame that every page stands in: what may never be missing, and what may never be asked of it."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django import forms
from django.template.loader import get_template, render_to_string

import resilience

ROOT = Path(resilience.__file__).parent
OURS = sorted(path.relative_to(ROOT / "templates") for path in (ROOT / "templates").rglob("*.html"))
REFUSALS = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]


class Asked(forms.Form):
    email = forms.EmailField(label="Your e-mail address", help_text="A private one.")
    time = forms.ChoiceField(
        label="When should we ring?", widget=forms.RadioSelect, choices=[("1", "Tuesday")]
    )


@pytest.mark.parametrize("name", OURS, ids=str)
def test_a_template_can_be_read(name):
    assert get_template(str(name))


@pytest.mark.parametrize("name", OURS, ids=str)
def test_a_template_obeys_the_strict_content_policy(name):
    text = (ROOT / "templates" / name).read_text()

    scripts = re.findall(r"<script(?![^>]*(?:src=|application/json))", text)

    assert (scripts, re.findall(r"\sstyle=|\son(?!ly)\w+=\"|<style", text)) == ([], [])


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_needs_neither_a_context_nor_a_database(name):
    page = render_to_string(name)

    assert page.count("<h1>") == 1
    assert '<html lang="en-gb"' in page
    assert 'href="/help-now/"' in page


@pytest.mark.parametrize("name", REFUSALS)
def test_a_refusal_speaks_plainly(name):
    words = re.sub(r"<[^>]+>", " ", render_to_string(name)).lower()

    assert [
        word for word in ("invalid", "please note", "!", "error", "forbidden", "resilience") if word in words
    ] == []


def test_a_moment_is_said_in_full_and_kept_for_machines():
    said = render_to_string("includes/time.html", {"at": datetime(2026, 11, 3, 14, 30, tzinfo=UTC)})

    assert said == ('<time datetime="2026-11-03T14:30:00Z">Tuesday 3 November, 2:30 pm (London time)</time>')


def test_a_moment_in_another_zone_names_that_place():
    at = datetime(2026, 7, 3, 23, 30, tzinfo=UTC)

    said = render_to_string("includes/time.html", {"at": at, "zone": "America/St_Johns"})

    assert "Friday 3 July, 9:00 pm (St Johns time)" in said


def test_what_was_typed_stays_and_the_message_stands_with_its_field():
    page = str(Asked({"email": "nurse"}))

    assert 'value="nurse"' in page
    assert 'aria-describedby="id_email_helptext id_email_error"' in page
    assert re.search(r'id="id_email_error"><li>.*Write an address like name@example.org.', page)


def test_radio_buttons_stand_in_a_fieldset_that_names_the_question():
    page = str(Asked())

    assert re.search(r"<fieldset[^>]*>\s*<legend>When should we ring\?</legend>", page)


def test_the_summary_leads_to_each_field():
    page = render_to_string("includes/error_summary.html", {"form": Asked({"email": "nurse"})})

    assert 'role="alert"' in page
    assert re.findall(r'href="#(\w+)"', page) == ["id_email", "id_time_0"]


def test_a_form_without_faults_has_no_summary():
    assert "error-summary" not in render_to_string("includes/error_summary.html", {"form": Asked()})


def test_a_support_route_can_be_rung_with_one_touch():
    route = {"label": "Samaritans", "text": "Someone to listen.", "phone": "116 123", "sms": "", "url": ""}

    card = render_to_string("includes/support_card.html", {"route": route})

    assert '<a href="tel:116123">Ring 116 123</a>' in card


def test_the_style_sheet_stays_under_20_kb():
    assert (ROOT / "static/resilience/site.css").stat().st_size < 20_000
