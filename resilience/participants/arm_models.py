"""Groups that differ in what they are offered, how people come into one, and who came into which."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from resilience import db


class Kind(models.TextChoices):
    """What a group is offered."""

    NONE = "NONE", _("no calls")
    OPTIONAL = "OPTIONAL", _("calls for those who want one")
    RECOMMENDED = "RECOMMENDED", _("calls are suggested")
    CORE = "CORE", _("a time is proposed to everyone")
    WAITING = "WAITING", _("waiting list: the parts open later")
    PEER = "PEER", _("a talk with a colleague instead of a coach")


WITHOUT_A_COACH = (Kind.NONE, Kind.PEER)


class Allocates(models.TextChoices):
    """How people come into a group."""

    PERSON = "PERSON", _("each person by chance")
    UNIT = "UNIT", _("each unit by chance, and everybody in it with it")
    TABLE = "TABLE", _("by a table from elsewhere")


class Stratum(models.TextChoices):
    """What the groups are kept alike in."""

    PROFESSION = "profession", _("profession")
    LEVEL = "level", _("stage of working life")
    ORGANISATION = "organisation", _("organisation")


class Arm(db.Keyed):
    """One group of a programme: its neutral name, and what it is offered."""

    programme = models.ForeignKey("participants.Programme", on_delete=models.CASCADE, related_name="arms")
    key = models.SlugField(max_length=20)
    name = models.CharField(max_length=80, help_text=_("neutral: people see it"))
    position = models.PositiveSmallIntegerField()
    share = models.PositiveSmallIntegerField(default=1, help_text=_("1 and 1 for halves, 2 and 1 for thirds"))
    kind = models.CharField(max_length=12, choices=Kind.choices)
    weeks = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text=_("a waiting list: the parts open so many weeks after the first questions"),
    )
    timepoint = models.SlugField(
        max_length=20, blank=True, help_text=_("a waiting list: or after the questions of this time point")
    )
    task = models.TextField(blank=True, max_length=2000, help_text=_("what to talk about with a colleague"))

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="arm_keys_differ"),
            models.UniqueConstraint(fields=["programme", "name"], name="arm_names_differ"),
            models.CheckConstraint(condition=models.Q(share__gte=1, share__lte=9), name="an_arm_has_a_share"),
            db.one_of("kind", Kind, name="arm_kind_is_known"),
            models.CheckConstraint(
                condition=models.Q(kind="WAITING", weeks__gte=1, timepoint="")
                | models.Q(kind="WAITING", weeks=None, timepoint__gt="")
                | (~models.Q(kind="WAITING") & models.Q(weeks=None, timepoint="")),
                name="a_waiting_list_says_how_long",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="PEER", task__gt="") | (~models.Q(kind="PEER") & models.Q(task="")),
                name="a_talk_with_a_colleague_has_a_task",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AllocationPlan(db.Keyed):
    """How people of a programme come into a group; the seed is drawn when it is confirmed, and shown to nobody then."""

    programme = models.OneToOneField(
        "participants.Programme", on_delete=models.CASCADE, related_name="allocation_plan"
    )
    by = models.CharField(max_length=6, choices=Allocates.choices, default=Allocates.PERSON)
    blocks = models.JSONField(
        default=list, help_text=_("sizes of the blocks, of which one is drawn each time")
    )
    strata = models.JSONField(default=list, blank=True)
    seed = models.CharField(max_length=64, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(
        null=True, blank=True, help_text=_("from then on nobody comes into a group")
    )

    class Meta:
        constraints = [
            db.one_of("by", Allocates, name="how_people_are_allocated_is_known"),
            models.CheckConstraint(
                condition=models.Q(seed="", confirmed_at=None)
                | models.Q(seed__gt="", confirmed_at__isnull=False),
                name="a_seed_is_drawn_when_a_plan_is_confirmed",
            ),
        ]


class DrawnPlace(db.Evidence):
    """A place of a sequence that was given, to a person or to a unit; it stays when the person is gone."""

    plan = models.ForeignKey(AllocationPlan, on_delete=models.CASCADE, related_name="places")
    stratum = models.CharField(max_length=200, blank=True)
    number = models.PositiveIntegerField(help_text=_("1 for the first that arrived"))
    arm = models.ForeignKey(Arm, on_delete=models.PROTECT, related_name="places")
    unit = models.CharField(max_length=130, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["stratum", "number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "stratum", "number"], name="a_place_is_given_once"),
            models.UniqueConstraint(
                fields=["plan", "unit"], condition=models.Q(unit__gt=""), name="a_unit_has_one_place"
            ),
        ]


class ListedArm(db.Keyed):
    """What a table from elsewhere says of somebody; it holds from the moment their first questions are answered."""

    enrolment = models.OneToOneField(
        "participants.Enrolment", on_delete=models.CASCADE, related_name="listed_arm"
    )
    arm = models.ForeignKey(Arm, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()


class Allocation(db.Evidence):
    """The group of somebody: given once, after their first questions; without a place where a table said it."""

    enrolment = models.OneToOneField(
        "participants.Enrolment", on_delete=models.CASCADE, related_name="allocation"
    )
    arm = models.ForeignKey(Arm, on_delete=models.PROTECT, related_name="allocations")
    place = models.ForeignKey(DrawnPlace, null=True, on_delete=models.PROTECT, related_name="allocations")
    at = models.DateTimeField()
