"""Group 30: every text there is, in every language, with the longest values that it can hold."""

import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings as configured
from django.utils import translation

from resilience.coaching import notices
from resilience.coaching import outbox as of_calls
from resilience.coaching.models import Booking
from resilience.coaching.ways import Way
from resilience.measures import outbox as of_pages
from resilience.messaging import outbox, texts
from resilience.telephony.simulator import shapes
from tests.factories.coaching import BookingFactory

pytestmark = pytest.mark.django_db
OF_CALLS = [kind for kind, handler in outbox._handlers.items() if isinstance(handler, of_calls._Text)]
OF_PAGES = [kind for kind, handler in outbox._handlers.items() if isinstance(handler, of_pages._PageMessage)]
LANGUAGES = [code for code, _name in configured.LANGUAGES]
SITE = "https://preparation.example-hospital.org"
A_LINK = re.compile(r"https://\S+")
CURLY = set("‘’“”«»–—…")
OF_HEALTH = re.compile(
    r"health|stress|burn.?out|wellbeing|well-being|resilien|coach|depress|anxi|sleep|counsel|therap|patient|"
    r"support|programme|evaluat|santé|épuis|bien-être|résilien|dépress|anxi|sommeil|thérap|soutien|soign|évalu",
    re.IGNORECASE,
)
MEASURED = pytest.mark.parametrize("code", LANGUAGES)


@pytest.fixture
def of_a_call(ada, settings):
    settings.PUBLIC_BASE_URL = SITE
    return lambda kind: {notices.words(kind, booked, now=now) for booked, now in on_many_days(ada)}


def on_many_days(ada):
    """Yield a call late in each month at the longest time of day, by telephone and another way, seen on four days."""
    made = BookingFactory(enrolment=ada)
    for month in range(1, 13):
        starts_at = datetime(2027, month, 28, 10, 50, tzinfo=UTC)
        for way in (Way.PHONE, Way.VIDEO):
            booked = Booking.objects.get(pk=made.pk)
            booked.starts_at, booked.ends_at, booked.way = starts_at, starts_at + timedelta(minutes=30), way
            for before in (timedelta(hours=1), timedelta(hours=20), timedelta(days=2), timedelta(days=30)):
                yield booked, starts_at - before


@pytest.fixture
def of_a_page(settings):
    settings.PUBLIC_BASE_URL = SITE

    def words(kind):
        longest = ("30 September", "30 septembre")
        return {
            outbox._handlers[kind].text(SimpleNamespace(minutes=minutes, last_day=day))
            for minutes in (1, 99)
            for day in longest
        }

    return words


def faults(said):
    sent = texts.plain(said)
    ends = [match.end() for match in A_LINK.finditer(sent)]
    found = {
        "more than two parts": shapes.segments(sent) > 2,
        "a sign that halves its room": not set(sent) <= shapes.GSM7 | shapes.GSM7_EXTENDED,
        "curly": bool(CURLY & set(sent)),
        "a link in two parts": shapes.segments(sent) > 1 and bool(ends) and ends[-1] > 153,
        "a link that something hangs on": any(sent[end - 1] in ".,;:)" for end in ends),
        "a line that breaks": "\n" in sent,
        "says what it is about": bool(OF_HEALTH.search(A_LINK.sub("", sent))),
        "a name is missing": "%(" in sent or "{{" in sent,
    }
    return [fault for fault, there in found.items() if there]


@MEASURED
@pytest.mark.parametrize("kind", OF_CALLS)
def test_group_30_a_text_about_a_call_fits_and_says_nothing_of_what_it_is_about(of_a_call, kind, code):
    with translation.override(code):
        said = of_a_call(kind)

    assert [(text, faults(text)) for text in said if faults(text)] == []


@MEASURED
@pytest.mark.parametrize("kind", OF_PAGES)
def test_group_30_a_text_about_a_page_fits_and_says_nothing_of_what_it_is_about(of_a_page, kind, code):
    with translation.override(code):
        said = of_a_page(kind)

    assert [(text, faults(text)) for text in said if faults(text)] == []


def test_group_30_every_kind_of_text_that_is_sent_is_looked_at():
    assert len(OF_CALLS) >= 10
    assert len(OF_PAGES) == 3


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        pytest.param("a" * 330, "more than two parts", id="long"),
        pytest.param("Привет", "a sign that halves its room", id="Cyrillic"),
        pytest.param("Wait…", "curly", id="an ellipsis"),
        pytest.param("a" * 140 + f" {SITE}/a/7Q2M4XKL/", "a link in two parts", id="a link at the seam"),
        pytest.param(f"See {SITE}/a/7Q2M4XKL/.", "a link that something hangs on", id="a full stop"),
        pytest.param("How is your stress?", "says what it is about", id="a word of health"),
    ],
)
def test_group_30_each_fault_is_found_where_it_is(said, fault):
    assert fault in faults(said)
