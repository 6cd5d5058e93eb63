"""Programmes and the people in them."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience import db
from resilience.accounts.models import User
from resilience.organisations.models import BelongsAs, Organisation
from resilience.participants.arm_models import (  # noqa: F401 - Django looks for an app's models here
    WITHOUT_A_COACH,
    Allocates,
    Allocation,
    AllocationPlan,
    Arm,
    DrawnPlace,
    Kind,
    ListedArm,
    Stratum,
)
from resilience.participants.backing_models import CallBacking  # noqa: F401 - as above
from resilience.participants.consent_models import (  # noqa: F401 - Django looks for an app's models here
    ConsentForm,
    ConsentRecord,
    Purpose,
    Reason,
    Stage,
    Why,
    Withdrawal,
)
from resilience.participants.paper_models import Papers  # noqa: F401 - as above
from resilience.participants.wording import Wording
from resilience.privacy.fields import EncryptedTextField


class Coaching(models.TextChoices):
    """How a programme offers calls; staff never see these words."""

    NONE = "NONE", _("no calls")
    OPTIONAL = "OPTIONAL", _("calls for those who want one")
    RECOMMENDED = "RECOMMENDED", _("calls are suggested")
    CORE = "CORE", _("a time is proposed to everyone")


class Overlap(models.TextChoices):
    """What becomes of questions that are open when those of a later time point open."""

    CLOSE = "CLOSE", _("the earlier ones close")
    TOGETHER = "TOGETHER", _("both stay open, and what both ask is asked once")


class ResultsShown(models.TextChoices):
    """When somebody may see their own results: knowing them can change what they answer next."""

    AFTER_LAST = "AFTER_LAST", _("After the last questions")
    ALWAYS = "ALWAYS", _("As soon as there are some")
    NEVER = "NEVER", _("Never")


class Programme(db.Keyed):
    """One programme: its public name, who runs it, how calls are offered."""

    slug = models.SlugField(unique=True)
    public_name = models.CharField(max_length=120)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="programmes")
    time_zone = models.CharField(max_length=60, default="Europe/London")
    language = models.CharField(max_length=10, default="en-gb")
    is_synthetic = models.BooleanField(default=False)
    wording = models.CharField(
        max_length=10,
        choices=Wording.choices,
        default=Wording.ASKING,
        help_text=_("the programme's own word for turning to somebody"),
    )
    coaching = models.CharField(max_length=12, choices=Coaching.choices, default=Coaching.OPTIONAL)
    calls_offered = models.PositiveSmallIntegerField(default=2)
    call_minutes = models.PositiveSmallIntegerField(default=30)
    calls_close_after_days = models.PositiveSmallIntegerField(default=56, help_text=_("days after joining"))
    modules = models.PositiveSmallIntegerField(default=5)
    overlap = models.CharField(
        max_length=8,
        choices=Overlap.choices,
        default=Overlap.CLOSE,
        help_text=_("when questions open while earlier ones are open still"),
    )
    reminders = models.PositiveSmallIntegerField(default=2, help_text=_("of a short page, at the most"))
    first_reminder_days = models.PositiveSmallIntegerField(default=3, help_text=_("after the page is ready"))
    second_reminder_days = models.PositiveSmallIntegerField(
        default=10, help_text=_("after the page is ready")
    )
    recruit_goal = models.PositiveIntegerField(null=True, blank=True)
    retain_goal_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    content_frozen_on = models.DateField(
        null=True, blank=True, help_text=_("since when its pages change for safety alone")
    )
    why_unit = models.CharField(
        max_length=300, blank=True, help_text=_("why the unit is asked; empty: it is not")
    )
    why_ethnicity = models.CharField(max_length=300, blank=True, help_text=_("as for the unit"))
    why_disability = models.CharField(max_length=300, blank=True, help_text=_("as for the unit"))
    why_age_band = models.CharField(max_length=300, blank=True, help_text=_("as for the unit"))
    results_shown = models.CharField(
        max_length=10, choices=ResultsShown.choices, default=ResultsShown.AFTER_LAST
    )
    has_arms = models.BooleanField(
        default=False, help_text=_("people come into groups: its plan is confirmed")
    )
    cards_held_back = models.BooleanField(
        default=False, help_text=_("cards to pass on are shown after somebody's last questions")
    )

    class Meta:
        constraints = [
            db.one_of("coaching", Coaching, name="coaching_is_known"),
            db.one_of("results_shown", ResultsShown, name="when_results_are_shown_is_known"),
            db.one_of("wording", Wording, name="wording_is_known"),
            db.one_of("overlap", Overlap, name="overlap_is_known"),
            models.CheckConstraint(
                condition=models.Q(
                    reminders__lte=2,
                    first_reminder_days__gte=1,
                    second_reminder_days__gt=models.F("first_reminder_days"),
                ),
                name="two_reminders_at_most_one_after_the_other",
            ),
        ]

    def __str__(self) -> str:
        return self.public_name


class Cohort(db.Keyed):
    """People who go through a programme in the same months."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=120)
    opens_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)
    open_enrolment = models.BooleanField(default=False, help_text=_("anybody may join without an invitation"))
    organisations = models.ManyToManyField(
        Organisation,
        blank=True,
        related_name="cohorts",
        help_text=_("beside the one that runs the programme"),
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "name"], name="cohort_names_differ")]


