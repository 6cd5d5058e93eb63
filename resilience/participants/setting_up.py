"""Making an organisation, a programme, a group and its information, from nothing."""

from datetime import datetime

from django.db import transaction

from resilience.accounts import roles
from resilience.accounts.models import Role, User
from resilience.audit import events, trail
from resilience.organisations.models import Organisation
from resilience.participants import consent, sheet
from resilience.participants.models import Coaching, Cohort, ConsentForm, Programme

RESERVED = frozenset({"new", "all", "none", "site"})  # words that addresses and commands use themselves


class Frozen(Exception):
    """The pages of the programme are frozen, and its word stands in them."""


def sets_up_the_site(user: User) -> bool:
    """Return whether somebody may make organisations and programmes: a manager of the whole site."""
    return roles.programmes(user, Role.MANAGER) is None


def programmes_run_by(user: User) -> list[Programme]:
    """Return the programmes that somebody manages."""
    slugs = roles.programmes(user, Role.MANAGER)
    found = (
        Programme.objects.select_related("organisation").prefetch_related("cohorts").order_by("public_name")
    )
    return list(found if slugs is None else found.filter(slug__in=slugs))


@transaction.atomic
def make_organisation(*, organisation: Organisation, by: User, now: datetime) -> Organisation:
    """Store a new organisation."""
    organisation.save()
    trail.record(events.ORGANISATION_MADE, at=now, target=organisation, by=by)
    return organisation


@transaction.atomic
def make_programme(*, programme: Programme, by: User, now: datetime) -> Programme:
    """Store a new programme. It starts without calls, and without parts until an editor makes some."""
    programme.coaching, programme.modules = Coaching.NONE, 0
    programme.save()
    trail.record(events.PROGRAMME_MADE, at=now, target=programme, by=by)
    return programme


@transaction.atomic
def choose_word(*, programme: Programme, wording: str, by: User, now: datetime) -> None:
    """Let the pages say another word for turning to somebody. Raises Frozen."""
    if programme.content_frozen_on:
        raise Frozen
    programme.wording = wording
    programme.save(update_fields=["wording"])
    trail.record(events.PROGRAMME_WORD_CHOSEN, at=now, target=programme, by=by, wording=wording)


@transaction.atomic
def open_group(*, group: Cohort, by: User, now: datetime) -> Cohort:
    """Store a new group."""
    group.save()
    trail.record(events.GROUP_MADE, at=now, target=group, by=by)
    return group


@transaction.atomic
def publish_information(
    *, programme: Programme, text: str, by: User, now: datetime, language: str = ""
) -> ConsentForm:
    """Publish the information as typed; who agreed to an older version stays bound to that. Raises sheet.Unfinished."""
    form = consent.publish(programme=programme, information=sheet.to_html(text), language=language, now=now)
    trail.record(events.INFORMATION_PUBLISHED, at=now, target=form, by=by, version=form.version)
    return form
