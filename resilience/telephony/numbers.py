"""Telephone numbers: what somebody typed, made into a number that can be rung, or a reason why not."""

import enum
from dataclasses import dataclass
from typing import NewType

import phonenumbers
from django.conf import settings
from django.utils.translation import gettext as _
from phonenumbers import PhoneNumberType as Type

E164 = NewType("E164", str)
COUNTRIES = ("GB", "IE", "CA", "US")
SAME_PLAN = {
    "GG": "GB",
    "JE": "GB",
    "IM": "GB",
}  # islands inside the British plan: their mobiles roam its ranges
DRAMA = ("+447700900", "+442079460", "+441632960")  # Ofcom keeps these for fiction: nobody answers there


class Kind(enum.StrEnum):
    MOBILE = "MOBILE"
    LANDLINE = "LANDLINE"
    OTHER = "OTHER"


KINDS = {
    Type.MOBILE: Kind.MOBILE,
    Type.FIXED_LINE: Kind.LANDLINE,
    Type.FIXED_LINE_OR_MOBILE: Kind.OTHER,  # North America: nobody can tell from the number
    Type.VOIP: Kind.OTHER,
}


class NotANumber(ValueError):
    """What was typed cannot be rung. `str(error)` says why and what to do, in words for the person."""


@dataclass(frozen=True)
class Number:
    e164: E164
    kind: Kind

    @property
    def can_text(self) -> bool:
        return self.kind is not Kind.LANDLINE


def parse(text: str, region: str = "GB") -> Number:
    """The number that somebody in `region` means by this text. Raises NotANumber."""
    try:
        found = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        raise NotANumber(
            _("That does not look like a telephone number. Enter it like 07700 900123.")
        ) from None
    if found.extension:
        raise NotANumber(_("We cannot ring an extension. Enter a number that reaches you directly."))
    reason = phonenumbers.is_possible_number_with_reason(found)
    if reason == phonenumbers.ValidationResult.TOO_SHORT:
        raise NotANumber(_("That number is too short. Check that no digit is missing."))
    if reason == phonenumbers.ValidationResult.TOO_LONG:
        raise NotANumber(_("That number is too long. Check that there is no digit too many."))
    if reason != phonenumbers.ValidationResult.IS_POSSIBLE:
        raise NotANumber(_("That number is not complete. Enter it with its area code, like 020 7946 0123."))
    return _allowed(found)


def _allowed(found: phonenumbers.PhoneNumber) -> Number:
    e164 = phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)
    if e164.startswith(DRAMA) and len(e164) == 13:
        return Number(E164(e164), Kind.MOBILE if e164.startswith("+447") else Kind.LANDLINE)
    country = phonenumbers.region_code_for_number(found) or ""
    country = SAME_PLAN.get(country, country)
    allowed = getattr(settings, "TELEPHONE_COUNTRIES", COUNTRIES)
    codes = {phonenumbers.country_code_for_region(name) for name in allowed}
    if found.country_code not in codes or (country and country not in allowed):
        raise NotANumber(_("We cannot ring numbers in that country yet. Enter a number of another country."))
    kind = phonenumbers.number_type(found)
    if kind == Type.UNKNOWN:
        raise NotANumber(_("Nobody can have that number. Check each digit."))
    if kind not in KINDS:  # premium rate, shared cost, freephone, pagers
        raise NotANumber(_("We can ring ordinary mobile and landline numbers only. Enter one of those."))
    return Number(E164(e164), KINDS[kind])


def masked(e164: str) -> str:
    """The number with only its last three digits, to recognise one's own: "number ending 123"."""
    return _("number ending %(digits)s") % {"digits": e164[-3:]}


def shown(e164: str, region: str = "GB") -> str:
    """The number as people in `region` write it: "020 7946 0123"; with its country's code elsewhere."""
    try:
        number = phonenumbers.parse(e164, region)
    except phonenumbers.NumberParseException:
        return e164
    here = number.country_code == phonenumbers.country_code_for_region(region)
    style = phonenumbers.PhoneNumberFormat.NATIONAL if here else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)
