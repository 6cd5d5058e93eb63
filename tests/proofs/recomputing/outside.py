"""The numbers of a report that nobody can work out from a pack, and why. A number that is neither is a fault."""

from fnmatch import fnmatchcase

# What a pack does not hold, because it could tell who somebody is, or because it belongs to no row of one.
NO_DATES = "a pack holds no dates"
NO_LEVEL = "a pack does not say at which level people work, nor in which shifts"
NO_LOG = (
    "of a call a pack holds its coach, minutes and outcome: not preparing, notes, waiting or other outcomes"
)
NO_REASONS = "a pack holds no reasons in people's own choice"
NO_TALK = "what coaches and participants said of calls and of one another is in no pack"
NO_PAGES = "pages, sittings and question counts are of the programme, not of people"
NO_PLAN = "meta.json takes over what a plan says of analysis, not its version, windows and goals"
NO_SAFETY = "who asked for help, and how soon somebody answered, is in no pack"
DRAWN = "scores that are filled in are drawn by chance: mean, error and limits are held to ranges, these follow them"

REASONS = {
    "characteristics.level.*": NO_LEVEL,
    "characteristics.shifts.*": NO_LEVEL,
    "context.coaching.*": NO_TALK,
    "context.content_version.*": NO_PAGES,
    "context.fidelity.*": NO_TALK,
    "context.question_counts.*": NO_PAGES,
    "core_or_optional.coach_minutes.no_show": NO_LOG,
    "core_or_optional.coach_minutes.notes": NO_LOG,
    "core_or_optional.coach_minutes.notes_told": NO_LOG,
    "core_or_optional.coach_minutes.per_*": NO_LOG,
    "core_or_optional.coach_minutes.preparation": NO_LOG,
    "core_or_optional.coach_minutes.preparation_told": NO_LOG,
    "core_or_optional.coach_minutes.total": NO_LOG,
    "core_or_optional.notes_per_call.*": NO_LOG,
    "core_or_optional.preparation_per_call.*": NO_LOG,
    "core_or_optional.waiting_days.*": NO_LOG,
    "core_or_optional.why_not.said": NO_REASONS,
    "dates.waves.*": NO_DATES,
    "delivery.days_waited.*": NO_LOG,
    "delivery.other_outcomes": NO_LOG,
    "fairness.by.level.*": NO_LEVEL,
    "measures.*.imputed.*.df": DRAWN,
    "measures.*.imputed.*.p": DRAWN,
    "missing.nonresponse.*.traits.level.*": NO_LEVEL,
    "missing.nonresponse.*.traits.shifts.*": NO_LEVEL,
    "plan.goals.*": NO_PLAN,
    "plan.version": NO_PLAN,
    "plan.windows.*": NO_PLAN,
    "safety.handling.*": NO_SAFETY,
    "subgroups.level.*": NO_LEVEL,
    "subgroups.shifts.*": NO_LEVEL,
    "traits_by_calls.categories.level.*": NO_LEVEL,
    "traits_by_calls.categories.shifts.*": NO_LEVEL,
}


def names_of(path: str) -> list[str]:
    """Under which names of the list a number stands."""
    return [name for name in REASONS if fnmatchcase(path, name)]
