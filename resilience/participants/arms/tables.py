"""A table from elsewhere that says who is in which group: taken whole, or refused naming the row and the column."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.participants.arm_models import Allocates, Allocation, AllocationPlan, Arm, ListedArm
from resilience.participants.arms import plans
from resilience.participants.models import Enrolment, Programme

CODE, ARM = "participant", "arm"
SHORT = 8  # the study code as the board shows it
MOST_ROWS = 20_000
AT_ONCE = 500


class Refused(Exception):
    """The table cannot be taken; the message names the row and the column, and says what to do."""


@transaction.atomic
def load(*, programme: Programme, raw: bytes, by: User, now: datetime) -> list[Enrolment]:
    """Keep what a table says; return the people in it who are in no group yet. Raises plans.Fixed or Refused."""
    plan = AllocationPlan.objects.select_for_update().filter(programme=programme).first()
    if plan is None or plan.by != Allocates.TABLE or not plan.confirmed_at or plan.ended_at:
        raise plans.Fixed
    rows = _rows(raw, programme)
    waiting = [(enrolment, arm) for enrolment, arm, given in rows if not given]
    ListedArm.objects.filter(enrolment__in=[enrolment for enrolment, _arm in waiting]).delete()
    ListedArm.objects.bulk_create(
        (ListedArm(enrolment=enrolment, arm=arm, at=now) for enrolment, arm in waiting), batch_size=AT_ONCE
    )
    trail.record(events.ALLOCATION_LISTED, at=now, target=plan, by=by, rows=len(rows))
    return [enrolment for enrolment, _arm in waiting]


def _rows(raw: bytes, programme: Programme) -> list[tuple[Enrolment, Arm, bool]]:
    """Return each person of the table, their group, and whether they are in it already."""
    arms = {arm.key: arm for arm in Arm.objects.filter(programme=programme)}
    people, twice = _people(programme)
    given = dict(Allocation.objects.filter(arm__programme=programme).values_list("enrolment_id", "arm__key"))
    found: dict = {}
    for number, code, key in _read(raw):
        enrolment = people.get(code)
        if enrolment is None:
            _refuse(number, CODE, _two(code) if code in twice else _nobody(code))
        if enrolment.pk in found:
            _refuse(number, CODE, _("“%(code)s” stands in the table twice.") % {"code": code})
        if key not in arms:
            _refuse(number, ARM, _no_group(key, arms))
        if given.get(enrolment.pk, key) != key:
            _refuse(
                number, ARM, _("“%(code)s” is in another group already, and stays there.") % {"code": code}
            )
        found[enrolment.pk] = (enrolment, arms[key], enrolment.pk in given)
    return list(found.values())


def _nobody(code: str) -> str:
    return _("nobody here has the study code “%(code)s”. Copy it from “How far people have come”.") % {
        "code": code
    }


def _two(code: str) -> str:
    return _("two people share the short code “%(code)s”. Write the long one.") % {"code": code}


def _no_group(key: str, arms: dict[str, Arm]) -> str:
    words = _("there is no group with the short name “%(key)s”. There are: %(keys)s.")
    return words % {"key": key, "keys": ", ".join(arms)}


def _refuse(number: int, column: str, words: str) -> None:
    raise Refused(_("Row %(row)s, column %(column)s: %(words)s") % {
        "row": number, "column": column, "words": words
    })  # fmt: skip


def _people(programme: Programme) -> tuple[dict[str, Enrolment], set[str]]:
    """Return everybody of a programme by their study code, short and long, and the short codes of more than one."""
    people: dict[str, Enrolment] = {}
    twice: set[str] = set()
    for enrolment in Enrolment.objects.filter(cohort__programme=programme).iterator():
        whole = str(enrolment.respondent_id)
        short = whole[:SHORT]
        if short in people:
            twice.add(short)
        people[whole] = people[short] = enrolment
    return {code: enrolment for code, enrolment in people.items() if code not in twice}, twice


def _read(raw: bytes) -> Iterator[tuple[int, str, str]]:
    """Yield the number of each row, its code and its group; a spreadsheet's mark and semicolons are no matter."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(_("This file is not text in UTF-8. Save it as CSV, then choose it again.")) from None
    first = text.partition("\n")[0]
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=";" if ";" in first else ",")
    try:
        yield from _cells(rows)
    except csv.Error:
        raise Refused(_("This file is no table. Save it as CSV, then choose it again.")) from None


def _cells(rows: Iterator[list[str]]) -> Iterator[tuple[int, str, str]]:
    head = [name.strip().lower() for name in next(rows, [])]
    for column in (CODE, ARM):
        if head.count(column) != 1:
            _refuse(1, column, _("the first row has to name it, once."))
    code, arm, number = head.index(CODE), head.index(ARM), 1
    for number, row in enumerate(rows, start=2):
        if number > MOST_ROWS:
            raise Refused(_("This table has more than %(most)s rows. Cut it in two.") % {"most": MOST_ROWS})
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(head):
            _refuse(
                number,
                head[min(len(row), len(head) - 1)],
                _("this row has more or fewer cells than the first."),
            )
        yield number, row[code].strip().lower(), row[arm].strip()
    if number == 1:
        raise Refused(_("There is no row below the first one."))
