"""People who were drawn are written to once, in neutral words; who stopped or took it back gets nothing."""

from datetime import datetime

import pytest
from django.core import mail

from resilience.evaluation.interviews import drawing, inviting
from resilience.evaluation.models import InterviewDraw, InterviewPick, InterviewReply
from resilience.journeys import consenting, pausing, withdrawing
from resilience.messaging import outbox
from resilience.messaging.models import Outgoing
from resilience.participants.models import Enrolment, Purpose, Withdrawal

pytestmark = pytest.mark.django_db
INTERVIEW = "/my/interview/"


@pytest.fixture
def drawn(ada, evaluation, chi, tuesday) -> InterviewDraw:
    """A draw of Ada alone, to whom nobody has written."""
    return drawing.draw(evaluation=evaluation, wanted=1, strata=(), by=chi, now=tuesday)


@pytest.fixture
def invited(drawn, chi, tuesday) -> InterviewPick:
    inviting.invite(draw=drawn, by=chi, now=tuesday)
    return drawn.picks.get()


def test_an_invitation_is_one_neutral_e_mail_that_leads_to_the_page(invited, drain):
    drain()

    (told,) = mail.outbox
    assert (told.to, told.subject) == (["ada@example.org"], "A question for you")
    assert told.body.count(INTERVIEW) == 1
    assert "Steady" not in told.body
    assert "Ada" not in told.body


def test_nobody_is_invited_twice(invited, drawn, chi, drain, tuesday):
    with pytest.raises(inviting.InvitedAlready):
        inviting.invite(draw=drawn, by=chi, now=tuesday)
    drain()

    assert len(mail.outbox) == 1


def stops(ada: Enrolment, now: datetime) -> None:
    withdrawing.withdraw(
        enrolment=ada, choice=Withdrawal.Choice.STOP_CONTACT, by=ada.participant.user, now=now
    )


def deletes(ada: Enrolment, now: datetime) -> None:
    withdrawing.withdraw(enrolment=ada, choice=Withdrawal.Choice.DELETE, by=ada.participant.user, now=now)


def takes_it_back(ada: Enrolment, now: datetime) -> None:
    consenting.change(enrolment=ada, purpose=Purpose.INTERVIEW, yes=False, by=ada.participant.user, now=now)


def answers(ada: Enrolment, now: datetime) -> None:
    pick = InterviewPick.objects.get()
    inviting.reply(pick=pick, yes=False, reach="", by=ada.participant.user, now=now)


@pytest.mark.parametrize("meanwhile", [stops, deletes, takes_it_back, answers])
def test_what_happened_since_is_looked_at_in_the_moment_of_sending(invited, ada, drain, tuesday, meanwhile):
    meanwhile(ada, tuesday)

    drain()

    assert mail.outbox == []


@pytest.mark.parametrize("meanwhile", [stops, takes_it_back])
def test_it_is_looked_at_again_within_the_very_second(invited, ada, tuesday, meanwhile):
    row = Outgoing.objects.get(kind=inviting.INVITATION)
    handler = outbox.handler_of(inviting.INVITATION)
    assert handler.still_wanted(row, now=tuesday) == ""
    meanwhile(ada, tuesday)

    with pytest.raises(outbox.Unwanted):
        handler.send(row, None, now=tuesday)

    assert mail.outbox == []


def test_whoever_stopped_between_the_draw_and_the_invitation_is_not_written_to(
    drawn, ada, chi, drain, tuesday
):
    stops(ada, tuesday)

    assert inviting.invite(draw=drawn, by=chi, now=tuesday) == 0


def test_an_invitation_waits_for_the_end_of_quiet_hours_and_of_a_pause(drawn, ada, chi, drain, time_passes):
    evening = time_passes(hours=11)
    inviting.invite(draw=drawn, by=chi, now=evening)
    pausing.choose(enrolment=ada, choice=pausing.Choice.TWO_WEEKS, by=ada.participant.user, now=evening)

    drain()
    assert mail.outbox == []
    time_passes(days=14, hours=1)
    drain()
    assert mail.outbox == []
    time_passes(hours=10)
    drain()

    assert len(mail.outbox) == 1


def test_yes_keeps_how_to_reach_somebody_and_no_forgets_it(invited, ada, tuesday):
    by = ada.participant.user

    inviting.reply(pick=invited, yes=True, reach=" Ring 0161 496 0123 ", by=by, now=tuesday)
    assert [reply.reach for reply in inviting.said_yes(ada.programme)] == ["Ring 0161 496 0123"]
    inviting.reply(pick=invited, yes=False, reach="Ring 0161 496 0123", by=by, now=tuesday)

    assert inviting.said_yes(ada.programme) == []
    assert InterviewReply.objects.get().reach == ""


@pytest.mark.parametrize("meanwhile", [stops, takes_it_back])
def test_whoever_stops_after_a_yes_is_no_longer_shown_to_anybody(invited, ada, tuesday, meanwhile):
    inviting.reply(pick=invited, yes=True, reach="", by=ada.participant.user, now=tuesday)

    meanwhile(ada, tuesday)

    assert inviting.said_yes(ada.programme) == []


def test_deleting_takes_the_reply_and_leaves_the_code_in_the_log(invited, ada, tuesday):
    inviting.reply(pick=invited, yes=True, reach="Ring me", by=ada.participant.user, now=tuesday)

    deletes(ada, tuesday)

    assert not InterviewReply.objects.exists()
    assert InterviewPick.objects.get().respondent_id == invited.respondent_id


def test_what_is_said_after_stopping_is_not_kept(invited, ada, tuesday):
    stops(ada, tuesday)

    with pytest.raises(inviting.Stopped):
        inviting.reply(pick=invited, yes=True, reach="", by=ada.participant.user, now=tuesday)
