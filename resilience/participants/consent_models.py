"""What somebody agreed to, that they stopped, and why they said no where they chose to say."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience import db


class Purpose(models.TextChoices):
    """What somebody may agree to; only the first is needed to take part."""

    TAKE_PART = "TAKE_PART", _("Take part")
    EVALUATION = "EVALUATION", _("Use my answers in the evaluation")
    CALLS = "CALLS", _("Calls")
    TEXTS = "TEXTS", _("Texts")
    QUOTES = "QUOTES", _("Quote my words without my name")
    INTERVIEW = "INTERVIEW", _("Ask me for an interview")
    SHARING = "SHARING", _("Share data that cannot identify me with other researchers")
    AVOIDANCE = "AVOIDANCE", _("Ask me about ways of coping that people seldom speak of")


class ConsentForm(db.Evidence):
    """The words that people agreed to, as they stood: a change makes a new version; a translation has its number."""

    programme = models.ForeignKey(
        "participants.Programme", on_delete=models.PROTECT, related_name="consent_forms"
    )
    version = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=10, default="en-gb")
    information = models.TextField()
    text_hash = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "version", "language"], name="consent_versions_differ"
            )
        ]


class ConsentRecord(db.Evidence):
    """One purpose, given or not, at a moment; the newest of a purpose stands."""

    enrolment = models.ForeignKey("participants.Enrolment", on_delete=models.CASCADE, related_name="consents")
    form = models.ForeignKey(ConsentForm, on_delete=models.PROTECT)
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    given = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["enrolment", "purpose", "-at"])]


class Withdrawal(db.Evidence):
    """Somebody stopped taking part; what they chose for their data."""

    class Choice(models.TextChoices):
        STOP_CONTACT = "STOP_CONTACT", _("stop writing to me")
        DELETE = "DELETE", _("delete my data")
        DELETE_KEEP = "DELETE_KEEP", _("delete my data, but keep my numbers in totals that are published")

    enrolment = models.ForeignKey(
        "participants.Enrolment", on_delete=models.CASCADE, related_name="withdrawals"
    )
    at = models.DateTimeField()
    choice = models.CharField(max_length=14, choices=Choice.choices)
    reason = models.CharField(max_length=40, blank=True)


class Stage(models.TextChoices):
    """Where somebody said no, or was not there."""

    JOINING = "JOINING", _("did not join")
    NOT_NOW = "NOT_NOW", _("not now")
    CONSENT = "CONSENT", _("did not agree to a purpose, or took it back")
    CALLS = "CALLS", _("no call")
    CANCELLED = "CANCELLED", _("cancelled a call")
    MISSED = "MISSED", _("missed a call")
    STOPPED = "STOPPED", _("stopped taking part")


class Why(models.TextChoices):
    """What got in the way: one list for every stage, as the published studies name it."""

    NO_TIME = "NO_TIME", _("I have no time for it")
    WORN_OUT = "WORN_OUT", _("I am too worn out")
    NOT_CLEAR = "NOT_CLEAR", _("I am not sure what it is, or whether it is for people like me")
    PRIVACY = "PRIVACY", _("I am not sure that it stays private")
    WORK = "WORK", _("Something came up at work")
    STIRRED_UP = "STIRRED_UP", _("It stirs up too much")
    NOT_NOW = "NOT_NOW", _("Not now, perhaps later")
    NOT_BY_PHONE = "NOT_BY_PHONE", _("I do not like talking by telephone")
    ONE_IS_ENOUGH = "ONE_IS_ENOUGH", _("One call is enough for me")
    HAVE_ENOUGH = "HAVE_ENOUGH", _("I have what I wanted from it")
    FORGOT = "FORGOT", _("I forgot")
    MOVED_ON = "MOVED_ON", _("I am changing or leaving my job or course")
    NOT_FOR_ME = "NOT_FOR_ME", _("It is not for me")
    OTHER = "OTHER", _("Something else")


class Reason(db.Keyed):
    """Why somebody said no, where they chose to say: one code, and nothing in their own words.

    It hangs on the enrolment where there is one, and goes with it. Of somebody who never joined, or who had their data
    deleted, only the group, the code and the day are kept.
    """

    cohort = models.ForeignKey("participants.Cohort", on_delete=models.CASCADE, related_name="reasons")
    enrolment = models.ForeignKey(
        "participants.Enrolment", null=True, on_delete=models.CASCADE, related_name="reasons"
    )
    stage = models.CharField(max_length=9, choices=Stage.choices)
    about = models.CharField(
        max_length=36, blank=True, help_text=_("the booking or the purpose, where it is of one")
    )
    code = models.CharField(max_length=13, choices=Why.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "stage", "about"], name="one_reason_for_each_no"),
            db.one_of("stage", Stage, name="stage_of_a_reason_is_known"),
            db.one_of("code", Why, name="code_of_a_reason_is_known"),
            models.CheckConstraint(
                condition=models.Q(enrolment__isnull=False) | models.Q(about=""),
                name="a_reason_without_a_person_is_about_nothing_of_theirs",
            ),
        ]
