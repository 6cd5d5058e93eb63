"""Who backs the coaches of a programme; without it no call can be booked."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from resilience import db
from resilience.participants.roles_of_calls import ALWAYS


def one_role() -> list[str]:
    """Return the role that every programme with calls has."""
    return [ALWAYS.value]


class CallBacking(db.Keyed):
    """A coach's own supervisor, what happens when a coach cannot, and what the calls are and are not."""

    programme = models.OneToOneField(
        "participants.Programme", on_delete=models.CASCADE, related_name="call_backing"
    )
    supervisor = models.CharField(_("the coaches' supervisor"), max_length=120)
    supervisor_email = models.EmailField(_("the supervisor's e-mail address"))
    cover = models.TextField(_("cover"), max_length=600)
    scope = models.CharField(_("scope"), max_length=300)
    roles = models.JSONField(default=one_role)
    entered_by = models.UUIDField(null=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(supervisor="") & ~Q(supervisor_email="") & ~Q(cover="") & ~Q(scope=""),
                name="backing_names_a_supervisor_cover_and_scope",
            )
        ]
