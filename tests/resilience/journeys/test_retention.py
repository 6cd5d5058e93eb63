"""What the field register promises of keeping is carried out: for each promise something lets go."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django_q.models import OrmQ, Task
from wagtail.log_actions import log
from wagtail.models import PageLogEntry
from wagtail.users.models import UserProfile

from resilience import clock
from resilience.accounts.models import Draft, Role, RoleGrant, User
from resilience.coaching.booking_models import FreedTime
from resilience.coaching.models import Booking, Call, CallEvent, CallLeg, Coach
from resilience.journeys import keeping
from resilience.messaging.models import CarrierRecord, CarrierTrouble, Delivery, InboundText, Outgoing
from resilience.privacy import register
from tests.factories.accounts import UserFactory
from tests.factories.content_pages import steady_ground

A_DAY = timedelta(days=1)
PERIODS = {
    register.SESSION_LIFE: timedelta(0),
    register.THIRTY_DAYS: timedelta(days=30),
    register.NINETY_DAYS: timedelta(days=90),
    register.SIX_YEARS: timedelta(days=6 * 365 + 2),
}


@pytest.fixture
def held(ada, ben, tuesday) -> Call:
    """A call that ended today, with its line and a notice."""
    booking = Booking.objects.create(
        coach=ben, enrolment=ada, participant=ada.participant, starts_at=tuesday, time_zone="Europe/London",
        ends_at=tuesday + timedelta(minutes=30), blocked_until=tuesday + timedelta(minutes=40), status="BOOKED",
        local_start="2026-11-03T10:00", made_at=tuesday,
    )  # fmt: skip
    call = Call.objects.create(
        booking=booking, version=1, room="r", started_at=tuesday, bridged_at=tuesday, ended_at=tuesday,
        outcome="FULFILLED", minutes=28,
    )  # fmt: skip
    leg = CallLeg.objects.create(call=call, side="COACH", token="t", rung_at=tuesday)
    CallEvent.objects.create(call=call, leg=leg, kind="ENDED", at=tuesday, once="1")
    return call


@pytest.fixture
def stored(held, ben, tuesday) -> None:
    """One row, of today, of each model that is kept for a time."""
    user = ben.user  # who still works here
    RoleGrant.objects.create(user=user, role=Role.EDITOR, granted_at=tuesday, ended_at=tuesday)
    Draft.objects.create(user=user, page="/my/", fields="words", saved_at=tuesday)
    Session.objects.create(session_key="k", session_data="d", expire_date=tuesday)
    row = Outgoing.objects.create(key="k", kind="k", channel="EMAIL", due_at=tuesday, not_after=tuesday)
    Delivery.objects.create(outgoing=row, token="t", started_at=tuesday, changed_at=tuesday)
    InboundText.objects.create(message="SM1", arrived_at=tuesday)
    CarrierTrouble.objects.create(
        reason="r", evidence="1", first_at=tuesday, last_at=tuesday, ended_at=tuesday
    )
    CarrierRecord.objects.create(ref="SM1", is_call=False, noted_at=tuesday)
    FreedTime.objects.create(coach=ben, starts_at=tuesday - A_DAY, ends_at=tuesday, version=1)
    OrmQ.objects.create(key="ticks", payload="p", lock=tuesday)
    Task.objects.create(id="i", name="n", func="f", started=tuesday, stopped=tuesday, success=False)


def kept_for_a_time() -> dict[str, timedelta]:
    return {row.model: PERIODS[row.retention] for row in register.rows() if row.retention in PERIODS}


def rows(label: str, *, at: datetime) -> int:
    found = apps.get_model(label).objects
    return found.filter(ended_at=at).count() if label == "accounts.RoleGrant" else found.count()


@pytest.mark.parametrize(("label", "period"), sorted(kept_for_a_time().items()))
def test_a_row_goes_when_its_time_is_over_and_not_before(stored, tuesday, time_passes, label, period):
    if period > A_DAY:
        time_passes(seconds=(period - A_DAY).total_seconds())
    keeping.let_go(now=clock.now())
    before = rows(label, at=tuesday)

    time_passes(days=2)
    keeping.let_go(now=clock.now())

    assert (before, rows(label, at=tuesday)) == (1, 0)


def test_every_promise_of_the_register_is_one_of_those_that_are_carried_out():
    carried_out = {
        *PERIODS, register.THIRTY_DAYS_AFTER_LAST_BOOKING, register.TWELVE_MONTHS_AFTER_LAST_ACTIVITY,
        register.WHILE_THE_SITE_RUNS, register.STUDY_RETENTION,
    }  # fmt: skip

    assert {row.retention for row in register.rows()} <= carried_out


def goes_with_a_person(model: type[models.Model]) -> bool:
    """Return whether a row is deleted with the sign-in, or with the coach, that it is of."""
    above = [field for field in model._meta.fields if field.is_relation and _cascades(field)]
    return model in (User, Coach) or any(goes_with_a_person(field.related_model) for field in above)


def _cascades(field: models.Field) -> bool:
    return field.remote_field.on_delete is models.CASCADE and not field.remote_field.parent_link


def test_what_is_kept_until_a_year_after_the_last_visit_goes_with_the_person():
    promised = {
        row.model for row in register.rows() if row.retention == register.TWELVE_MONTHS_AFTER_LAST_ACTIVITY
    }

    left = {label for label in promised if not goes_with_a_person(apps.get_model(label))}

    assert left == {"privacy.DataKey"}  # blanked: a key is destroyed, and that it was is kept


def test_a_model_that_nobody_takes_away_is_noticed():
    assert not goes_with_a_person(apps.get_model("organisations.Organisation"))


def test_what_came_of_a_call_outlives_its_lines_and_notices(held, tuesday):
    keeping.let_go(now=tuesday + timedelta(days=91))

    held.refresh_from_db()
    assert (held.outcome, held.minutes, held.legs.count(), held.events.count()) == ("FULFILLED", 28, 0, 0)


def test_an_editor_who_left_is_erased_after_a_year_and_the_pages_stay(db, tuesday):
    eve = UserFactory(roles=[Role.EDITOR], joined_at=tuesday)
    page = steady_ground()
    UserProfile.objects.create(user=eve)
    log(instance=page, action="wagtail.edit", user=eve)
    eve.grants.update(ended_at=tuesday)
    key = eve.data_key

    keeping.let_go(now=tuesday + timedelta(days=364))
    assert User.objects.filter(pk=eve.pk).exists()
    keeping.let_go(now=tuesday + timedelta(days=366))

    assert not User.objects.filter(pk=eve.pk).exists()
    assert not UserProfile.objects.exists()
    key.refresh_from_db()
    assert key.wrapped is None
    assert PageLogEntry.objects.filter(user_id=eve.pk).count() == 1  # an id that leads to nobody any more


def test_somebody_who_works_here_is_kept_however_long_they_stay_away(ben, tuesday):
    keeping.let_go(now=tuesday + timedelta(days=800))

    assert Coach.objects.get().phone == ben.phone


def test_a_coach_who_left_loses_number_and_hours_first_and_the_name_with_the_last_call(
    held, ben, ada, tuesday
):
    ben.user.grants.update(ended_at=tuesday)
    User.objects.filter(pk=ada.participant.user.pk).update(last_login=tuesday + timedelta(days=300))

    keeping.let_go(now=tuesday + timedelta(days=366))
    left = Coach.objects.get()
    assert (left.phone, left.shown_name, left.rules.count()) == ("", "Ben", 0)

    keeping.let_go(now=tuesday + timedelta(days=700))  # Ada, and the call, are let go of
    keeping.let_go(now=tuesday + timedelta(days=701))
    assert not Coach.objects.exists()
    assert not User.objects.exists()


def test_whoever_began_and_holds_no_role_is_let_go_of_too(db, tuesday):
    UserFactory(email=f"{uuid.uuid4()}@example.org", joined_at=tuesday)

    keeping.let_go(now=tuesday + timedelta(days=366))

    assert not User.objects.exists()
