"""So many answers in the database: three time points, thirty questions at each, as a pack brings them in."""

import random
import uuid
from collections.abc import Iterator

from resilience import clock
from resilience.evaluation import plans
from resilience.evaluation.models import DatasetImport, Evaluation, ImportedPerson, ImportState
from resilience.measures import catalogue
from resilience.measures.models import Anchor, Occasion, Response, Score, Timepoint
from resilience.organisations.models import Organisation
from resilience.participants.models import Programme, Respondent

ASKED = {"who5": 5, "phq8": 8, "olbi": 16, "time_used": 1}
SCALES = {"who5": ("total",), "phq8": ("total",), "olbi": ("exhaustion", "disengagement")}
WHEN = ("pre", "post", "fu3m")
A_PERSON = len(WHEN) * sum(ASKED.values())
BATCH = 1000


def fill(answers: int) -> tuple[int, int]:
    """Make people with this many answers in all, and an evaluation of them; return how many people and answers."""
    number = -(-answers // A_PERSON)
    evaluation, points = _evaluation(answers)
    dice = random.Random(7)
    for start in range(0, number, BATCH):
        _people(evaluation, points, range(start, min(number, start + BATCH)), dice)
    return number, number * A_PERSON


def evaluation_of(answers: int) -> Evaluation:
    """The evaluation that was made for so many answers."""
    return Evaluation.objects.select_related("programme", "plan").get(slug=f"of-{answers}")


def _evaluation(answers: int) -> tuple[Evaluation, list[Timepoint]]:
    slug, now = f"of-{answers}", clock.now()
    organisation = Organisation.objects.get_or_create(slug="bench", defaults={"name": "Bench"})[0]
    programme = Programme.objects.create(slug=slug, public_name=slug, organisation=organisation)
    points = [
        Timepoint.objects.create(
            programme=programme, key=key, label=key, position=place, anchor=Anchor.ENROLMENT
        )
        for place, key in enumerate(WHEN, start=1)
    ]
    content = plans.compose(
        programme, grid={name: list(WHEN) for name in ASKED}, labels=dict(zip(WHEN, WHEN, strict=True))
    )
    content |= {plans.IMPORTED: True, "no_system_outcomes": "none"}
    made = plans.begin(programme=programme, slug=slug, name=slug, content=content, now=now)
    columns = {"participants.csv": ["participant", "site", "profession", "age", "modules_completed"]}
    DatasetImport.objects.create(
        programme=slug,
        evaluation=made,
        asked_at=now,
        state=ImportState.DONE,
        columns=columns,
        finished_at=now,
    )
    return made, points


def _people(evaluation: Evaluation, points: list[Timepoint], numbers: range, dice: random.Random) -> None:
    now = clock.now()
    respondents = Respondent.objects.bulk_create(Respondent(study_id=uuid.uuid4()) for _ in numbers)
    ImportedPerson.objects.bulk_create(
        ImportedPerson(
            evaluation=evaluation, respondent=one, code=f"P{number:07d}", imported_at=now, consented=True,
            site=dice.choice(["North", "South"]), profession=dice.choice(["nurse", "doctor", "midwife"]),
            age=dice.randint(20, 66), modules_completed=dice.randint(0, 5),
        )
        for number, one in zip(numbers, respondents, strict=True)
    )  # fmt: skip
    occasions = Occasion.objects.bulk_create(
        Occasion(
            respondent=one,
            timepoint=point,
            instrument=name,
            due_at=now,
            closes_at=now.replace(year=now.year + 1),
        )
        for one in respondents
        for point in points
        for name in ASKED
    )
    responses = Response.objects.bulk_create(
        Response(
            respondent_id=one.respondent_id, occasion=one, instrument=one.instrument, version="1",
            answers={str(item): dice.randint(1, 3) for item in range(1, ASKED[one.instrument] + 1)}, submitted_at=now,
        )
        for one in occasions
    )  # fmt: skip
    Score.objects.bulk_create(_scores(responses, dice))


def _scores(responses: list[Response], dice: random.Random) -> Iterator[Score]:
    for one in responses:
        for scale in SCALES.get(one.instrument, ()):
            (method,) = {rule.method for rule in catalogue.get(one.instrument).scales if rule.scale == scale}
            yield Score(response=one, scale=scale, method=method, value=dice.random() * 20, n_answered=5)
