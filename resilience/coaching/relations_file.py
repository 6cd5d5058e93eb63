"""Read who stands above whom from a list of a whole organisation: a CSV file, as a personnel system writes it.

Columns: person_email, person_number, relation (manages, supervises, assesses, appraises: what the one above does),
above_email, above_number. One of e-mail and number is enough; where both stand they are the same person's. Whoever has
nobody above leaves the last three empty. Nothing of the file is kept but keyed hashes.
"""

import csv
import io
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resilience.coaching import firewall
from resilience.coaching.booking_models import Kind

COLUMNS = {
    "person_email": gettext_lazy("A person’s work e-mail. It may stay empty where the number stands."),
    "person_number": gettext_lazy("Their staff number. It may stay empty where the e-mail stands."),
    "relation": gettext_lazy(
        "The one above manages, supervises, assesses or appraises. Empty for nobody above."
    ),
    "above_email": gettext_lazy("The work e-mail of the one above. Empty for nobody above."),
    "above_number": gettext_lazy("Or the staff number of the one above."),
}
FEWEST = 30
MOST_FAULTS = 10
Relation = tuple[str, str, str]


class NotAList(ValueError):
    """The file cannot be taken in; `faults` say line by line what to put right."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


def read(content: bytes) -> list[Relation]:
    """Return each relation as kind, mark above and mark below. Raises NotAList: then nothing of the file counts.

    A list of fewer than thirty people is refused: it would be one of named people, not of an organisation.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotAList([_("Save the file as CSV in UTF-8, and try again.")]) from None
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=_separator(text))
    if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
        raise NotAList([_("The first line misses these columns: %(names)s.") % {"names": ", ".join(missing)}])
    found, people, faults = [], set(), []
    for number, row in enumerate(rows, start=2):
        person, above = _names(row, "person"), _names(row, "above")
        if fault := _fault(row, person, above):
            faults.append(_("Line %(number)s: %(fault)s") % {"number": number, "fault": fault})
            continue
        people.add(person[0])
        found += _relations(row, person, above)
    if not faults and len(people) < FEWEST:
        faults = [_("Give the list of everybody in the organisation: this one names fewer than 30 people.")]
    if faults:
        raise NotAList(faults[:MOST_FAULTS])
    return found


def _separator(text: str) -> str:
    first = text.partition("\n")[0]
    return ";" if first.count(";") > first.count(",") else ","


def _names(row: Mapping[str, str | None], who: str) -> list[str]:
    """Return the marks of one of the two: of the e-mail first, then of the number."""
    given = [(row.get(f"{who}_{what}") or "").strip() for what in ("email", "number")]
    return [firewall.mark(name) for name in given if name]


def _fault(row: Mapping[str, str | None], person: list[str], above: list[str]) -> str:
    relation = (row["relation"] or "").strip()
    if not person:
        return _("write the person's e-mail or staff number.")
    if bool(above) != bool(relation):
        return _("write both who is above and the relation, or neither.")
    if relation and _kind(relation) is None:
        return _("write manages, supervises, assesses or appraises.")
    return ""


def _kind(relation: str) -> str | None:
    kind = relation.upper()
    return kind if kind in Kind.values and kind != Kind.SAME else None


def _relations(row: Mapping[str, str | None], person: list[str], above: list[str]) -> Iterator[Relation]:
    for names in (person, above):
        if len(set(names)) > 1:
            yield Kind.SAME, names[0], names[1]
            yield Kind.SAME, names[1], names[0]
    if above:
        yield str(_kind((row["relation"] or "").strip())), above[0], person[0]
