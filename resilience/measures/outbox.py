"""How the messages about a short page are sent: looked at again at that moment, then one neutral e-mail or text."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from resilience import languages
from resilience.measures import contact_wishes, invitations, occasions, when_told
from resilience.measures.models import ContactWish, Occasion, PlannedMeasure
from resilience.measures.timepoints import questions_and_minutes
from resilience.messaging import mails, outbox, texts
from resilience.messaging.models import Channel, Delivery, Outgoing
from resilience.participants import consent, contact
from resilience.participants.models import Enrolment, Programme, Purpose

GONE, ANSWERED, FEWER = "gone", "answered or closed", "fewer reminders now"
QUIET, TOO_NEAR = "quiet hours", "one went out just before"
BY_MAIL_INSTEAD, NOBODY_CAN_TELL = "by e-mail instead", "an e-mail leaves no trace"
NO_OTHER_WAY = (outbox.TOO_LATE, outbox.UNTOLD)


@dataclass
class _Page:
    """What a message is about, as it stands at this moment."""

    row: Outgoing
    enrolment: Enrolment

    @property
    def programme(self) -> Programme:
        return self.enrolment.cohort.programme

    @property
    def hours(self) -> when_told.Hours:
        person = self.enrolment.participant
        return when_told.Hours(person.time_zone, person.nights_until)

    def occasions(self) -> QuerySet[Occasion]:
        return Occasion.objects.filter(
            respondent=self.enrolment.respondent_id, timepoint__key=invitations.timepoint_of(self.row)
        )

    def is_open(self, *, now: datetime) -> bool:
        waiting = self.occasions().filter(responses=None, due_at__lte=now, closes_at__gt=now)
        asked = set(waiting.values_list("instrument", flat=True))
        return bool(asked - occasions.not_asked(self.enrolment.respondent, asked))

    @cached_property
    def minutes(self) -> int:
        cells = PlannedMeasure.objects.filter(
            timepoint__programme=self.programme, timepoint__key=invitations.timepoint_of(self.row)
        )
        return questions_and_minutes(cells)[1]

    @cached_property
    def last_day(self) -> str:
        """Return the day on which it closes, where this person lives: "30 April"."""
        closes_at = self.occasions().order_by("-closes_at").values_list("closes_at", flat=True).first()
        local = (closes_at or self.row.not_after).astimezone(ZoneInfo(self.hours.zone))
        return languages.day(local, "j F")

    def told(self, *, now: datetime) -> None:
        word = {"invited_at": now, "invited_by": self.row.channel}
        self.occasions().filter(invited_at=None).update(**word)


def _page(row: Outgoing) -> _Page | None:
    found = Enrolment.objects.filter(pk=row.target_id)
    enrolment = found.select_related("participant__user", "cohort__programme").first()
    return _Page(row, enrolment) if enrolment else None


def _wanted(row: Outgoing) -> _Page:
    """Return what a row is about. Raises outbox.Unwanted where it is gone."""
    page = _page(row)
    if page is None:
        raise outbox.Unwanted(GONE)
    return page


def _hold_back(page: _Page, *, now: datetime) -> None:
    """Let a message wait for the end of a pause, of the quiet hours, or of its distance. Raises outbox.Held."""
    days, hours = invitations.days_of(page.programme), page.hours
    before = invitations.sent_before(page.row)
    apart = when_told.again(before=before, number=page.row.version, reminder_days=days, hours=hours)
    if apart is not None and now < apart:
        raise outbox.Held(TOO_NEAR, until=apart)
    awake = hours.from_on(now)
    if awake > now:
        raise outbox.Held(QUIET, until=awake)


def _not_wanted(page: _Page, *, now: datetime) -> str:
    """Return why nobody is to be told any more, or an empty string. Raises outbox.Held for what ends again."""
    if not page.is_open(now=now):
        return ANSWERED
    if not consent.given(page.enrolment, Purpose.EVALUATION):
        return "not in the evaluation"
    if page.row.version > page.programme.reminders:
        return FEWER
    try:
        contact.pages(page.enrolment, now=now)
    except contact.NotReachable as refused:
        if str(refused) in contact.FOR_A_WHILE:
            raise outbox.Held(str(refused), until=_end_of_pause(page, now=now)) from None
        return str(refused)[:60]
    return ""


def _end_of_pause(page: _Page, *, now: datetime) -> datetime:
    """Return when a pause ends by itself; where it does not, the end of the window: going on looks again at once."""
    ends = page.enrolment.paused_until
    return ends if ends is not None and ends > now else page.row.not_after


class _PageMessage:
    """A message about one page, by text where texts can arrive and else by e-mail."""

    subject = mails.PAGE_READY

    def still_wanted(self, row: Outgoing, *, now: datetime) -> str:
        """Return why it is no longer wanted, or an empty string. Raises outbox.Held while it has to wait."""
        page = _page(row)
        if page is None:
            return GONE
        reason = _not_wanted(page, now=now)
        if reason:
            return reason
        _hold_back(page, now=now)
        by_text = bool(_number(page, now=now))
        if row.channel == Channel.SMS and not by_text:
            invitations.plan_by_mail(row, now=now)
            return BY_MAIL_INSTEAD
        if by_text and invitations.may_become_a_text(row):  # they gave their number after it was planned
            row.channel = Channel.SMS
            row.save(update_fields=["channel"])
        return ""

    def send(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> None:
        """Send it. Raises what the carrier or messaging.mails names, outbox.Unwanted or outbox.Held."""
        page = _wanted(row)
        if reason := _not_wanted(page, now=now):  # they may have stopped or answered within this very second
            raise outbox.Unwanted(reason)
        if row.channel == Channel.SMS:
            to = contact.text_number(page.enrolment, now=now)
            texts.send(delivery=delivery, to=to, body=self.text(page), now=now)
        else:
            to = contact.email(page.enrolment, now=now)
            mails.send(to=to, subject=self.headline(page), body=self.body(page))
        page.told(now=now)

    def went_out(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> bool:
        """Return whether the carrier has the text. Raises as `send`; of an e-mail outbox.Unwanted: nobody can tell."""
        page = _wanted(row)
        to = page.enrolment.participant.phone
        if row.channel != Channel.SMS or not to:
            raise outbox.Unwanted(NOBODY_CAN_TELL)
        found = texts.went_out(delivery=delivery, to=to, body=self.text(page))
        if found:
            page.told(now=delivery.started_at)
        return found

    def instead(self, row: Outgoing, *, reason: str, now: datetime) -> None:
        """Write an e-mail where the text was refused or did not arrive."""
        if row.channel == Channel.SMS and reason not in NO_OTHER_WAY:
            invitations.plan_by_mail(row, now=now)

    def headline(self, page: _Page) -> str:
        """Return the subject of the e-mail."""
        return str(self.subject)

    def text(self, page: _Page) -> str:
        """Return the words of the text."""
        return ngettext(
            "A short page is ready for you, about %(minutes)s minute: %(link)s Reply STOP for no more texts.",
            "A short page is ready for you, about %(minutes)s minutes: %(link)s Reply STOP for no more texts.",
            page.minutes,
        ) % _facts(page)

    def body(self, page: _Page) -> str:
        """Return the words of the e-mail."""
        ready = ngettext(
            "A short page is ready for you, about %(minutes)s minute:\n%(link)s\n\n"
            "You can leave any question out. Nothing is late.",
            "A short page is ready for you, about %(minutes)s minutes:\n%(link)s\n\n"
            "You can leave any question out. Nothing is late.",
            page.minutes,
        ) % _facts(page)
        return f"{ready}\n\n{_how_to_stop()}"


def _number(page: _Page, *, now: datetime) -> str:
    try:
        return contact.text_number(page.enrolment, now=now)
    except contact.NotReachable:
        return ""


def _facts(page: _Page) -> dict[str, object]:
    return {"minutes": page.minutes, "link": languages.link("/my/measures/"), "day": page.last_day}


def _how_to_stop() -> str:
    return _("Fewer messages, none, or other hours while you are on nights:\n%(link)s") % {
        "link": languages.link("/my/messages/")
    }


@outbox.handles(when_told.READY)
class PageReady(_PageMessage):
    """The first word that a page is ready."""


@outbox.handles(when_told.REMINDER)
class PageReminder(_PageMessage):
    """A reminder, where something is still open, with another one to come."""


@outbox.handles(when_told.CLOSING)
class PageClosing(_PageMessage):
    """The last reminder: it names the day."""

    def headline(self, page: _Page) -> str:
        """Return the subject, with the day on which the page closes for this person."""
        return mails.BEFORE_THIS_CLOSES % {"day": page.last_day}

    def text(self, page: _Page) -> str:
        """Return the words of the text."""
        return ngettext(
            "Before this closes on %(day)s: a short page, about %(minutes)s minute: %(link)s "
            "Reply STOP for no more texts.",
            "Before this closes on %(day)s: a short page, about %(minutes)s minutes: %(link)s "
            "Reply STOP for no more texts.",
            page.minutes,
        ) % _facts(page)

    def body(self, page: _Page) -> str:
        """Return the words of the e-mail."""
        last = ngettext(
            "A short page is open for you until %(day)s, about %(minutes)s minute:\n%(link)s\n\n"
            "You can leave any question out, or leave the whole page. We do not write again about it.",
            "A short page is open for you until %(day)s, about %(minutes)s minutes:\n%(link)s\n\n"
            "You can leave any question out, or leave the whole page. We do not write again about it.",
            page.minutes,
        ) % _facts(page)
        return f"{last}\n\n{_how_to_stop()}"


@outbox.handles(contact_wishes.WISH)
class SomebodyAsked:
    """Somebody asked to be contacted: who, stands behind the sign-in."""

    subject = gettext_noop("Somebody waits for an answer")
    body = gettext_noop(
        "Somebody in a programme that you lead in asks to be contacted. Sign in to take it:\n%(link)s"
    )

    def still_wanted(self, row: Outgoing, *, now: datetime) -> str:
        """Return why it is no longer wanted, or an empty string."""
        waiting = ContactWish.objects.filter(pk=row.target_id, taken_at=None).exists()
        return "" if waiting and row.recipient and row.recipient.is_active else GONE

    def send(self, row: Outgoing, delivery: Delivery, *, now: datetime) -> None:
        """Send it. Raises what messaging.mails names, or outbox.Unwanted."""
        if row.recipient is None:
            raise outbox.Unwanted(GONE)
        link = languages.link("/safeguarding/contact/")
        mails.send(to=row.recipient.email, subject=_(self.subject), body=_(self.body) % {"link": link})


@outbox.handles(contact_wishes.WAITS)
class NobodyHasTakenIt(SomebodyAsked):
    """The wish is still there, and nobody has taken it."""

    subject = gettext_noop("Somebody still waits for an answer")
    body = gettext_noop(
        "Somebody in a programme that you lead in asked to be contacted, and nobody has taken it yet. "
        "Sign in to take it:\n%(link)s"
    )
