"""What somebody agreed to: the newest record of each purpose stands."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.participants.models import ConsentForm, ConsentRecord, Enrolment, Programme, Purpose

AFTER = timedelta(microseconds=1)


class NotConsented(Exception):
    """The person has not agreed to this purpose, or has taken it back."""


class Needed(Exception):
    """Taking part was not agreed to, and nothing else can be without it."""


def publish(*, programme: Programme, information: str, now: datetime, language: str = "") -> ConsentForm:
    """Return the consent form with these words: the newest where they are the same, else a new version.

    In another language than the programme's own they are the translation of the version that stands, and have its
    number, unless that version is translated already.
    """
    language = language or programme.language
    newest = newest_in(programme, language=language)
    text_hash = hashlib.sha256(information.encode()).hexdigest()
    if newest is not None and newest.text_hash == text_hash and _stands(newest, programme):
        return newest
    return ConsentForm.objects.create(
        programme=programme,
        version=_number(programme, language),
        language=language,
        information=information,
        text_hash=text_hash,
        published_at=now,
    )


def _number(programme: Programme, language: str) -> int:
    own, newest = newest_in(programme, language=programme.language), newest_in(programme, language=language)
    if (
        own is not None
        and language != programme.language
        and (newest is None or newest.version < own.version)
    ):
        return own.version
    highest = programme.consent_forms.order_by("-version").first()
    return highest.version + 1 if highest else 1


def newest_in(programme: Programme, *, language: str) -> ConsentForm | None:
    """Return the newest words in a language, whether or not they are as new as those in the programme's own."""
    return programme.consent_forms.filter(language=language).order_by("-version").first()


def _stands(form: ConsentForm, programme: Programme) -> bool:
    """Return whether these words are as new as those in the programme's own language."""
    return not programme.consent_forms.filter(language=programme.language, version__gt=form.version).exists()


def current_form(programme: Programme, *, language: str = "") -> ConsentForm | None:
    """Return the words that people agree to now: in `language` where the newest are translated, else in the
    programme's own.
    """
    translated = (
        newest_in(programme, language=language) if language and language != programme.language else None
    )
    if translated is not None and _stands(translated, programme):
        return translated
    return newest_in(programme, language=programme.language)


def given(enrolment: Enrolment, purpose: str) -> bool:
    """Return whether the purpose is agreed to now."""
    newest = ConsentRecord.objects.filter(enrolment=enrolment, purpose=purpose).order_by("-at")
    return bool(newest.values_list("given", flat=True).first())


def standing(enrolment: Enrolment) -> dict[str, bool]:
    """Return every purpose with whether it is agreed to now."""
    found = ConsentRecord.objects.filter(enrolment=enrolment).order_by("at").values_list("purpose", "given")
    return dict.fromkeys(Purpose.values, False) | dict(found)


def require(enrolment: Enrolment, purpose: str) -> None:
    """Do nothing where the purpose is agreed to. Raises NotConsented."""
    if not given(enrolment, purpose):
        raise NotConsented(purpose)


@transaction.atomic
def record(*, enrolment: Enrolment, form: ConsentForm, given: Iterable[str], by: User, now: datetime) -> None:
    """Write one record for each purpose whose answer is new or has changed; what is not in `given` is a no.

    Raises Needed where taking part is not among them: stopping is `journeys.withdrawing`.
    """
    agreed, before = set(given), {row.purpose: row for row in enrolment.consents.order_by("at")}
    if Purpose.TAKE_PART not in agreed:
        raise Needed
    at = max(
        [now, *(row.at + AFTER for row in before.values())]
    )  # the newest stands, so no two at one moment
    fresh = [
        ConsentRecord(enrolment=enrolment, form=form, purpose=purpose, given=purpose in agreed, at=at)
        for purpose in Purpose.values
        if purpose not in before or before[purpose].given != (purpose in agreed)
    ]
    ConsentRecord.objects.bulk_create(fresh)
    trail.record(events.CONSENT_RECORDED, at=now, target=enrolment, by=by, version=form.version)
