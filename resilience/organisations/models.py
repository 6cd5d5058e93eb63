"""Who runs a programme, where its people work, and whom they can turn to."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from resilience import db
from resilience.accounts.models import User
from resilience.organisations import cards, logos, national
from resilience.organisations.system_models import (  # noqa: F401 - Django looks for an app's models here
    SystemAction,
    SystemList,
)


class BelongsAs(models.TextChoices):
    """As what somebody belongs to an organisation; nothing where they did not say."""

    EMPLOYEE = "EMPLOYEE", _("employee")
    STUDENT = "STUDENT", _("student")
    AGENCY = "AGENCY", _("agency or bank staff")
    VOLUNTEER = "VOLUNTEER", _("volunteer")


class KindOfHelp(models.TextChoices):
    """What somebody to turn to offers, where it is one of the kinds that people ask for in place of a coach."""

    MENTOR = "MENTOR", _("A mentor: somebody further on in the same work")
    ADVISER = "ADVISER", _("Advice: what the rules are, what to do about a job or a course")
    OCCUPATIONAL = "OCCUPATIONAL", _("Occupational health")


def employees() -> list[str]:
    """Return the kinds of person of an organisation of which nobody has said more."""
    return [BelongsAs.EMPLOYEE.value]


class Organisation(db.Keyed):
    """A trust, ambulance service or university: its name, logo, data controller, incident link and leads."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(max_length=2, choices=national.COUNTRIES, default=national.GB)
    logo = models.FileField(_("logo"), upload_to=logos.place, blank=True)
    data_controller = models.CharField(_("data controller"), max_length=300, blank=True)
    incident_url = models.URLField(
        _("where incidents are reported"),
        blank=True,
        help_text=_("Where staff report an incident the usual way"),
    )
    belong_as = models.JSONField(default=employees)
    leads = models.ManyToManyField(User, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(country__in=[code for code, _name in national.COUNTRIES]),
                name="country_has_routes_of_its_own",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Unit(db.Keyed):
    """A ward, team or course within an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="units")
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="unit_names_differ")]


class State(models.TextChoices):
    """Where a version of a support route stands."""

    DRAFT = "DRAFT", _("being written")
    PROPOSED = "PROPOSED", _("to be published")
    PUBLISHED = "PUBLISHED", _("shown")
    ENDED = "ENDED", _("no longer shown")


class Locked(Exception):
    """The words of a version that was proposed or published do not change; a change is a new version."""


WORDS = frozenset(
    {
        "route", "version", "country", "organisation", "organisation_id", "instead_of", "belongs_as", "kind_of_help",
        "language", "label", "text", "phone", "sms", "url", "urgent", "position", "owner", "expires_on",
    }
)  # fmt: skip


class LockedQuerySet(models.QuerySet):
    """Moves versions on; never changes their words."""

    def update(self, **values: object) -> int:
        """Update what is not words. Raises Locked."""
        if WORDS & set(values):
            raise Locked
        return super().update(**values)


class SupportRoute(db.Keyed):
    """Somebody to talk to, for a country or for one kind of person of an organisation: one version of it.

    Two people publish it, and from then on its words are locked.
    """

    route = models.UUIDField(default=uuid.uuid4, db_index=True)
    version = models.PositiveSmallIntegerField(default=1)
    country = models.CharField(max_length=2, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="support_routes"
    )
    instead_of = models.SlugField(blank=True)
    belongs_as = models.CharField(_("for whom"), max_length=9, choices=BelongsAs.choices, blank=True)
    kind_of_help = models.CharField(
        _("what it offers"), max_length=12, choices=KindOfHelp.choices, blank=True
    )
    language = models.CharField(_("language"), max_length=10, default="en-gb")
    label = models.CharField(_("name"), max_length=120)
    text = models.TextField(_("what one should know"), max_length=600, blank=True)
    phone = models.CharField(_("telephone number"), max_length=40, blank=True)
    sms = models.CharField(_("number for texts"), max_length=60, blank=True)
    url = models.URLField(_("website"), blank=True)
    urgent = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    owner = models.UUIDField(_("owner"), null=True)
    expires_on = models.DateField(_("shown until"), null=True, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    proposed_by = models.UUIDField(null=True)
    proposed_at = models.DateTimeField(null=True)
    published_by = models.UUIDField(null=True)
    published_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    checked_on = models.DateField(null=True, blank=True)

    objects = LockedQuerySet.as_manager()

    class Meta:
        ordering = ["position", "label"]
        constraints = [
            db.one_of("state", State, name="route_state_is_known"),
            models.CheckConstraint(
                condition=Q(belongs_as__in=["", *BelongsAs.values]),
                name="route_is_for_a_known_kind_of_person",
            ),
            models.CheckConstraint(
                condition=Q(kind_of_help__in=["", *KindOfHelp.values]),
                name="route_offers_a_known_kind_of_help",
            ),
            models.CheckConstraint(
                condition=Q(country="", organisation__isnull=False) | (~Q(country="") & Q(organisation=None)),
                name="route_is_of_a_country_or_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(state="DRAFT", proposed_by=None)
                | (
                    ~Q(state="DRAFT")
                    & Q(proposed_by__isnull=False, owner__isnull=False, expires_on__isnull=False)
                ),
                name="proposed_by_somebody_with_an_owner_and_an_end",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["DRAFT", "PROPOSED"], published_by=None)
                | (
                    Q(state__in=["PUBLISHED", "ENDED"], published_by__isnull=False)
                    & ~Q(published_by=F("proposed_by"))
                ),
                name="two_people_publish_a_route",
            ),
            db.set_exactly_when("ended_at", status="state", is_="ENDED", name="route_ended_at_when_ended"),
            models.UniqueConstraint(fields=["route", "language", "version"], name="one_version_of_a_number"),
            models.UniqueConstraint(
                fields=["route", "language"], condition=Q(state="PUBLISHED"), name="one_published_version"
            ),
            models.UniqueConstraint(
                fields=["route", "language"],
                condition=Q(state__in=["DRAFT", "PROPOSED"]),
                name="one_version_in_the_making",
            ),
        ]

    @property
    def for_whom(self) -> str:
        """Return for which kind of person it is, in words; empty for everyone."""
        return cards.FOR.get(self.belongs_as, "")

    @classmethod
    def from_db(cls, using: str, names: list[str], values: tuple) -> "SupportRoute":
        """Return the stored row, and remember what state it was stored in."""
        row = super().from_db(using, names, values)
        row._stored_as = row.__dict__.get("state")
        return row

    def save(self, *args: object, **kwargs: object) -> None:
        """Store a draft, or move a version on. Raises Locked where words would change that are no draft's."""
        stored_as = getattr(self, "_stored_as", State.DRAFT)
        fields = kwargs.get("update_fields")
        if not self._state.adding and stored_as != State.DRAFT and (fields is None or WORDS & set(fields)):
            raise Locked
        super().save(*args, **kwargs)
        self._stored_as = self.state
