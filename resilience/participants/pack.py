"""What the pack holds of a programme itself: who runs it, its settings, and the information people agree to."""

from datetime import datetime
from zoneinfo import available_timezones

from django.conf import settings

from resilience.organisations.models import Organisation
from resilience.participants import consent
from resilience.participants.models import Programme
from resilience.participants.packing import arm_parts, fields
from resilience.participants.packing.documents import Document, dump
from resilience.participants.packing.parts import Folder

PROGRAMME, ORGANISATION, INFORMATION = "programme.json", "organisation.json", "information.json"
# frozen, and groups that are confirmed, are what runs here, not what is carried
OF_PROGRAMME = {"id", "organisation", "content_frozen_on", "has_arms"}
OF_ORGANISATION = {"id", "logo"}  # the logo is set where the organisation is
SHEET = ("h2", "h3", "bold", "italic", "ol", "ul", "blockquote", "link")


def write(programme: Programme) -> dict[str, bytes]:
    """Return this app's files."""
    organisation = programme.organisation
    units = organisation.units.order_by("name").values_list("name", flat=True)
    return {
        PROGRAMME: dump(fields.write(programme, left_out=OF_PROGRAMME)),
        ORGANISATION: dump(
            {"fields": fields.write(organisation, left_out=OF_ORGANISATION), "units": list(units)}
        ),
        INFORMATION: dump(_sheets(programme)),
        **arm_parts.write(programme),
    }


def _sheets(programme: Programme) -> dict:
    """Return the information that stands, and its translations."""
    own = consent.current_form(programme)
    found = {code: consent.current_form(programme, language=code) for code, _name in settings.LANGUAGES}
    translated = {
        code: form.information
        for code, form in found.items()
        if form and form.language == code != programme.language
    }
    return {"html": own.information if own else None, "translations": translated}


def read(folder: Folder, *, now: datetime) -> Programme:
    """Make the programme, its organisation where there is none of that slug, and its information. Raises Broken."""
    document = folder.document(PROGRAMME)
    values = fields.read(document, (), Programme, left_out=OF_PROGRAMME)
    _is_free(document, values["slug"])
    if values["time_zone"] not in available_timezones():
        document.refuse(("time_zone",), "there is no such time zone")
    if values["language"] not in dict(settings.LANGUAGES):
        document.refuse(("language",), "this site does not have this language")
    programme = Programme(organisation=_organisation(folder.document(ORGANISATION)), **values)
    fields.checked(document, (), programme).save()
    _information(folder.document(INFORMATION), programme, now=now)
    arm_parts.read(folder, programme)
    return programme


def _is_free(document: Document, slug: object) -> None:
    if Programme.objects.filter(slug=slug).exists():
        document.refuse(
            ("slug",), f"this site has a programme “{slug}” already; import the pack into a site without it"
        )


def _organisation(document: Document) -> Organisation:
    document.only((), ("fields", "units"))
    values = fields.read(document, ("fields",), Organisation, left_out=OF_ORGANISATION)
    names = [document.take(("units", number), str) for number in range(len(document.take(("units",), list)))]
    if found := Organisation.objects.filter(slug=values["slug"]).first():
        return found
    organisation = fields.checked(document, ("fields",), Organisation(**values))
    organisation.save()
    for number, name in enumerate(names):
        unit = fields.checked(
            document, ("units", number), organisation.units.model(organisation=organisation, name=name)
        )
        unit.save()
    return organisation


def _information(document: Document, programme: Programme, *, now: datetime) -> None:
    document.only((), ("html", "translations"))
    if document.take(("html",), str, or_none=True) is not None:
        _publish(document, ("html",), programme, programme.language, now=now)
    for code in document.take(("translations",), dict):
        if code not in dict(settings.LANGUAGES):
            document.refuse(("translations", code), "this site does not have this language")
        _publish(document, ("translations", code), programme, code, now=now)


def _publish(
    document: Document, place: tuple[str, ...], programme: Programme, language: str, *, now: datetime
) -> None:
    html = document.take(place, str)
    fields.one(document, place, programme.consent_forms.model._meta.get_field("information"), html, SHEET)
    consent.publish(programme=programme, information=html, language=language, now=now)
