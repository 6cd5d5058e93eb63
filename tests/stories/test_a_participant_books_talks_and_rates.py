"""From the offer to both sides' answers: pages, outbox and telephone network together, each message counted where
it arrived."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from resilience.coaching import guides
from resilience.coaching.models import Booking, Call, Outcome
from resilience.measures.models import Anchor, Occasion, Response
from resilience.messaging import optouts
from tests.factories.measures import OccasionFactory, ResponseFactory, TimepointFactory
from tests.plugins.time import TUESDAY

pytestmark = pytest.mark.django_db
ADAS_NUMBER, BENS_NUMBER = "+447700900123", "+442079460111"


@pytest.fixture
def town(ada, ben, telephone, drain, time_passes, sign_in):
    """Ada has answered the short page before the calls; Ben has hours; time moves for everything at once."""
    participant = ada.participant
    participant.phone, participant.phone_index = ADAS_NUMBER, optouts.index(ADAS_NUMBER)
    participant.phone_takes_texts = True
    participant.phone_confirmed_at = TUESDAY
    participant.save()
    programme = ada.cohort.programme
    programme.calls_offered = 1
    programme.save()
    t2 = TimepointFactory(programme=programme, key="t2", position=2, anchor=Anchor.MODULES_DONE)
    TimepointFactory(programme=programme, key="t3", position=3, anchor=Anchor.CALLS_DONE, asks=["who5"])
    occasion = OccasionFactory(respondent=ada.respondent, timepoint=t2, instrument="coping_confidence")
    ResponseFactory(respondent=ada.respondent, occasion=occasion, instrument="coping_confidence")
    guides.load(programme=programme, role="<p>A coach asks and listens.</p>", guidance="", calls=[])
    return Town(telephone, drain, time_passes, sign_in, ada, ben)


class Town:
    def __init__(self, network, drain, time_passes, sign_in, ada, ben):
        self.network, self.drain, self.time_passes, self.sign_in = network, drain, time_passes, sign_in
        self.people = {"ada": ada.participant.user, "ben": ben.user}
        self.handset = {"ada": network.handset(ADAS_NUMBER), "ben": network.handset(BENS_NUMBER)}

    def go_on(self, **length: float) -> None:
        """Let time pass, then everything happen that follows from it."""
        if length:
            self.network.pass_time(timedelta(**length).total_seconds())
            self.time_passes(**length)
        for _ in range(4):
            self.drain()
            self.network.settle()

    def browser(self, name: str) -> Client:
        """A browser in which this person has just signed in."""
        return self.sign_in(self.people[name])

    def picks_up(self, name: str) -> None:
        self.handset[name].answer()
        self.handset[name].press("1")
        self.go_on()


def seen(answer) -> str:
    return answer.content.decode()


def test_a_participant_books_talks_and_rates_and_the_questions_after_the_calls_follow(town, ada, ben):
    # The offer, the times, the booking.
    browser = town.browser("ada")
    assert "A coach asks and listens." in seen(browser.get("/calls/"))
    times = seen(browser.get("/calls/times/?coach=ben"))
    form = {
        "time": re.findall(r'name="time"[^>]*value="([^"]+)"', times)[3],
        "request": re.search(r'name="request" value="([^"]+)"', times)[1],
    }
    answers = [browser.post("/calls/", form) for _ in range(2)]
    booked = Booking.objects.get()
    assert {answer.url for answer in answers} == {f"/calls/{booked.pk}/"}
    assert booked.starts_at.isoformat() == "2026-11-03T14:20:00+00:00"

    # The confirmations: one text, one e-mail to each, counted where they arrive.
    town.go_on()
    assert len(town.handset["ada"].messages) == 1
    assert sorted(letter.to[0] for letter in mail.outbox) == ["ada@example.org", "ben@example.org"]

    # The short link of the text leads to the page, which moves the call by forty minutes.
    link = re.search(r"http://testserver(/a/\w+/)", town.handset["ada"].messages[0])[1]
    assert browser.get(link).url == f"/calls/{booked.pk}/"
    browser.post(f"/calls/{booked.pk}/move/", {"time": "ben@2026-11-03T15:00:00Z"})
    town.go_on()
    assert mail.outbox[-1].subject == "Your appointment has changed"

    # The hour before, then the time itself: the old time rings nobody.
    town.go_on(hours=4, minutes=20)
    assert town.handset["ada"].messages[-1].startswith("Today at 3:00 pm we ring")
    assert town.network.calls == []
    town.go_on(minutes=40)
    town.picks_up("ben")
    town.picks_up("ada")
    assert (town.handset["ada"].state, town.handset["ben"].state) == ("IN_CALL", "IN_CALL")
    assert {room.status for room in town.network.rooms} == {"in-progress"}

    # Twenty-seven minutes later they hang up: the notices make the outcome.
    town.go_on(minutes=27)
    town.handset["ada"].hang_up()
    town.handset["ben"].hang_up()
    town.go_on()
    assert list(Call.objects.values_list("outcome", "minutes")) == [(Outcome.FULFILLED, 27.0)]

    # Each side answers its own short page.
    town.go_on(minutes=6)
    assert "A short page is ready for you" in town.handset["ada"].messages[-1]
    mine = town.browser("ada").post(
        f"/calls/{booked.pk}/rate/", {"relationship_participant-1": "5", "call_feedback-1": "4"}
    )
    theirs = town.browser("ben").post(
        f"/coach/calls/{booked.pk}/", {"outcome": "FULFILLED", "minutes": "27", "relationship_coach-1": "3"}
    )
    assert (mine.status_code, theirs.status_code) == (302, 302)
    kept = Response.objects.filter(instrument__startswith="relationship").values_list("respondent", "answers")
    assert sorted(kept, key=str) == sorted(
        [(ada.respondent_id, {"1": 5}), (ben.respondent_id, {"1": 3})], key=str
    )

    # It was the only call: what is asked after the calls has fallen due.
    assert Occasion.objects.filter(respondent=ada.respondent, timepoint__key="t3").count() == 1
    assert "You have had your calls." in seen(town.browser("ada").get("/calls/"))

    # Nothing went out twice, and nobody's number stands in anybody else's messages.
    texts = [text.body for text in town.network.messages]
    assert len(texts) == len(set(texts)) == 5  # the last is of the questions after the calls
    assert len(town.network.calls) == 2
    everything = "\n".join([*texts, *[letter.body for letter in mail.outbox]])
    assert not [number for number in (ADAS_NUMBER[3:], BENS_NUMBER[3:], "7946 0111") if number in everything]
