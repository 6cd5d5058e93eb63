"""What somebody agreed to: the newest record of each purpose stands."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from resilience.accounts.models import User
from resilience.audit import events, trail
from resilience.participants.models import ConsentForm, ConsentRecord, Enrolment, Programme, Purpose

AFTER = timedelta(microseconds=1)
OF_EVERYBODY = tuple(purpose for purpose in Purpose.values if purpose != Purpose.AVOIDANCE)


class NotConsented(Exception):
    """The person has not agreed to this purpose, or has taken it back."""


class Needed(Exception):
    """Taking part was not agreed to, and nothing else can be without it."""


class Unknown(ValueError):
    """There is no such purpose, or the programme does not ask for it."""


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


def current_forms(programmes: Iterable[Programme], *, language: str) -> dict[UUID, ConsentForm]:
    """Return what `current_form` does for each of these programmes, by its key and by one query."""
    newest: dict[tuple[UUID, str], ConsentForm] = {}
    own = {programme.pk: programme.language for programme in programmes}
    spoken = {language, *own.values()}
    for form in ConsentForm.objects.filter(programme__in=own, language__in=spoken).order_by("version"):
        newest[form.programme_id, form.language] = form
    found = {key: (newest.get((key, mine)), newest.get((key, language))) for key, mine in own.items()}
    chosen = {key: _of_two(first, translated) for key, (first, translated) in found.items()}
    return {key: form for key, form in chosen.items() if form is not None}


def _of_two(own: ConsentForm | None, translated: ConsentForm | None) -> ConsentForm | None:
    stands = translated is not None and (own is None or translated.version >= own.version)
    return translated if stands else own


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


def may_ask(enrolment: Enrolment, asked: object) -> bool:
    """Return whether somebody may be asked this: an instrument or item may name a purpose that it needs."""
    purpose = getattr(asked, "needs_consent", "")
    return not purpose or given(enrolment, purpose)


def newer_words(enrolment: Enrolment, *, language: str = "") -> ConsentForm | None:
    """Return the words that stand where somebody agreed to older ones; None where theirs are the newest."""
    form = current_form(enrolment.cohort.programme, language=language)
    agreed = ConsentRecord.objects.filter(enrolment=enrolment, purpose=Purpose.TAKE_PART, given=True)
    version = agreed.order_by("-at").values_list("form__version", flat=True).first()
    return form if form and version is not None and version < form.version else None


@transaction.atomic
def record(
    *,
    enrolment: Enrolment,
    form: ConsentForm,
    given: Iterable[str],
    by: User,
    now: datetime,
    asked: Iterable[str] = OF_EVERYBODY,
) -> None:
    """Write one record for each purpose asked whose answer is new or has changed; what is not in `given` is a no.

    Raises Needed where taking part is not among them: stopping is `journeys.withdrawing`.
    """
    agreed, before = set(given), _before(enrolment)
    if Purpose.TAKE_PART not in agreed:
        raise Needed
    answers = {purpose: purpose in agreed for purpose in asked}
    new = {each: yes for each, yes in answers.items() if each not in before or before[each].given != yes}
    _write(new, enrolment=enrolment, form=form, before=before, by=by, now=now)


@transaction.atomic
def change(
    *, enrolment: Enrolment, form: ConsentForm, purpose: str, yes: bool, by: User, now: datetime
) -> bool:
    """Keep a new answer to one purpose; return whether it is one. Raises Unknown or Needed."""
    if purpose not in Purpose.values:
        raise Unknown(purpose)
    if purpose == Purpose.TAKE_PART and not yes:
        raise Needed
    before = _before(enrolment)
    if purpose in before and before[purpose].given == yes:
        return False
    _write({purpose: yes}, enrolment=enrolment, form=form, before=before, by=by, now=now)
    return True


@transaction.atomic
def agree_again(*, enrolment: Enrolment, form: ConsentForm, by: User, now: datetime) -> None:
    """Keep every answer as it stands, under newer words. Raises Needed where taking part is not agreed to."""
    before = _before(enrolment)
    answers = {purpose: row.given for purpose, row in before.items()}
    if not answers.get(Purpose.TAKE_PART):
        raise Needed
    if before[Purpose.TAKE_PART].form_id != form.pk:
        _write(answers, enrolment=enrolment, form=form, before=before, by=by, now=now)


def _before(enrolment: Enrolment) -> dict[str, ConsentRecord]:
    return {row.purpose: row for row in enrolment.consents.order_by("at")}


def _write(
    answers: Mapping[str, bool],
    *,
    enrolment: Enrolment,
    form: ConsentForm,
    before: Mapping[str, ConsentRecord],
    by: User,
    now: datetime,
) -> None:
    at = max(
        [now, *(row.at + AFTER for row in before.values())]
    )  # the newest stands, so no two at one moment
    fresh = [
        ConsentRecord(enrolment=enrolment, form=form, purpose=purpose, given=yes, at=at)
        for purpose, yes in answers.items()
    ]
    ConsentRecord.objects.bulk_create(fresh)
    trail.record(events.CONSENT_RECORDED, at=now, target=enrolment, by=by, version=form.version)
