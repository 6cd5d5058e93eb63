"""What is held about a person, in a few lines that they can read."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resilience.coaching.models import AboutMe, Agreement, Booking, NextStep
from resilience.engagement.models import ActivityCompletion, Entry, Remark, SharedCopy, Tally
from resilience.measures.models import ContactWish, Response
from resilience.participants import about_you
from resilience.participants.arms import standing
from resilience.participants.models import Enrolment, Reason
from resilience.telephony import numbers


@dataclass(frozen=True)
class Line:
    """One thing that is held, what it is for, and who can read it."""

    what: str
    how_much: str
    who: str


def lines(enrolment: Enrolment) -> list[Line]:
    """Return what is held about somebody."""
    groups = _("You; evaluators under a number; others only as figures for ten or more people")
    return [*_who(enrolment, groups), *_done(enrolment, groups)]


def _who(enrolment: Enrolment, groups: str) -> list[Line]:
    participant, you = enrolment.participant, _("You")
    return [
        Line(_("Your e-mail address"), participant.user.email, you),
        Line(
            _("The name for a coach"),
            participant.chosen_name or _("None"),
            _("You, and a coach you talk with"),
        ),
        Line(_("Your telephone number"), _number(participant.phone), you),
        Line(_("About you"), _about(enrolment), groups),
        *_group(enrolment),
    ]


def _done(enrolment: Enrolment, groups: str) -> list[Line]:
    nobody = _("You alone, unless you share it")
    return [
        Line(_("Questions answered"), _pages(_responses(enrolment)), groups),
        Line(
            _("Why you said no to something"),
            _pieces(Reason.objects.filter(enrolment=enrolment).count()),
            groups,
        ),
        Line(_("What you wrote"), _pieces(Entry.objects.filter(enrolment=enrolment).count()), nobody),
        Line(
            _("Copies shared with a coach"),
            _pieces(SharedCopy.objects.filter(enrolment=enrolment).count()),
            _("You, and a coach you have booked a call with"),
        ),
        Line(_("Ticks that are counted"), _ticks(Tally.objects.filter(enrolment=enrolment).count()), groups),
        Line(
            _("Lines to the makers"),
            _pieces(Remark.objects.filter(enrolment=enrolment).count()),
            _("The people who make the programme, without your name"),
        ),
        Line(
            _("Asked to be contacted"),
            _pieces(ContactWish.objects.filter(enrolment=enrolment).count()),
            _("You, and the one person who takes it on"),
        ),
        Line(
            _("Pieces behind you"),
            _pieces(ActivityCompletion.objects.filter(enrolment=enrolment).count()),
            groups,
        ),
        *_with_others(enrolment),
    ]


def _with_others(enrolment: Enrolment) -> list[Line]:
    """Return what came of the place where somebody works, and of their coach."""
    calls = _calls(Booking.objects.filter(enrolment=enrolment).count())
    return [
        Line(
            _("Said what gets in the way at work"),
            _("Yes") if enrolment.has_raised else _("No"),
            _("You; what you chose is not kept beside you"),
        ),
        Line(_("Calls"), calls, _("You and that coach")),
        Line(_("Agreed for your calls"), _pieces(_of_calls(enrolment)), _("You and that coach")),
        Line(
            _("A card about you"),
            _pieces(AboutMe.objects.filter(enrolment=enrolment).count()),
            _("You, and a coach you have booked a call with"),
        ),
    ]


def _of_calls(enrolment: Enrolment) -> int:
    """Return how many versions of an agreement, and how many next steps, there are."""
    versions = Agreement.objects.filter(relationship__enrolment=enrolment).count()
    return versions + NextStep.objects.filter(call__booking__enrolment=enrolment).count()


def _group(enrolment: Enrolment) -> list[Line]:
    """Return the group of somebody, where they are in one."""
    found = standing.of(enrolment)
    who = _("You, and those who evaluate the programme, without your name")
    return [Line(_("Your group"), found.arm.name, who)] if found else []


def _responses(enrolment: Enrolment) -> int:
    return Response.objects.filter(respondent=enrolment.respondent_id, corrects=None).count()


def _number(phone: str) -> str:
    return numbers.masked(phone) if phone else _("None")


def _about(enrolment: Enrolment) -> str:
    who = enrolment.respondent
    asked = (*about_you.FIVE, *about_you.further(enrolment.cohort.programme))
    said = sum(1 for field in asked if getattr(who, field))
    return _("%(said)s of %(asked)s answered") % {"said": said, "asked": len(asked)}


def _pages(count: int) -> str:
    return ngettext("%(count)s page", "%(count)s pages", count) % {"count": count}


def _pieces(count: int) -> str:
    return ngettext("%(count)s piece", "%(count)s pieces", count) % {"count": count}


def _ticks(count: int) -> str:
    return ngettext("%(count)s tick", "%(count)s ticks", count) % {"count": count}


def _calls(count: int) -> str:
    return ngettext("%(count)s call booked", "%(count)s calls booked", count) % {"count": count}
