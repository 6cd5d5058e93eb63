"""Somebody to talk to as pages show it, wherever it comes from: shipped with the product, or published here."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

FOR = {
    "EMPLOYEE": _("For employees"),
    "STUDENT": _("For students"),
    "AGENCY": _("For agency and bank staff"),
    "VOLUNTEER": _("For volunteers"),
}


@dataclass(frozen=True)
class Card:
    """Whom, how, for whom, and until which day; `slug` is that of the shipped route it is or stands in place of."""

    label: str
    text: str = ""
    phone: str = ""
    sms: str = ""
    url: str = ""
    urgent: bool = False
    slug: str = ""
    route: str = ""
    country: str = ""
    organisation: str = ""
    belongs_as: str = ""
    kind_of_help: str = ""
    language: str = "en-gb"
    position: int = 0
    until: str = ""

    @property
    def for_whom(self) -> str:
        """Return for which kind of person it is, in words; empty for everyone."""
        return FOR.get(self.belongs_as, "")
