"""What somebody did with the content; pages are named by their translation key, never by a page's id."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience import db
from resilience.accounts.models import User
from resilience.participants.models import Enrolment, Programme
from resilience.privacy.fields import EncryptedTextField


class PageView(db.Keyed):
    """A page was opened on a day: one row a day, so that nobody can count visits."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="page_views")
    page = models.UUIDField()
    day = models.DateField()
    at = models.DateTimeField()
    revision = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("which published version of the page was shown")
    )
    wording = models.SlugField(max_length=20, blank=True)
    language = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "page", "day"], name="one_view_a_day")]


class How(models.TextChoices):
    """How an activity ended; skipped is not failed."""

    DONE = "DONE", _("done")
    WITHOUT_WRITING = "WITHOUT_WRITING", _("done without writing")
    SKIPPED = "SKIPPED", _("skipped")


class ActivityCompletion(db.Keyed):
    """An activity is behind somebody, once."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="completions")
    activity = models.UUIDField()
    how = models.CharField(max_length=16, choices=How.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "activity"], name="an_activity_is_completed_once"),
            db.one_of("how", How, name="how_is_known"),
        ]


class Entry(db.Keyed):
    """What somebody wrote in one exercise, theirs alone, under their own key."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="entries")
    page = models.UUIDField()
    exercise = models.SlugField(max_length=60)
    kind = models.SlugField(max_length=30)
    fields = EncryptedTextField(key="enrolment.participant.data_key_id", blank=True, default="")
    schema = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    revisit_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "exercise"], name="one_entry_per_exercise")
        ]


class Counted(models.TextChoices):
    """What is counted by one tap; never when, how often or in which words."""

    USED = "USED", _("used something from here")
    PASSED_ON = "PASSED_ON", _("used something from here to help a colleague")
    PEER_TALK = "PEER_TALK", _("tried a question on a colleague")
    TALKED = "TALKED", _("agreed with a senior when to call")
    WORTH = "WORTH", _("found a part worth the time")


class Tally(db.Keyed):
    """One tap: what is counted, about which exercise or part, and the answer that was chosen."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="tallies")
    what = models.CharField(max_length=10, choices=Counted.choices)
    about = models.SlugField(max_length=100)
    tag = models.SlugField(max_length=40)

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "what", "about", "tag"], name="a_tally_is_counted_once"
            ),
            db.one_of("what", Counted, name="what_is_counted_is_known"),
        ]


class SharedCopy(db.Keyed):
    """A copy of one exercise that the person's coach may read until it is taken back."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="shared_copies")
    exercise = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    lines = EncryptedTextField(key="enrolment.participant.data_key_id")
    shared_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "shared copies"
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "exercise"], name="one_shared_copy_per_exercise")
        ]


class Remark(db.Keyed):
    """A line to the makers after a part; nobody reads it before what could name somebody is taken out."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="remarks")
    about = models.SlugField(max_length=100)
    words = EncryptedTextField(key="enrolment.participant.data_key_id")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "about"], name="one_remark_per_part")]


class LiveSession(db.Keyed):
    """People meet on a date, in a place or by a link. Its key is that of its page; all dates of one share `about`."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="live_sessions")
    about = models.SlugField(max_length=60)
    title = models.CharField(max_length=255)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    capacity = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(blank=True)
    facilitator = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1)
    called_off_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="a_live_session_ends_after_it_starts",
            )
        ]


class SeatState(models.TextChoices):
    """Whether somebody has a place."""

    TAKEN = "TAKEN", _("has a place")
    WAITING = "WAITING", _("on the waiting list")
    GIVEN_BACK = "GIVEN_BACK", _("given back")


WANTED = (SeatState.TAKEN, SeatState.WAITING)


class Seat(db.Keyed):
    """Somebody's place at a live session, or their wait for one; whether they came is ticked by the facilitator."""

    live_session = models.ForeignKey(LiveSession, on_delete=models.CASCADE, related_name="seats")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="seats")
    state = models.CharField(max_length=10, choices=SeatState.choices)
    asked_at = models.DateTimeField()
    attended = models.BooleanField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["live_session", "enrolment"], name="one_seat_per_person_and_live_session"
            ),
            db.one_of("state", SeatState, name="seat_state_is_known"),
            models.CheckConstraint(
                condition=models.Q(attended=None) | models.Q(state="TAKEN"),
                name="only_who_has_a_seat_attends",
            ),
        ]
