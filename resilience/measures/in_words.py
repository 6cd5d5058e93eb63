"""A time point as somebody would say it: six weeks after the last call, open for four weeks."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from resilience.measures.models import Anchor, Timepoint

WEEK = 7


def days(number: int) -> str:
    """Return a length of time in whole weeks where it has some, else in days."""
    if number and number % WEEK == 0:
        weeks = number // WEEK
        return ngettext("%(n)s week", "%(n)s weeks", weeks) % {"n": weeks}
    return ngettext("%(n)s day", "%(n)s days", number) % {"n": number}


def when(timepoint: Timepoint, *, sessions: Mapping[str, str], parts: Mapping[str, str]) -> str:
    """Return when a time point comes; `sessions` and `parts` hold the titles by their key."""
    event = _event(timepoint, sessions, parts)
    if timepoint.offset_days:
        words = _("%(time)s after %(event)s") % {"time": days(timepoint.offset_days), "event": event}
    else:
        words = _("straight after %(event)s") % {"event": event}
    if timepoint.latest_days is None:
        return words
    latest = _("at the latest %(time)s after joining") % {"time": days(timepoint.latest_days)}
    return f"{words}; {latest}"


def _event(timepoint: Timepoint, sessions: Mapping[str, str], parts: Mapping[str, str]) -> str:
    match timepoint.anchor:
        case Anchor.ENROLMENT:
            return _("joining")
        case Anchor.LIVE_SESSION:
            title = sessions.get(timepoint.live_session, timepoint.live_session)
            return _("the meeting “%(title)s”, attended or over") % {"title": title}
        case Anchor.MODULE:
            title = parts.get(timepoint.module, _("a part that is gone"))
            return _("the part “%(title)s” is done") % {"title": title}
        case Anchor.MODULES_DONE:
            return _("every part is done")
        case Anchor.CALL:
            return _("call %(n)s, or the end of the time for calls") % {"n": timepoint.nth_call}
        case Anchor.CALLS_DONE:
            return _("the last call, or the end of the time for calls")
        case _:
            return _("“%(label)s” fell due") % {"label": timepoint.after.label}


def window(timepoint: Timepoint) -> str:
    """Return how long a time point is open, before and after its day."""
    words = [_("open for %(time)s") % {"time": days(timepoint.window_days)}]
    if timepoint.early_days:
        words.append(_("from %(time)s before its day") % {"time": days(timepoint.early_days)})
    if timepoint.late_days:
        words.append(_("then %(time)s more, marked as late") % {"time": days(timepoint.late_days)})
    return ", ".join(words)
