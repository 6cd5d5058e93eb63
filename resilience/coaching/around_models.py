"""What the two agree before a call, tell each other of themselves, and keep after it; nothing of what was said."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience import db
from resilience.coaching.models import Call, Coach, CoachingRelationship, Side
from resilience.measures.models import Response
from resilience.participants.models import Enrolment, Programme
from resilience.participants.roles_of_calls import RoleOfCalls
from resilience.privacy.fields import EncryptedTextField


class Goal(models.TextChoices):
    """What the calls are for, for this person."""

    FIND = "FIND", _("We find out together")
    PLAN = "PLAN", _("A plan for when something goes wrong")
    THINK = "THINK", _("A fairer way to look at hard moments")
    ASK = "ASK", _("Asking sooner")
    STRENGTHS = "STRENGTHS", _("Strengths at work")


class Agenda(models.TextChoices):
    """Who says what a call is about."""

    PARTICIPANT = "PARTICIPANT", _("The one who takes part")
    TOGETHER = "TOGETHER", _("The two of us, at the start of each call")
    COACH = "COACH", _("The coach suggests, and a no is enough")


class Topic(models.TextChoices):
    """What somebody would rather leave out; they may always say more, or less, in the call."""

    EVENT = "EVENT", _("What happened at work")
    HEALTH = "HEALTH", _("Health")
    HOME = "HOME", _("Life at home")
    COLLEAGUES = "COLLEAGUES", _("People at work")


class Agreement(db.Keyed):
    """One version of what the two agreed, or of what one of them proposes: agreed only where both said so."""

    relationship = models.ForeignKey(
        CoachingRelationship, on_delete=models.CASCADE, related_name="agreements"
    )
    version = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=12, choices=RoleOfCalls.choices)
    goal = models.CharField(max_length=12, choices=Goal.choices)
    agenda = models.CharField(max_length=12, choices=Agenda.choices)
    left_out = models.JSONField(default=list)
    own_words = EncryptedTextField(
        key="relationship.enrolment.participant.data_key_id", blank=True, default=""
    )
    proposed_by = models.CharField(max_length=11, choices=Side.choices)
    proposed_at = models.DateTimeField()
    participant_agreed_at = models.DateTimeField(null=True)
    coach_agreed_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["relationship", "version"], name="agreement_versions_differ"),
            db.one_of("role", RoleOfCalls, name="agreement_names_a_known_role"),
            db.one_of("goal", Goal, name="agreement_goal_is_known"),
            db.one_of("agenda", Agenda, name="agreement_agenda_is_known"),
            db.one_of("proposed_by", Side, name="agreement_is_proposed_by_one_of_the_two"),
            models.CheckConstraint(
                condition=models.Q(agreed_at=None)
                | models.Q(participant_agreed_at__isnull=False, coach_agreed_at__isnull=False),
                name="agreed_means_that_both_said_so",
            ),
        ]


class _Card(db.Keyed):
    """Three things that somebody wants the other to know; each may be empty."""

    changed_at = models.DateTimeField()

    class Meta:
        abstract = True


class AboutMe(_Card):
    """What somebody who takes part wants their coach to know."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="about_me")
    person = EncryptedTextField(key="enrolment.participant.data_key_id", blank=True, default="")
    learning = EncryptedTextField(key="enrolment.participant.data_key_id", blank=True, default="")
    work = EncryptedTextField(key="enrolment.participant.data_key_id", blank=True, default="")


class AboutCoach(_Card):
    """What a coach wants those they talk with to know; `learned` is what they learned from a mistake of their own."""

    coach = models.OneToOneField(Coach, on_delete=models.CASCADE, related_name="about_me")
    person = EncryptedTextField(key="coach.user.data_key_id", blank=True, default="")
    learning = EncryptedTextField(key="coach.user.data_key_id", blank=True, default="")
    work = EncryptedTextField(key="coach.user.data_key_id", blank=True, default="")
    learned = EncryptedTextField(key="coach.user.data_key_id", blank=True, default="")


class NextStep(db.Keyed):
    """The one line that the two agreed at the end of a call; both can read it, and nobody else."""

    call = models.OneToOneField(Call, on_delete=models.CASCADE, related_name="next_step")
    words = EncryptedTextField(key="call.booking.participant.data_key_id")
    agreed_at = models.DateTimeField()


class CoachReport(db.Keyed):
    """What a coach keeps of a call beside its outcome: which stages of the guide were held, and their own time."""

    call = models.OneToOneField(Call, on_delete=models.CASCADE, related_name="coach_report")
    guide_call = models.PositiveSmallIntegerField(default=1, help_text=_("which call of the guide: 1 or 2"))
    stages_held = models.JSONField(null=True, help_text=_("their numbers in the guide; nothing: not said"))
    stages_of = models.PositiveSmallIntegerField(default=0)
    preparation_minutes = models.PositiveSmallIntegerField(null=True)
    notes_minutes = models.PositiveSmallIntegerField(null=True)
    in_own_time = models.BooleanField(null=True)
    kept_at = models.DateTimeField()


class Help(models.TextChoices):
    """Another kind of help than a coach; but for the last, each is a kind that a support route can offer."""

    MENTOR = "MENTOR", _("A mentor: somebody further on in the same work")
    ADVISER = "ADVISER", _("Advice: what the rules are, what to do about a job or a course")
    OCCUPATIONAL = "OCCUPATIONAL", _("Occupational health")
    URGENT = "URGENT", _("Somebody now: it is urgent")


class Referral(db.Keyed):
    """Another kind of help was wanted: its kind and the day, in this programme, and nothing of who or why."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="referrals")
    kind = models.CharField(max_length=12, choices=Help.choices)
    on_date = models.DateField()

    class Meta:
        constraints = [db.one_of("kind", Help, name="kind_of_help_is_known")]


class SafetyMatter(db.Keyed):
    """A coach had to go further about a matter of patient safety: the day, and that the participant was told."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    on_date = models.DateField()
    participant_told = models.BooleanField()


class Wish(models.TextChoices):
    """What a coach asks for after a call."""

    TALK_OVER = "TALK_OVER", _("to talk a call over")
    WORRIED = "WORRIED", _("to talk with a lead: worried about somebody")


class CoachWish(db.Keyed):
    """A coach asks somebody for a talk; about whom, it does not say."""

    coach = models.ForeignKey(Coach, on_delete=models.CASCADE, related_name="wishes")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Wish.choices)
    asked_at = models.DateTimeField()

    class Meta:
        constraints = [db.one_of("kind", Wish, name="coachs_wish_is_known")]


class RelationshipRating(db.Keyed):
    """One side's own answers after a call; the other side never sees them."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="ratings")
    side = models.CharField(max_length=11, choices=Side.choices)
    response = models.OneToOneField(Response, on_delete=models.PROTECT, related_name="rating")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "side"], name="one_rating_per_side_and_call")]
