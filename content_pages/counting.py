"""Questions whose answers are counted: their answers are ours, so that they mean the same in every programme."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resilience.engagement import tallies
from resilience.engagement.models import Counted

NOT_YET = tallies.NOT_YET


@dataclass(frozen=True)
class Count:
    """What is counted, how it is asked, and the answers there are: what is stored, and what is read."""

    what: Counted
    input: str
    answers: tuple[tuple[str, Promise], ...]

    def known(self, tags: list[str]) -> list[str]:
        """Return those of the tags that there are; "not yet" beside another answer says nothing."""
        found = [tag for tag, _words in self.answers if tag in tags]
        return [tag for tag in found if tag != NOT_YET] or found


SEVERAL, ONE = "ticks", "choice"
USED, STILL_FITS, PASSED_ON, PEER_TALK, TALKED, WORTH = (
    "used", "still_fits", "passed_on", "peer_talk", "talked", "worth",
)  # fmt: skip
COUNTS = {
    USED: Count(
        Counted.USED, SEVERAL,
        (("work", _("At work")), ("home", _("At home")), ("after", _("After something went wrong")),
         (NOT_YET, _("Not yet"))),
    ),
    STILL_FITS: Count(
        Counted.USED, ONE, (("yes", _("Yes")), (NOT_YET, _("Not yet")), ("no_longer", _("It no longer fits")))
    ),
    PASSED_ON: Count(
        Counted.PASSED_ON, ONE, ((NOT_YET, _("Not yet")), ("once", _("Once")), ("a_few", _("A few times")))
    ),
    PEER_TALK: Count(
        Counted.PEER_TALK, SEVERAL,
        (("nurse", _("Nurse")), ("midwife", _("Midwife")), ("doctor", _("Doctor")), ("paramedic", _("Paramedic")),
         ("pharmacist", _("Pharmacist")), ("assistant", _("Healthcare assistant")), ("therapist", _("Therapist")),
         ("radiographer", _("Radiographer")), ("student", _("Student")), ("other", _("Someone else"))),
    ),
    TALKED: Count(Counted.TALKED, SEVERAL, (("yes", _("We talked")),)),
    WORTH: Count(Counted.WORTH, ONE, (("yes", _("Yes")), ("partly", _("Partly")), ("no", _("No")))),
}  # fmt: skip

OF_A_QUESTION = [
    ("", _("nothing is counted: the answer is kept with the exercise")),
    (PASSED_ON, _("helped a colleague: not yet / once / a few times")),
    (PEER_TALK, _("the profession of a colleague they tried a question on")),
    (TALKED, _("“We talked”: they agreed with a senior when to call")),
]
OF_COMING_BACK = [
    ("", _("“I have looked at it”: nothing is counted")),
    (STILL_FITS, _("used it: yes / not yet / it no longer fits")),
    (USED, _("where used: at work / at home / after something went wrong / not yet")),
]
