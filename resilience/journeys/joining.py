"""Joining: one transaction from the ticks on the consent page to the first questions."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.safestring import SafeString, mark_safe
from wagtail.whitelist import Whitelister

from resilience import clock, languages
from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.journeys import consenting
from resilience.measures import invitations as pages
from resilience.measures import timepoints
from resilience.messaging import outbox
from resilience.messaging.models import Channel
from resilience.participants import about_you, consent, enrolments, invitations, numbers_of
from resilience.participants.models import (
    Cohort,
    ConsentForm,
    Enrolment,
    Invitation,
    Participant,
    Programme,
    Purpose,
    Readiness,
)
from resilience.telephony import numbers

ASK_AGAIN = "ask_again"
UNTIL_THEY_SAY = datetime(2999, 1, 1, tzinfo=UTC)
NINE = time(9, 0)
A_WEEK = timedelta(days=7)


class Closed(Exception):
    """The cohort takes nobody today."""


class NoWords(Exception):
    """The programme has no consent form yet, so nobody can agree to it."""


def person(*, email: str) -> User:
    """Return the sign-in of this address, made now where there is none: its code was just typed."""
    return User.objects.filter(email=email.strip().lower()).first() or User.objects.create_user(email)


@transaction.atomic
def join(
    *,
    user: User,
    cohort: Cohort,
    invitation: Invitation | None,
    form: ConsentForm,
    given: Iterable[str],
    now: datetime,
) -> Enrolment:
    """Enrol somebody with what they agreed to, and make the first questions due.

    Raises consent.Needed, Closed, enrolments.AlreadyIn, invitations.Used or invitations.Expired; then nothing is
    stored.
    """
    if not enrolments.takes_people(cohort, on=now.date()):
        raise Closed
    if invitation is not None:
        invitations.use(invitation, now=now)
    enrolment = enrolments.make(user=user, cohort=cohort, now=now)
    asked = consenting.purposes(cohort.programme)
    consent.record(enrolment=enrolment, form=form, given=given, by=user, now=now, asked=asked)
    trail.record(events.JOINED, at=now, target=enrolment, by=user, form=form.version)
    timepoints.refresh(enrolment=enrolment, now=now)
    return enrolment


def form_of(programme: Programme) -> ConsentForm:
    """Return the words to agree to, in the language spoken now where they are translated. Raises NoWords."""
    form = consent.current_form(programme, language=languages.now())
    if form is None:
        raise NoWords
    return form


def information(form: ConsentForm) -> SafeString:
    """Return the information sheet as HTML that holds headings, lists and links only."""
    return mark_safe(Whitelister().clean(form.information))  # noqa: S308 - cleaned of all else just here


def burden(programme: Programme) -> tuple[int, int]:
    """Return how many questions come with joining, and the minutes that they take, from the plan."""
    first = next(iter(timepoints.plan_of(programme.pk)), None)
    return timepoints.questions_and_minutes(first.planned.all()) if first else (0, 0)


def wants_a_number(enrolment: Enrolment) -> bool:
    """Return whether somebody agreed to calls or texts: only then is a number asked for."""
    return any(consent.given(enrolment, purpose) for purpose in (Purpose.CALLS, Purpose.TEXTS))


@transaction.atomic
def tell_about_you(
    *, enrolment: Enrolment, about: Mapping[str, str], chosen_name: str, phone: str, by: User, now: datetime
) -> numbers.Number | None:
    """Keep the answers about a person and how a coach reaches them; return the number. Raises NotANumber."""
    respondent = enrolment.respondent
    for field in about_you.FIVE:
        setattr(respondent, field, about_you.kept(about.get(field, "")))
    respondent.save()
    number = reach(participant=enrolment.participant, chosen_name=chosen_name, phone=phone, by=by, now=now)
    place = about_you.place_of(enrolment.cohort, about.get("workplace", ""))
    Enrolment.objects.filter(pk=enrolment.pk).update(
        about_you_at=now,
        organisation=place.organisation if place else None,
        belongs_as=place.belongs_as if place else "",
    )
    return number


@transaction.atomic
def reach(
    *, participant: Participant, chosen_name: str, phone: str, by: User, now: datetime
) -> numbers.Number | None:
    """Keep the name for a coach and the number; return the number. Raises NotANumber."""
    participant.chosen_name = chosen_name.strip()
    participant.save(update_fields=["chosen_name"])
    return numbers_of.put(participant, phone, by=by, now=now)


def suggest(*, heavy: str, good_time: str, someone: str) -> str:
    """Return the way that three answers suggest; nothing of them is kept. The person chooses."""
    if good_time == "not_now":
        return Readiness.NOT_NOW
    if heavy == "yes" or someone in ("not_sure", "no"):
        return Readiness.START_WITH_SUPPORT
    return Readiness.START


@transaction.atomic
def choose(*, enrolment: Enrolment, way: str, ask_again_on: date | None, by: User, now: datetime) -> None:
    """Keep the way somebody chose. After "not now" nothing is sent until the date they picked, or not at all.

    The same choice once more changes nothing, so that a button pressed twice does not take its own message back.
    """
    later = way == Readiness.NOT_NOW
    on = ask_again_on if later else None
    stored = Enrolment.objects.select_for_update(of=("self",)).get(pk=enrolment.pk)
    if (stored.readiness, stored.ask_again_on) == (way, on):
        return
    enrolment.readiness, enrolment.readiness_at, enrolment.ask_again_on = way, now, on
    enrolment.paused_until = _pause(enrolment) if later else None
    enrolment.save(update_fields=["readiness", "readiness_at", "ask_again_on", "paused_until"])
    outbox.forget(target_id=enrolment.pk, now=now, kinds=[ASK_AGAIN])
    pages.take_up(enrolment=enrolment, now=now)
    if enrolment.ask_again_on is not None:
        _plan_to_ask(enrolment)
    trail.record(events.READINESS_CHOSEN, at=now, target=enrolment, by=by)


def _pause(enrolment: Enrolment) -> datetime:
    return _morning(enrolment) if enrolment.ask_again_on else UNTIL_THEY_SAY


def _morning(enrolment: Enrolment) -> datetime:
    zone = ZoneInfo(enrolment.participant.time_zone)
    return datetime.combine(enrolment.ask_again_on, NINE, tzinfo=zone).astimezone(UTC)


def _plan_to_ask(enrolment: Enrolment) -> None:
    due_at = _morning(enrolment)
    outbox.plan(
        key=f"{ASK_AGAIN}:{enrolment.pk}:{enrolment.ask_again_on}:{enrolment.readiness_at.isoformat()}",
        kind=ASK_AGAIN,
        channel=Channel.EMAIL,
        recipient=enrolment.participant.user,
        target_id=enrolment.pk,
        due_at=due_at,
        not_after=due_at + A_WEEK,
    )


def next_step(enrolment: Enrolment) -> str:
    """Return the name of the address where joining goes on, or of the programme once it is complete."""
    if enrolment.about_you_at is None:
        return "journeys:about-you"
    if not enrolment.readiness:
        return "journeys:readiness"
    return "content_pages:my"


def may_pick(on: date, *, now: datetime) -> bool:
    """Return whether we can promise to write on that day: tomorrow to a year ahead."""
    today = clock.local_day(now, "Europe/London")
    return today < on <= today + timedelta(days=366)
