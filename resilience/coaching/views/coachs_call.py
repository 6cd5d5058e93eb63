"""What a coach's pages about one call share: whose call it is, its facts, and what may be read with it."""

import uuid

from django.http import Http404, HttpRequest

from resilience import clock
from resilience.coaching import about, agreements, next_steps, notices, offers, pins, relationships
from resilience.coaching.models import Booking, Side, Status, Topic
from resilience.engagement import sharing


def of(request: HttpRequest, booking: uuid.UUID) -> Booking:
    """Return the call of the coach who is signed in. Raises Http404."""
    found = Booking.objects.filter(coach__user=request.user, pk=booking).select_related(
        "coach__respondent", "coach__user", "enrolment__cohort__programme__organisation",
        "enrolment__cohort__programme__call_backing", "enrolment__participant__user", "enrolment__respondent",
        "participant__user",
    )  # fmt: skip
    if (one := found.first()) is None:
        raise Http404
    return one


def facts(one: Booking) -> dict:
    """Return what each page about a call says on top."""
    return {
        "booking": one,
        "name": one.participant.chosen_name,
        "zone": one.coach.time_zone,
        "number": notices.number(),
        "pin": pins.shown(one, Side.COACH),
        "which": offers.calls_held(one.enrolment) + 1,
        "over": clock.now() >= one.starts_at,
    }


def copies(request: HttpRequest, one: Booking) -> list[sharing.Copy]:
    """Return what the participant shares with the coach whose call this is; a cancelled one opens nothing."""
    if one.status != Status.BOOKED or one.enrolment.withdrawn_at is not None:
        return []
    return sharing.read(one.enrolment, by=request.user, at=clock.now())


def between_the_two(request: HttpRequest, one: Booking) -> dict:
    """Return what the two agreed and told each other; each reading is in the participant's own list."""
    relationship, now = relationships.open_to_coach(one), clock.now()
    if relationship is None:
        return {}
    newest, _versions = agreements.read(relationship, by=request.user, now=now)
    return {
        "is_open": True,
        "agreement": newest,
        "agreed": newest is not None and newest.agreed_at is not None,
        "waits_for_me": agreements.waits_for(relationship, side=Side.COACH),
        "left_out": agreements.known(newest.left_out, Topic.choices) if newest else [],
        "about": about.read(relationship, by=request.user, now=now),
        "next_steps": next_steps.read(one, by=request.user, now=now),
    }
