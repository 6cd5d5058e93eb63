"""What one person of the open cohort wrote, so that there is a plan to look at; one piece of it is shared."""

from datetime import datetime, timedelta

from content_pages import outline
from resilience.engagement import entries, sharing
from resilience.participants.models import Enrolment

WRITTEN = (
    (
        "what-i-would-want-to-hear", "want_to_hear", "reflection",
        {"needed": "Somebody to check the next pump with me.", "sentence": "You saw it and you said so."},
    ),
    (
        "a-fairer-sentence", "fairer_sentence", "thought_record",
        {"told_myself": "I should have known.", "belief_before": "8",
         "fairer": "I asked as soon as I saw it, and next time I will ask ten minutes sooner.", "belief_after": "4"},
    ),
    (
        "strengths-in-small-steps", "small_strengths", "strengths",
        {"went_well": "A calm handover on a bad night.", "helped": "I asked twice.", "own_word": "steady"},
    ),
    (
        "a-note-for-a-bad-day", "bad_day_note", "note",
        {"not_cancel": "the eleven years before it.", "do_well": "noticing who has gone quiet.",
         "first_evening": "eat toast, ring my sister and leave the folder shut."},
    ),
    (
        "say-it-out-loud", "say_it", "rehearse",
        {"about": "a number that has gone down three days running.", "worries": "nobody has put them together.",
         "need": "a look at the drip, by half past three."},
    ),
    (
        "agree-it-in-advance", "agree_in_advance", "agree",
        {"always": "Anything that you have looked at three times.", "reach": "Ring. If I sound rushed, ring again."},
    ),
    (
        "first-hour-first-day-first-week", "my_plan", "action_plan",
        {"hour_tell": "the nurse in charge, or the night manager.", "hour_steady": "both feet, six long breaths.",
         "day_talk": "Mair, and my sister on the phone.", "day_home": "the bus, or Mair’s car.",
         "day_sleep": ["I agree this with myself now"], "week_see": "my supervisor, on an ordinary day.",
         "week_task": "a shift with somebody beside me.", "week_more": "three bad nights in a row.",
         "week_number": "occupational health, in my phone under O."},
    ),
    ("pass-it-on", "pass_it_on", "pass_on", {"one_thing": "Ring before you are sure."}),
)  # fmt: skip
SHARED = (
    "small_strengths",
    "Four steps, stop after any",
    [("What did you do that helped?", "I asked twice.")],
)


def store(enrolment: Enrolment, *, now: datetime) -> None:
    """Keep it all as theirs, over the last days; the pages of it must stand."""
    found = outline.read(enrolment.cohort.programme.slug)
    pages = {each.slug: each.key for each in found.activities}
    for days, (slug, exercise, kind, fields) in enumerate(reversed(WRITTEN), start=1):
        at = now - timedelta(days=days)
        entries.save(
            enrolment=enrolment, page=pages[slug], exercise=exercise, kind=kind, fields=fields, at=at
        )
    exercise, title, lines = SHARED
    by = enrolment.participant.user
    sharing.share(enrolment=enrolment, exercise=exercise, title=title, lines=lines, by=by, at=now)
