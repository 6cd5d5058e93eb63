"""What two people of the demonstration told each other before their call, and what one of them proposes."""

from datetime import datetime

from resilience.coaching import about, agreements, relationships
from resilience.coaching.models import Agenda, Booking, Coach, Goal, Side, Topic
from resilience.participants.roles_of_calls import ALWAYS

OF_COACH = {
    "person": "I walk a lot, and I ask a lot of questions.",
    "learning": "I think best when somebody tells me that I have it wrong.",
    "work": "I am good in a quiet ambulance at four in the morning.",
    "learned": "I once let a worry wait until the morning, because it was late and I did not want to be a nuisance. "
    "Since then I ring and say that it may be nothing.",
}


def load(booking: Booking, *, coach: Coach, now: datetime) -> None:
    """Let the coach write their card, and the one who booked say what the call is for."""
    about.write_as_coach(coach=coach, lines=OF_COACH, by=coach.user, now=now)
    relationship, by = relationships.of(booking), booking.participant.user
    terms = agreements.Terms(
        role=ALWAYS.value, goal=Goal.ASK, agenda=Agenda.TOGETHER, left_out=(Topic.HEALTH.value,)
    )
    agreements.propose(relationship=relationship, terms=terms, side=Side.PARTICIPANT, by=by, now=now)
    about.write(
        enrolment=booking.enrolment, lines={"work": "People say I stay calm on a busy shift."}, by=by, now=now
    )
