"""A line to the makers after a part, which may be left out."""

from datetime import datetime

from resilience.engagement import taking_part
from resilience.engagement.models import Remark
from resilience.participants.models import Enrolment


def put(*, enrolment: Enrolment, about: str, words: str, at: datetime) -> None:
    """Keep the line about a part in place of an older one; an empty one takes it away. Raises taking_part.Stopped."""
    taking_part.require(enrolment)
    mine = Remark.objects.filter(enrolment=enrolment, about=about)
    if not words:
        mine.delete()
        return
    remark = mine.first() or Remark(enrolment=enrolment, about=about)
    remark.enrolment, remark.words, remark.at = enrolment, words, at
    remark.save()
