"""Who is told of a short page: planned once for everybody, looked at again when it is sent."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resilience.journeys import being_told, consenting, pausing, withdrawing
from resilience.journeys.being_told import Nights
from resilience.journeys.pausing import Choice
from resilience.measures import covers, invitations, occasions, responses, timepoints
from resilience.measures import outbox as page_messages
from resilience.measures.models import Anchor, Occasion
from resilience.messaging import optouts, outbox, reconciling
from resilience.messaging.models import Channel, Outgoing, State
from resilience.participants import contact, numbers_of
from resilience.participants.models import Purpose, Withdrawal
from tests.factories import many
from tests.factories.measures import CoverFactory, TimepointFactory
from tests.factories.participants import CohortFactory, EnrolmentFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db
READY = "A short page is ready"
CLOSES = "Before this closes on 1 December"


@pytest.fixture
def later(ada):
    """A time point that falls due for Ada now, some time after joining."""
    return falls_due(ada.cohort.programme)


def falls_due(programme, **more):
    wanted = {"key": "t2", "label": "Later", "position": 2, "offset_days": 1, "asks": ["who5"], **more}
    return TimepointFactory(programme=programme, **wanted)


@pytest.fixture
def asked(ada, later, tuesday):
    many.ask([ada], later, "who5")
    invitations.plan_due(now=tuesday)
    return ada


def answer(enrolment, now):
    for occasion in occasions.due(enrolment.respondent, now=now):
        responses.submit(occasion=occasion, answers={"1": 3}, at=now)


def subjects(mailoutbox):
    return [mail.subject for mail in mailoutbox]


@pytest.fixture
def go_by(time_passes, drain):
    """Let days go by, an hour at a time, with the outbox going round."""

    def days(number):
        for _hour in range(number * 24):
            now = time_passes(hours=1)
            outbox.send_due(now=now)
        return now

    return days


def test_one_word_and_two_reminders_the_last_of_which_names_the_day(asked, go_by, drain, mailoutbox):
    drain()
    go_by(27)

    assert subjects(mailoutbox) == [READY, READY, CLOSES]
    assert "until 1 December" in mailoutbox[-1].body
    assert all("/my/messages/" in mail.body for mail in mailoutbox)


@pytest.mark.parametrize(("reminders", "expected"), [(0, [READY]), (1, [READY, CLOSES])])
def test_a_programme_sets_how_many(ada, later, tuesday, go_by, mailoutbox, reminders, expected):
    ada.cohort.programme.reminders = reminders
    ada.cohort.programme.save()
    many.ask([ada], later, "who5")

    invitations.plan_due(now=tuesday)
    go_by(27)

    assert subjects(mailoutbox) == expected


def test_fewer_reminders_hold_for_messages_that_wait(asked, go_by, mailoutbox):
    go_by(1)
    asked.cohort.programme.reminders = 0
    asked.cohort.programme.save()

    go_by(20)

    assert subjects(mailoutbox) == [READY]
    assert set(Outgoing.objects.filter(version__gt=0).values_list("reason", flat=True)) == {
        "fewer reminders now"
    }


def test_the_questions_of_joining_are_not_announced_and_reminded_of_twice(ada, tuesday, go_by, mailoutbox):
    TimepointFactory(programme=ada.cohort.programme, asks=["who5"])
    timepoints.refresh(enrolment=ada, now=tuesday)

    go_by(27)

    assert subjects(mailoutbox) == [READY, CLOSES]


def test_planning_twice_changes_nothing(asked, tuesday):
    before = list(Outgoing.objects.order_by("key").values())

    assert invitations.plan_due(now=tuesday + timedelta(hours=1)) == 0
    Occasion.objects.update(planned_at=None)  # as where a second worker read them before the first was done
    invitations.plan_due(now=tuesday + timedelta(hours=2))

    assert list(Outgoing.objects.order_by("key").values()) == before


def test_a_page_of_several_instruments_is_one_page(ada, later, tuesday):
    many.ask([ada], later, "who5", "phq8")

    assert invitations.plan_due(now=tuesday) == 3


def test_another_instrument_on_a_page_that_was_announced_is_not_announced_again(asked, later, tuesday):
    many.ask([asked], later, "phq8")

    invitations.plan_due(now=tuesday)

    assert Outgoing.objects.count() == 3


@pytest.mark.parametrize("texts", [False, True])
def test_a_thousand_people_cost_as_many_statements_as_ten(later, ada, tuesday, texts):
    counts = []
    for size in (10, 990):
        crowd = many.people(size, cohort=ada.cohort, name=f"crowd{size}", texts=texts)
        many.ask(crowd, later, "who5")
        with CaptureQueriesContext(connection) as captured:
            planned = invitations.plan_due(now=tuesday)
        assert planned == size * 3
        counts.append(sum(not query["sql"].startswith("INSERT") for query in captured))

    assert counts[0] == counts[1] <= 4  # one to read, one to mark, and the transaction


def test_more_than_a_batch_are_planned_and_marked(later, ada, tuesday, monkeypatch):
    monkeypatch.setattr(invitations, "AT_ONCE", 4)
    many.ask(many.people(10, cohort=ada.cohort), later, "who5")

    assert invitations.plan_due(now=tuesday) == 30
    assert not Occasion.objects.filter(planned_at=None).exists()


def test_a_worker_that_stops_half_way_leaves_the_rest_to_the_next(later, ada, tuesday, monkeypatch):
    class Killed(BaseException):
        """The worker is gone."""

    monkeypatch.setattr(invitations, "AT_ONCE", 4)
    many.ask(many.people(10, cohort=ada.cohort), later, "who5")
    left = iter([outbox.plan_many, outbox.plan_many])

    def stops(rows):
        try:
            return next(left)(rows)
        except StopIteration:
            raise Killed from None

    with monkeypatch.context() as patched:
        patched.setattr(outbox, "plan_many", stops)
        with pytest.raises(Killed):
            invitations.plan_due(now=tuesday)
    assert Outgoing.objects.count() == 8 * 3
    invitations.plan_due(now=tuesday)

    assert Outgoing.objects.count() == 10 * 3


@pytest.mark.parametrize("why", ["answered", "withdrawn", "closed", "synthetic"])
def test_for_whom_nothing_is_planned(ada, later, tuesday, why):
    many.ask([ada], later, "who5")
    if why == "answered":
        answer(ada, tuesday)
    if why == "withdrawn":
        ada.withdrawn_at = tuesday
        ada.save()
    if why == "closed":
        Occasion.objects.update(closes_at=tuesday, due_at=tuesday - timedelta(days=1))
    if why == "synthetic":
        ada.cohort.programme.is_synthetic = True
        ada.cohort.programme.save()

    assert invitations.plan_due(now=tuesday) == 0
    assert not Occasion.objects.filter(planned_at=None).exists()


def test_nothing_is_sent_after_an_answer(asked, tuesday, go_by, mailoutbox):
    go_by(1)
    answer(asked, tuesday + timedelta(days=1))

    go_by(20)

    assert subjects(mailoutbox) == [READY]


def test_nobody_is_written_to_about_questions_that_nobody_stands_by_for(ada, tuesday, go_by, mailoutbox):
    cover = CoverFactory(programme=ada.cohort.programme)
    many.ask([ada], falls_due(ada.cohort.programme, asks=["phq9"]), "phq9")
    invitations.plan_due(now=tuesday)
    go_by(1)

    covers.end(programme=cover.programme, by=cover.first_lead, now=tuesday)
    go_by(20)

    assert subjects(mailoutbox) == [READY]


def test_reminders_ask_for_what_is_left_of_a_page(ada, later, tuesday, go_by, mailoutbox):
    first, _second = many.ask([ada], later, "who5", "phq8")
    invitations.plan_due(now=tuesday)
    responses.submit(occasion=first, answers={"1": 3}, at=tuesday)

    go_by(11)

    assert subjects(mailoutbox) == [READY, READY, CLOSES]


@pytest.mark.parametrize("when", ["waits", "claimed"])
def test_nothing_is_sent_after_a_withdrawal_from_that_second(asked, tuesday, mailoutbox, when, monkeypatch):
    def stop():
        by = asked.participant.user
        withdrawing.withdraw(enrolment=asked, choice=Withdrawal.Choice.STOP_CONTACT, by=by, now=tuesday)

    begin = outbox.begin

    def begin_and_stop(row, *, now):
        delivery = begin(row, now=now)
        stop()  # after the row was claimed and looked at, before it is sent
        return delivery

    if when == "waits":
        stop()
    else:
        monkeypatch.setattr(outbox, "begin", begin_and_stop)
    outbox.send_due(now=tuesday)

    assert mailoutbox == []
    assert set(Outgoing.objects.values_list("state", flat=True)) == {State.SKIPPED}


def test_a_pause_holds_what_is_due_and_it_comes_in_the_window_in_order_and_apart(
    asked, tuesday, go_by, mailoutbox
):
    pausing.choose(enrolment=asked, choice=Choice.TWO_WEEKS, by=asked.participant.user, now=tuesday)
    go_by(13)
    assert mailoutbox == []
    assert Outgoing.objects.filter(state=State.DUE).count() == 3

    go_by(2)
    assert subjects(mailoutbox) == [READY]
    go_by(12)

    assert subjects(mailoutbox) == [READY, READY, CLOSES]


def test_who_goes_on_sooner_hears_sooner(asked, tuesday, go_by, mailoutbox):
    by = asked.participant.user
    pausing.choose(enrolment=asked, choice=Choice.UNTIL_THEY_SAY, by=by, now=tuesday)
    now = go_by(5)
    assert mailoutbox == []

    pausing.choose(enrolment=asked, choice=Choice.GO_ON, by=by, now=now)
    outbox.send_due(now=now)

    assert subjects(mailoutbox) == [READY]


def test_a_pause_that_outlasts_the_window_ends_in_silence(asked, tuesday, go_by, mailoutbox):
    pausing.choose(enrolment=asked, choice=Choice.FOUR_WEEKS, by=asked.participant.user, now=tuesday)

    go_by(30)

    assert mailoutbox == []
    assert set(Outgoing.objects.values_list("state", flat=True)) == {State.SKIPPED}


def test_workers_that_were_down_for_two_weeks_send_no_burst(asked, tuesday, time_passes, mailoutbox):
    outbox.send_due(now=time_passes(days=14))

    assert subjects(mailoutbox) == [READY]


def test_what_would_come_at_night_comes_in_the_morning(asked, tuesday, time_passes, mailoutbox):
    outbox.send_due(now=time_passes(hours=11))
    row = Outgoing.objects.get(kind="page_ready")
    assert (mailoutbox, row.state, row.reason) == ([], State.DUE, "quiet hours")

    outbox.send_due(now=time_passes(hours=11))

    assert subjects(mailoutbox) == [READY]


def test_who_is_on_nights_is_written_to_in_the_evening(asked, tuesday, time_passes, mailoutbox):
    being_told.choose(
        participant=asked.participant, wanted=[asked.pk], nights=Nights.ONE_WEEK, by=asked.participant.user, now=tuesday
    )  # fmt: skip

    outbox.send_due(now=tuesday)
    assert mailoutbox == []
    outbox.send_due(now=time_passes(hours=6))

    assert subjects(mailoutbox) == [READY]


@pytest.fixture
def also(ada, tuesday):
    """Ada in another programme too."""
    cohort = CohortFactory(programme=ProgrammeFactory(slug="other", public_name="Other"))
    return EnrolmentFactory(participant=ada.participant, cohort=cohort)


def test_somebody_in_two_programmes_is_told_of_each_page_once(asked, also, tuesday, mailoutbox, drain):
    many.ask([also], falls_due(also.cohort.programme), "who5")
    invitations.plan_due(now=tuesday)
    drain()

    assert subjects(mailoutbox) == [READY, READY]
    assert Outgoing.objects.filter(state=State.SENT).values("target_id").distinct().count() == 2


def test_somebody_can_stop_the_messages_of_one_programme_and_go_on_in_another(
    asked, also, tuesday, mailoutbox, drain
):
    many.ask([also], falls_due(also.cohort.programme), "who5")
    invitations.plan_due(now=tuesday)
    being_told.choose(
        participant=asked.participant, wanted=[also.pk], nights=Nights.NO, by=asked.participant.user, now=tuesday
    )  # fmt: skip
    drain()

    assert len(mailoutbox) == 1
    assert Outgoing.objects.get(kind="page_ready", target_id=asked.pk).reason == "wants no word of pages"


def test_a_page_that_closes_sooner_after_a_change_of_the_timetable_is_not_reminded_of(
    asked, tuesday, go_by, mailoutbox
):
    go_by(1)
    Occasion.objects.update(closes_at=tuesday + timedelta(days=2))  # a later time point has overtaken it

    go_by(20)

    assert subjects(mailoutbox) == [READY]


def test_the_last_reminder_names_the_day_as_it_is_by_then(asked, tuesday, go_by, mailoutbox):
    Occasion.objects.update(closes_at=tuesday + timedelta(days=40))

    go_by(20)

    assert subjects(mailoutbox)[-1] == "Before this closes on 13 December"


def test_a_time_point_that_moves_in_the_order_of_the_plan_keeps_its_messages(
    asked, later, tuesday, go_by, mailoutbox
):
    later.position = 7
    later.save()

    go_by(20)

    assert subjects(mailoutbox) == [READY, READY, CLOSES]


def test_the_day_is_that_of_where_somebody_lives_in_their_language(
    ada, later, tuesday, mailoutbox, time_passes
):
    ada.participant.user.language, ada.participant.time_zone = "fr", "Australia/Sydney"
    ada.participant.user.save()
    ada.participant.save()
    now = time_passes(hours=12)  # Wednesday morning in Sydney; in London it is Tuesday night
    many.ask([ada], later, "who5")
    Outgoing.objects.all().delete()
    invitations.plan_due(now=now)
    Outgoing.objects.exclude(kind="page_closing").delete()

    outbox.send_due(now=time_passes(days=10))

    assert "2 décembre" in mailoutbox[0].subject


# texts


@pytest.fixture
def texted(ada, later, tuesday, telephone):
    numbers_of.put(ada.participant, "07700 900111", by=ada.participant.user, now=tuesday)
    many.ask([ada], later, "who5")
    invitations.plan_due(now=tuesday)
    return ada


def test_who_takes_texts_is_told_by_text_in_one_part(texted, telephone, tuesday, mailoutbox):
    outbox.send_due(now=tuesday)

    [message] = telephone.messages
    assert message.body == (
        "A short page is ready for you, about 1 minute: http://testserver/my/measures/ "
        "Reply STOP for no more texts."
    )
    assert mailoutbox == []


@pytest.mark.parametrize("why", ["STOP", "taken back", "no number"])
def test_without_texts_it_is_an_e_mail(texted, telephone, tuesday, mailoutbox, why):
    if why == "STOP":
        optouts.record(number="+447700900111", now=tuesday)
    if why == "taken back":
        by = texted.participant.user
        consenting.change(enrolment=texted, purpose=Purpose.TEXTS, yes=False, by=by, now=tuesday)
    if why == "no number":
        numbers_of.put(texted.participant, "", by=texted.participant.user, now=tuesday)

    outbox.send_due(now=tuesday)
    outbox.send_due(now=tuesday)

    assert (len(telephone.messages), subjects(mailoutbox)) == (0, [READY])


def test_who_gives_a_number_after_the_first_page_was_planned_is_reminded_by_text(
    asked, telephone, tuesday, mailoutbox
):
    numbers_of.put(asked.participant, "07700 900111", by=asked.participant.user, now=tuesday)

    outbox.send_due(now=tuesday)

    assert (len(telephone.messages), subjects(mailoutbox)) == (1, [])


def test_the_same_is_seen_for_many_at_once_and_for_one(ada, later, tuesday, telephone):
    def planned_by():
        Outgoing.objects.all().delete()
        Occasion.objects.all().delete()
        many.ask([ada], later, "who5")
        invitations.plan_due(now=tuesday)
        return Outgoing.objects.first().channel

    def one_by_one():
        try:
            return Channel.SMS if contact.text_number(ada, now=tuesday) else Channel.EMAIL
        except contact.NotReachable:
            return Channel.EMAIL

    numbers = ["07700 900111", "020 7946 0111", ""]
    seen = []
    for number in numbers:
        numbers_of.put(ada.participant, number, by=ada.participant.user, now=tuesday)
        seen.append((planned_by(), one_by_one()))
    numbers_of.put(ada.participant, numbers[0], by=ada.participant.user, now=tuesday)
    optouts.record(number="+447700900111", now=tuesday)
    seen.append((planned_by(), one_by_one()))

    assert seen == [(Channel.SMS, Channel.SMS), *[(Channel.EMAIL, Channel.EMAIL)] * 3]


@pytest.mark.parametrize("scenario", ["text landline", "text unreachable"])
def test_a_text_that_does_not_arrive_goes_by_e_mail_once(texted, telephone, tuesday, mailoutbox, scenario):
    telephone.script("+447700900111", scenario)
    for minute in (0, 1, 2, 31, 32, 62, 63):  # a telephone that may only be off is tried once more
        outbox.send_due(now=tuesday + timedelta(minutes=minute))
        telephone.settle()

    assert subjects(mailoutbox) == [READY]


@pytest.mark.parametrize("language", ["en-gb", "fr"])
def test_a_text_whose_sender_was_killed_is_found_again_in_the_language_it_was_sent_in(
    texted, telephone, tuesday, language, monkeypatch
):
    texted.participant.user.language = language
    texted.participant.user.save()

    class Killed(BaseException):
        """The worker is gone."""

    def killed(*_args, **_named):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(page_messages._Page, "told", killed)
        with pytest.raises(Killed):
            outbox.send_due(now=tuesday)
    from resilience.messaging.models import Delivery

    Delivery.objects.update(ref="")  # killed before it could be noted
    reconciling.reconcile(now=tuesday + timedelta(minutes=6))
    outbox.send_due(now=tuesday + timedelta(minutes=7))

    assert len(telephone.messages) == 1
    assert Outgoing.objects.get(kind="page_ready").state == State.SENT
    assert set(Occasion.objects.values_list("invited_by", flat=True)) == {Channel.SMS}


def test_how_somebody_was_told_is_kept_with_what_they_were_asked(asked, tuesday, drain):
    drain()

    occasion = Occasion.objects.get()
    assert (occasion.invited_at, occasion.invited_by) == (tuesday, Channel.EMAIL)


def test_who_said_not_now_is_told_once_they_begin_within_the_window(asked, tuesday, go_by, mailoutbox):
    from resilience.journeys import joining

    by = asked.participant.user
    joining.choose(enrolment=asked, way="NOT_NOW", ask_again_on=None, by=by, now=tuesday)
    now = go_by(2)
    assert mailoutbox == []

    joining.choose(enrolment=asked, way="START", ask_again_on=None, by=by, now=now)
    outbox.send_due(now=now)

    assert subjects(mailoutbox) == [READY]


def test_a_page_counted_from_joining_days_later_is_announced(ada, tuesday, time_passes, drain, mailoutbox):
    falls_due(ada.cohort.programme, anchor=Anchor.ENROLMENT, offset_days=2, position=1)

    timepoints.refresh_all(now=time_passes(days=2))
    drain()

    assert subjects(mailoutbox) == [READY]
