"""What the demonstration's coaches have done for their craft, and one who is still to hold a practice call."""

from datetime import datetime, timedelta

from resilience.accounts.models import Role, User
from resilience.coaching import community, competencies, interests, log, manual, minimum
from resilience.coaching.models import Coach
from resilience.participants.models import Programme

OWN = (4, 4, 5, 5, 3, 4, 4, 3, 3, 3, 5, 4, 2, 3, 3)
OF_A_PEER = (4, 5, 4, 5, 4, 4, 4, 4, 2, "", 4, 4, 3, 4, 3)
POSTS = (
    "How long do you wait after a question? I count to ten in my head now. It feels long to me, and I am told that it "
    "does not to the other side.",
    "One thing that helps me to leave advice out: I write “what else?” on a card and put it next to the telephone.",
)
PLACE = "Room 4 in the library, or https://meet.example.org/coaches"


def load(*, programme: Programme, coaches: list[Coach], learner: Coach, lead: User, now: datetime) -> None:
    """Let two coaches have met the minimum a while ago; the third has looked at her craft and read one part."""
    for coach, days in zip(coaches, (70, 50), strict=True):
        _learn(coach, programme, lead, at=now - timedelta(days=days))
    ben, meera = coaches
    asked = competencies.ask(coach=ben, peer=meera, now=now - timedelta(days=40))
    competencies.answer_for(profile=asked, answers=_answers(OF_A_PEER), now=now - timedelta(days=38))
    competencies.ask(coach=meera, peer=ben, now=now - timedelta(days=2))
    log.write(
        coach=ben, words="Waited longer before the next question. Heard more.", now=now - timedelta(days=9)
    )
    _begin(learner, programme, now=now - timedelta(days=1))
    _together(programme, ben, meera, lead, now=now)


def _learn(coach: Coach, programme: Programme, lead: User, *, at: datetime) -> None:
    competencies.answer_own(coach=coach, answers=_answers(OWN), now=at)
    whole = manual.of(programme)
    for part in whole.parts:
        manual.read(coach=coach, manual=whole, part=part, now=at)
    minimum.sign_off(coach=coach, held_date=at.date(), by=lead, now=at)


def _begin(learner: Coach, programme: Programme, *, now: datetime) -> None:
    whole = manual.of(programme)
    competencies.answer_own(coach=learner, answers=_answers(OWN), now=now)
    manual.read(coach=learner, manual=whole, part=whole.parts[0], now=now)


def _answers(values: tuple) -> dict[str, int]:
    return {str(item): value for item, value in enumerate(values, start=1) if value}


def _together(programme: Programme, ben: Coach, meera: Coach, lead: User, *, now: datetime) -> None:
    for coach, words, days in zip((ben, meera), POSTS, (6, 3), strict=True):
        community.post(
            programme=programme, coach=coach, words=words, sure=True, now=now - timedelta(days=days)
        )
    at = (now + timedelta(days=8)).replace(hour=12, minute=0, second=0, microsecond=0)
    meeting = community.meet(programme=programme, coach=meera, starts_at=at, place=PLACE, now=now)
    community.come(meeting=meeting, coach=ben, comes=True)
    wanted = ((ben, ["AFTER", "COACHING"]), (meera, ["COACHING", "OWN"]))
    for coach, topics in wanted:
        interests.say(user=coach.user, programme=programme, role=Role.COACH, topics=topics, now=now)
    interests.say(
        user=lead, programme=programme, role=Role.COACH_LEAD, topics=["SUPERVISING", "TRAINING"], now=now
    )
