"""Coaches of one programme write to one another: about coaching, never about a participant."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from resilience.accounts import roles
from resilience.accounts.models import Role, User
from resilience.audit import events, trail
from resilience.coaching import scanning
from resilience.coaching.development_models import PeerSupervision, Post
from resilience.coaching.models import Coach
from resilience.participants.models import Programme

MOST_SHOWN = 50


class LookAgain(Exception):
    """Something in it may lead to somebody: `findings` says what. Say `sure` once it was looked at."""

    def __init__(self, findings: list[scanning.Finding]) -> None:
        super().__init__(len(findings))
        self.findings = findings


class NotTheirs(Exception):
    """Only who wrote it, or who leads the coaches there, takes a post down."""


class Past(Exception):
    """A meeting lies in the future."""


def programmes_of(user: User) -> list[Programme]:
    """Return the programmes whose page of coaches somebody reads: as a coach there, or as a lead of the coaches."""
    coached = set(
        Programme.objects.filter(coaches__user=user, coaches__is_active=True).values_list("slug", flat=True)
    )
    led = roles.programmes(user, Role.COACH_LEAD)
    every = Programme.objects.filter(is_synthetic=False).order_by("public_name")
    return list(every) if led is None else list(every.filter(slug__in=coached | led))


def posts(programme: Programme) -> list[Post]:
    """Return the newest posts of a programme's coaches."""
    found = Post.objects.filter(programme=programme, taken_down_at=None).select_related("coach")
    return list(found[:MOST_SHOWN])


def post(*, programme: Programme, coach: Coach, words: str, sure: bool, now: datetime) -> Post:
    """Keep a few lines for the others. Raises LookAgain where something may lead to somebody, unless they are sure."""
    findings = scanning.scan(words)
    if findings and not sure:
        raise LookAgain(findings)
    return Post.objects.create(programme=programme, coach=coach, words=words.strip(), at=now)


def take_down(*, post: Post, by: User, now: datetime) -> None:
    """Take a post off the page. Raises NotTheirs."""
    leads = roles.holds(by, Role.COACH_LEAD, programme=post.programme.slug)
    if post.coach.user_id != by.pk and not leads:
        raise NotTheirs
    if Post.objects.filter(pk=post.pk, taken_down_at=None).update(taken_down_at=now):
        trail.record(events.POST_TAKEN_DOWN, at=now, target=post, by=by)


def meetings(programmes: Collection[Programme], *, now: datetime) -> list[PeerSupervision]:
    """Return the meetings to come of these programmes, with who comes."""
    found = PeerSupervision.objects.filter(programme__in=programmes, starts_at__gt=now, called_off_at=None)
    return list(found.select_related("coach", "programme").prefetch_related("coming"))


@transaction.atomic
def meet(
    *, programme: Programme, coach: Coach, starts_at: datetime, place: str, now: datetime
) -> PeerSupervision:
    """Set a meeting; who sets it comes. Raises Past."""
    if starts_at <= now:
        raise Past
    made = PeerSupervision.objects.create(programme=programme, coach=coach, starts_at=starts_at, place=place)
    made.coming.add(coach)
    return made


def come(*, meeting: PeerSupervision, coach: Coach, comes: bool) -> None:
    """Say that one comes, or no longer does; a second time changes nothing."""
    act = meeting.coming.add if comes else meeting.coming.remove
    act(coach)


def call_off(*, meeting: UUID, coach: Coach, now: datetime) -> bool:
    """Call a meeting off that one set oneself; return whether that was so."""
    mine = PeerSupervision.objects.filter(pk=meeting, coach=coach, called_off_at=None)
    return bool(mine.update(called_off_at=now))
