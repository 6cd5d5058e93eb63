"""Why a figure is missing, in the words that figures.json and the report print."""

NO_ANSWERS = "no answers"
ONE_ANSWER = "one answer only"
FEW_PAIRS = "fewer than 10 pairs"
FEW_PEOPLE = "fewer than 10 people"
NO_VARIANCE = "every answer is the same"
SAME_CHANGE = "every change is the same"
ONE_ITEM = "fewer than two items"
NO_RELIABILITY = "no reliability in the plan, and none could be estimated"
NO_DIFFERENCE = "no meaningful difference in the plan"
NO_CUTOFF = "no published cut-off"
FEW_ITEMS = "fewer than three items"
NOT_CONVERGED = "not estimated: one factor did not fit"

SOME_PAIRS = "10 to 29 pairs: read with care"

FEWEST_PAIRS = 10
CAREFUL_PAIRS = 30
