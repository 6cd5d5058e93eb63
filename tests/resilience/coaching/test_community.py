"""What coaches write to one another is looked through first; they meet; they say which training they want."""

from datetime import timedelta

import pytest

from resilience.accounts.models import Role
from resilience.coaching import community, interests, scanning
from resilience.coaching.development_models import PeerSupervision, Post
from tests.factories.accounts import UserFactory
from tests.factories.coaching import CoachFactory
from tests.resilience.coaching.conftest import words


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("I rang 07700 900123 twice", ["phone"]),
        ("Write to ada@example.org", ["email"]),
        ("It was on 3 November.", ["date"]),
        ("It was on 03/11/2026, at 14:30", ["date", "date"]),
        ("She said last Tuesday was the worst", ["date"]),
        ("Then Ada told me about it", ["name"]),
        ("A nurse called Siân O’Brien rang", ["name", "name"]),
        ("Dr Patel was on", ["name"]),
        ("The record is 4839201", ["code"]),
    ],
)
def test_what_may_lead_to_somebody_is_seen(text, kinds):
    assert [finding.kind for finding in scanning.scan(text)] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "How do you keep silences? I count to 5 and wait.",
        "Somebody asked me for advice. What do you say then?\nI said “You know your ward.” It helped.",
        "I now ask first, What would you like to talk about?",
        "My question was ‘Anything else?’ - and then silence",
        "After 10 calls I still talk too much, 2 minutes in 3.",
    ],
)
def test_what_leads_to_nobody_passes(text):
    assert scanning.scan(text) == []


@pytest.fixture
def here(ben):
    return ben.programmes.get()


@pytest.mark.django_db
def test_a_post_with_a_name_is_sent_only_once_its_writer_is_sure(as_coach, here):
    url, typed = f"/coach/community/{here.slug}/", {"words": "Then Ada told me everything."}

    warned = as_coach.post(url, typed)
    before = Post.objects.count()
    as_coach.post(url, typed | {"sure": "on"})

    assert (warned.status_code, before, Post.objects.count()) == (422, 0, 1)
    assert "This may be somebody&#x27;s name: “Ada”" in words(warned)
    assert "Then Ada told me everything." in words(warned)


@pytest.mark.django_db
def test_posts_are_read_by_coaches_of_the_programme_and_taken_down_by_writer_or_lead(
    ben, here, sign_in, tuesday
):
    post = community.post(programme=here, coach=ben, words="how do you wait?", sure=False, now=tuesday)
    meera, far = CoachFactory(programmes=[here]), CoachFactory(programmes=[])
    lead = UserFactory(roles=[Role.COACH_LEAD])
    page, off = f"/coach/community/{here.slug}/", f"/coach/community/{here.slug}/posts/{post.pk}/"

    assert "how do you wait?" in words(sign_in(meera.user).get(page))
    assert sign_in(far.user).get(page).status_code == 404
    assert sign_in(meera.user).post(off).status_code == 404
    assert sign_in(lead).post(off).status_code == 302
    assert community.posts(here) == []


@pytest.mark.django_db
def test_coaches_set_a_meeting_come_to_it_and_call_their_own_off(ben, here, as_coach, sign_in, tuesday):
    meera = CoachFactory(programmes=[here], shown_name="Meera")
    day = tuesday.date() + timedelta(days=3)
    url = f"/coach/community/{here.slug}/"
    past = as_coach.post(f"{url}meet/", {"day": "2026-11-01", "time": "12:00", "place": "Room 4"})
    as_coach.post(f"{url}meet/", {"day": str(day), "time": "12:00", "place": "Room 4"})
    meeting = PeerSupervision.objects.get()
    hers = sign_in(meera.user)

    hers.post(f"{url}meetings/{meeting.pk}/", {"do": "come"})
    coming = {coach.shown_name for coach in meeting.coming.all()}
    not_hers = hers.post(f"{url}meetings/{meeting.pk}/", {"do": "off"}).status_code
    as_coach.post(f"{url}meetings/{meeting.pk}/", {"do": "off"})

    assert (past.status_code, coming, not_hers) == (422, {"Ben", "Meera"}, 404)
    assert community.meetings([here], now=tuesday) == []


@pytest.mark.django_db
def test_interest_in_training_is_counted_by_role_and_the_newest_answer_stands(
    as_coach, ben, here, sign_in, tuesday
):
    lead = UserFactory(roles=[Role.COACH_LEAD])
    interests.say(user=lead, programme=here, role=Role.COACH_LEAD, topics=["TRAINING"], now=tuesday)
    interests.say(
        user=CoachFactory(programmes=[here]).user,
        programme=here,
        role=Role.COACH,
        topics=["NONE"],
        now=tuesday,
    )
    for topics in (["SYSTEM"], ["COACHING", "SYSTEM"]):
        as_coach.post(f"/coach/community/{here.slug}/training/", {"topics": topics})

    table = interests.table(here)

    assert table.roles == (("coach", 2), ("coach lead", 1))
    assert table.rows[0].cells == ((1, 50.0), (0, 0.0))
    assert "1 (50 %)" in words(sign_in(lead).get("/manage/coaches/training/"))
