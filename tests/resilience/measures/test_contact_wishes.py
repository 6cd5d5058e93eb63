import pytest

from resilience.accounts.models import Role
from resilience.audit.models import AuditEvent
from resilience.measures import contact_wishes
from resilience.measures.models import ContactWish
from tests.factories.accounts import UserFactory

PAGE, LIST = "/my/measures/contact/", "/safeguarding/contact/"
SAID = {"how": "EMAIL", "safe_time": "After six"}


@pytest.fixture
def lead(db):
    return UserFactory(email="lead@example.org", roles=[Role.SAFEGUARDING_LEAD])


def test_asking_to_be_contacted_is_passed_on_to_the_leads_without_a_name(
    lead, as_participant, drain, mailoutbox
):
    answer = as_participant.post(PAGE, SAID)
    drain()

    assert answer.status_code == 302
    assert [mail.to for mail in mailoutbox] == [["lead@example.org"]]
    assert "ada" not in (mailoutbox[0].subject + mailoutbox[0].body).lower()


def test_a_lead_sees_who_it_is_only_after_taking_it_on(lead, ada, as_participant, sign_in):
    as_participant.post(PAGE, SAID)
    browser = sign_in(lead)
    before = browser.get(LIST).content.decode()

    taken = browser.post(f"{LIST}{ContactWish.objects.get().pk}/")
    after = browser.get(LIST).content.decode()

    assert taken.status_code == 302
    assert "ada@example.org" not in before
    assert "After six" not in before
    assert "ada@example.org" in after
    assert "After six" in after
    assert AuditEvent.objects.filter(event="contact_taken", actor_id=lead.pk).exists()


def test_a_second_lead_comes_too_late_and_never_sees_who_it_is(lead, as_participant, sign_in, tuesday):
    as_participant.post(PAGE, SAID)
    contact_wishes.take(ContactWish.objects.get(), by=lead, now=tuesday)
    other = sign_in(UserFactory(roles=[Role.SAFEGUARDING_LEAD]))

    answer = other.post(f"{LIST}{ContactWish.objects.get().pk}/")

    assert answer.status_code == 409
    assert "ada@example.org" not in answer.content.decode()


def test_a_lead_of_another_programme_finds_nothing(lead, as_participant, sign_in):
    as_participant.post(PAGE, SAID)
    other = sign_in(UserFactory(roles=[Role.SAFEGUARDING_LEAD], roles__programme="another"))

    assert b"Nobody waits" in other.get(LIST).content
    assert other.post(f"{LIST}{ContactWish.objects.get().pk}/").status_code == 404


def test_asking_twice_keeps_one_wish_and_writes_once(lead, as_participant, drain, mailoutbox):
    for safe_time in ("After six", "Before nine"):
        as_participant.post(PAGE, SAID | {"safe_time": safe_time})
    drain()

    assert ContactWish.objects.get().safe_time == "Before nine"
    assert len(mailoutbox) == 1


def test_what_nobody_takes_is_passed_on_again_after_four_hours_and_a_day_later(
    lead, as_participant, drain, mailoutbox, time_passes
):
    as_participant.post(PAGE, SAID)
    counted = []
    for hours in (0, 3, 1, 24, 24):
        time_passes(hours=hours)
        drain()
        counted.append(len(mailoutbox))

    assert counted == [1, 1, 2, 3, 3]
    assert mailoutbox[1].subject == "Somebody still waits for an answer"
    assert "ada" not in (mailoutbox[1].subject + mailoutbox[1].body).lower()


def test_once_it_is_taken_no_lead_is_told_again(
    lead, as_participant, drain, mailoutbox, tuesday, time_passes
):
    as_participant.post(PAGE, SAID)
    drain()
    contact_wishes.take(ContactWish.objects.get(), by=lead, now=tuesday)

    time_passes(hours=30)
    drain()

    assert len(mailoutbox) == 1


def test_where_nobody_could_take_it_the_page_says_that_it_was_not_passed_on(as_participant, db):
    answer = as_participant.post(PAGE, SAID)

    assert answer.status_code == 422
    assert "We could not pass this on" in answer.content.decode()
    assert "Samaritans" in answer.content.decode()
    assert "After six" in answer.content.decode()
    assert not ContactWish.objects.exists()