class Respondent(models.Model):
    """The pseudonym that responses and scores hang on; what the evaluation knows of a person."""

    study_id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    profession = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=40, blank=True)
    workplace = models.CharField(max_length=60, blank=True)
    gender = models.CharField(max_length=40, blank=True)
    shifts = models.CharField(max_length=40, blank=True)
    ethnicity = models.CharField(max_length=40, blank=True)
    disability = models.CharField(max_length=40, blank=True)
    age_band = models.CharField(max_length=40, blank=True)
    is_test = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True, blank=True)
    stays_in_published = models.BooleanField(
        default=False, help_text=_("wished that frozen data behind published totals keep their numbers")
    )
    taken_out_at = models.DateTimeField(
        null=True, blank=True, help_text=_("when frozen data that held them were thrown away")
    )


class Participant(db.Keyed):
    """The person, once, whatever programmes they join."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="participant")
    chosen_name = EncryptedTextField(key="user.data_key_id", blank=True, default="")
    phone = EncryptedTextField(key="user.data_key_id", blank=True, default="")
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    phone_takes_texts = models.BooleanField(default=False)
    phone_doubted_at = models.DateTimeField(
        null=True, blank=True, help_text=_("when the carrier said that nobody has this number")
    )
    phone_confirmed_at = models.DateTimeField(
        null=True, blank=True, help_text=_("when 1 was last pressed, or texted back, at this number")
    )
    time_zone = models.CharField(max_length=60, default="Europe/London")
    nights_until = models.DateTimeField(
        null=True, blank=True, help_text=_("works nights until then, and sleeps by day")
    )

    @property
    def data_key_id(self) -> uuid.UUID:
        """Return the id of the key under which this person's words are kept."""
        return self.user.data_key_id


class Readiness(models.TextChoices):
    """The way somebody chose after "Is this a good time?"; what they ticked is not kept."""

    START = "START", _("start")
    START_WITH_SUPPORT = "START_WITH_SUPPORT", _("start with support")
    NOT_NOW = "NOT_NOW", _("not now")


class Enrolment(db.Keyed):
    """A person in one programme: consent, bookings, progress and time points hang on it."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="enrolments")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrolments")
    respondent = models.OneToOneField(Respondent, on_delete=models.PROTECT, related_name="enrolment")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="enrolments"
    )
    belongs_as = models.CharField(max_length=9, choices=BelongsAs.choices, blank=True)
    joined_at = models.DateTimeField()
    about_you_at = models.DateTimeField(null=True, blank=True)
    readiness = models.CharField(max_length=20, choices=Readiness.choices, blank=True)
    readiness_at = models.DateTimeField(null=True, blank=True)
    ask_again_on = models.DateField(null=True, blank=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    no_pages_since = models.DateTimeField(
        null=True, blank=True, help_text=_("wants no word of short pages of this programme")
    )
    modules_done_at = models.DateTimeField(null=True, blank=True)
    calls_done_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    has_raised = models.BooleanField(
        default=False, help_text=_("said once what gets in the way at work; what was chosen is not kept")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "cohort"], name="one_enrolment_per_person_and_cohort"
            ),
            models.CheckConstraint(
                condition=models.Q(belongs_as__in=["", *BelongsAs.values]), name="belongs_as_is_known"
            ),
        ]

    @property
    def programme(self) -> Programme:
        """Return the programme of the cohort."""
        return self.cohort.programme

    @property
    def belongs_to(self) -> Organisation:
        """Return the person's own organisation; that of the programme where they named none."""
        return self.organisation or self.cohort.programme.organisation


class Reached(models.TextChoices):
    """What somebody can have reached that others count from."""

    MODULE = "MODULE", _("every piece of a part is behind them")
    LIVE_SESSION = "LIVE_SESSION", _("a live session was attended, or its date passed")
    CALL = "CALL", _("so many calls were held")


class Milestone(db.Keyed):
    """A moment that is kept when what led to it changes: a part stays done, questions count their days from it."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="milestones")
    what = models.CharField(max_length=12, choices=Reached.choices)
    about = models.SlugField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "what", "about"], name="a_milestone_is_reached_once"
            ),
            db.one_of("what", Reached, name="what_is_reached_is_known"),
        ]


class Invitation(db.Keyed):
    """A link that lets somebody join a cohort: once for a personal one, many times for a poster."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="invitations")
    code_hash = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=40, default="e-mail", help_text=_("how people were approached"))
    many = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)
