"""What is said of columns that are not taken in, and of those by which a person could be known."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from resilience.evaluation.dataset.staging import Stage

IDENTITY = frozenset(
    {
        "name", "names", "firstname", "lastname", "surname", "forename", "fullname", "email", "mail", "phone",
        "telephone", "tel", "mobile", "cell", "address", "street", "postcode", "zip", "dob", "birth", "birthday",
        "birthdate", "nhs", "nhsnumber", "nino", "insurance", "ssn", "passport", "payroll", "employee", "staffno", "ip",
        "initials", "mrn",
    }
)  # fmt: skip
WORDS = re.compile(r"[^\W\d_]+")


def of_columns(file: str, unknown: Iterable[str], stage: Stage) -> None:
    """Name the columns that are not known, and warn where one looks as if somebody could be known by it."""
    for column in unknown:
        if tells_who(column):
            stage.notes.append(_identity(file, column) + " " + _("It is not taken in."))
        else:
            stage.notes.append(
                _("{file}: column “{column}” is not known and stays where it is").format(
                    file=file, column=column
                )
            )


def of_identity(file: str, taken: Iterable[str], stage: Stage) -> None:
    """Warn of columns that are taken in and look as if somebody could be known by them."""
    stage.notes.extend(_identity(file, column) for column in taken if tells_who(column))


def tells_who(column: str) -> bool:
    """Whether a column's name holds a word for something by which a person is known."""
    return not IDENTITY.isdisjoint(WORDS.findall(re.sub(r"([a-z])([A-Z])", r"\1 \2", column).lower()))


def _identity(file: str, column: str) -> str:
    return _(
        "{file}: somebody could be known by column “{column}”. Names, numbers and addresses of people do not belong "
        "in a pack: take it out of the file."
    ).format(file=file, column=column)
