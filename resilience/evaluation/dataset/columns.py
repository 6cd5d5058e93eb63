"""The files of a pack and their columns, as INTERFACES section 6 and EVALUATION 1.4 and 1.5 name them."""

from resilience.evaluation.analysis import frozen
from resilience.evaluation.dataset import values

PARTICIPANTS, ITEMS, CALLS, CODING, META = (
    "participants.csv",
    "items_long.csv",
    "calls.csv",
    "comments_coding.csv",
    "meta.json",
)
SCORES, CODEBOOK = "scores.csv", "codebook.csv"
READ = (META, PARTICIPANTS, ITEMS, CALLS, CODING)
README = "README.txt"
WRITTEN = frozenset(
    {SCORES, CODEBOOK, README}
)  # an export or the sample holds them; they add nothing to the others
NEEDED = (PARTICIPANTS, ITEMS)

CODE = "participant"
DONE = "_done"
FACTS: dict[str, values.Reader] = {
    "site": values.words,
    "unit": values.words,
    "profession": values.words,
    "gender": values.words,
    "age": values.years,
    "years_qualified": values.years,
    "consented": values.flag,
    "baseline_done": values.flag,
    "started": values.flag,
    "modules_completed": values.count,
    "coaching_offered": values.flag,
    "coaching_accepted": values.flag,
    "calls_attended": values.count,
    "withdrew": values.flag,
    "arm": values.words,
    "is_test": values.flag,
    "erased": values.flag,
}
TRAITS, NUMBERS = ("site", "unit", "profession", "gender"), ("age", "years_qualified")
COVARIATES = (*TRAITS, *NUMBERS)
ITEM = (CODE, "timepoint", "instrument", "item", "value")
CALL = (CODE, "call_no", "coach", "minutes", "outcome")
BACKGROUND = "coach_background"  # of a call, where it is told
WAY = "way"  # of a call: an export adds it, an import leaves it where it is
CODED = ("comment", CODE, "coder")
SCORE = (CODE, "timepoint", "instrument", "scale", "score", "n_answered", "prorated", "method")
PERIOD = "period"  # of the outcomes of units, which come in a file of their own
NAMES = frozenset({*FACTS, *ITEM, *CALL, BACKGROUND, *CODED, PERIOD})

OUTCOMES = {
    "attended": frozen.FULFILLED,
    "did_not_attend": frozen.PARTICIPANT_NO_SHOW,
    "cancelled": frozen.CANCELLED,
}
OUTCOME_WORDS = {code: word for word, code in OUTCOMES.items()}
BACKGROUNDS = {"": "", "clinical": frozen.CLINICAL, "not_clinical": frozen.NOT_CLINICAL}
BACKGROUND_WORDS = {code: word for word, code in BACKGROUNDS.items()}
