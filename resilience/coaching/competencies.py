"""How coaches see their craft: fifteen competencies in five domains, by the coach and by a peer whom they name.

The five domains are those of the framework for mentors of doctors in PubMed 34314291; the words of the statements are
ours. It is for the coach alone: nobody else is shown an answer, and no figure is made of several coaches.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from resilience.audit import events, trail
from resilience.coaching import minimum
from resilience.coaching.development_models import CompetencyProfile
from resilience.coaching.models import Coach
from resilience.measures import catalogue, responses
from resilience.measures import forms as measure_forms
from resilience.measures.models import Score

INSTRUMENT = "competencies"
A_YEAR = timedelta(days=365)
MOST_SHOWN = 4
IN_A_DOMAIN = 2  # of three: fewer make no mean
DOMAINS = {
    "process": _("Process and structure"),
    "relating": _("Relating to people"),
    "coaching": _("Coaching skills"),
    "theory": _("Theories and models"),
    "development": _("Growing as a coach"),
}


class NotAPeer(Exception):
    """A peer coaches in one of the same programmes, and is somebody else."""


@dataclass(frozen=True)
class Seen:
    """One answered profile: when, by whom, and the mean of each domain (None where too little was answered)."""

    at: datetime
    by: Coach
    own: bool
    domains: Mapping[str, float | None]

    @property
    def values(self) -> list[tuple[str, float | None]]:
        """Return each domain's name and mean, in order."""
        return [(str(words), self.domains.get(key)) for key, words in DOMAINS.items()]


def form(data: Mapping | None = None) -> measure_forms.Answers:
    """Return the fifteen statements as a form."""
    return measure_forms.build(catalogue.get(INSTRUMENT), data)


def domains_of(shown: measure_forms.Answers) -> list[tuple[str, list]]:
    """Return the fields of the form under the names of their domains."""
    fields = [shown[name] for name in shown.fields]
    return [(str(words), fields[3 * place : 3 * place + 3]) for place, words in enumerate(DOMAINS.values())]


def is_due(coach: Coach, *, now: datetime) -> bool:
    """Return whether the own profile is asked for: before the first call, and a year after the last one."""
    return not CompetencyProfile.objects.filter(coach=coach, by=coach, answered_at__gt=now - A_YEAR).exists()


@transaction.atomic
def answer_own(*, coach: Coach, answers: Mapping[str, int], now: datetime) -> CompetencyProfile:
    """Keep a coach's own profile. Raises responses.Odd."""
    stored = responses.record(respondent=coach.respondent, instrument=INSTRUMENT, answers=answers, at=now)
    profile = CompetencyProfile.objects.create(
        coach=coach, by=coach, asked_at=now, response=stored, answered_at=now
    )
    minimum.look(coach, now=now)
    return profile


def peers_of(coach: Coach) -> list[Coach]:
    """Return whom a coach can name: everybody else who coaches in one of their programmes."""
    found = Coach.objects.filter(programmes__in=coach.programmes.all(), is_active=True).exclude(pk=coach.pk)
    return list(found.distinct().order_by("shown_name"))


def ask(*, coach: Coach, peer: Coach, now: datetime) -> CompetencyProfile:
    """Ask a peer for their view; while it is awaited a second asking changes nothing. Raises NotAPeer."""
    if peer not in peers_of(coach):
        raise NotAPeer
    waiting = {"coach": coach, "by": peer, "answered_at": None}
    try:
        with transaction.atomic():
            asked, fresh = CompetencyProfile.objects.get_or_create(**waiting, defaults={"asked_at": now})
    except IntegrityError:
        return CompetencyProfile.objects.get(**waiting)
    if fresh:
        trail.record(events.PEER_ASKED, at=now, target=asked, by=coach.user)
    return asked


def asked_of(peer: Coach) -> list[CompetencyProfile]:
    """Return the profiles that are awaited from somebody."""
    found = CompetencyProfile.objects.filter(by=peer, answered_at=None).exclude(coach=peer)
    return list(found.select_related("coach").order_by("asked_at"))


@transaction.atomic
def answer_for(*, profile: CompetencyProfile, answers: Mapping[str, int], now: datetime) -> CompetencyProfile:
    """Keep a peer's view, once: a second time changes nothing. Raises responses.Odd."""
    profile = (
        CompetencyProfile.objects.select_for_update(of=("self",))
        .select_related("by__respondent")
        .get(pk=profile.pk)
    )
    if profile.answered_at is not None:
        return profile
    profile.response = responses.record(
        respondent=profile.by.respondent, instrument=INSTRUMENT, answers=answers, at=now
    )
    profile.answered_at = now
    profile.save()
    return profile


def seen(coach: Coach) -> list[Seen]:
    """Return the answered profiles of a coach, the newest first: for that coach alone."""
    found = CompetencyProfile.objects.filter(coach=coach, answered_at__isnull=False).select_related("by")
    rows = list(found.order_by("-answered_at")[:MOST_SHOWN])
    means: dict = {}
    for response, scale, value in Score.objects.filter(
        response__in=[row.response_id for row in rows]
    ).values_list("response", "scale", "value"):
        means.setdefault(response, {})[scale] = value
    return [
        Seen(row.answered_at, row.by, row.by_id == coach.pk, means.get(row.response_id, {})) for row in rows
    ]


def newest(rows: Sequence[Seen]) -> tuple[Seen | None, Seen | None]:
    """Return the newest own profile and the newest by a peer."""
    return (
        next((row for row in rows if row.own), None),
        next((row for row in rows if not row.own), None),
    )
