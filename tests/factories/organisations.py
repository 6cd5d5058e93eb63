"""Organisations and whom their people can turn to."""

from datetime import date
from uuid import uuid4

import factory

from resilience.organisations.models import Organisation, SupportRoute


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation
        django_get_or_create = ("slug",)

    slug = "riverside"
    name = "Riverside Hospital"
    data_controller = "Riverside Hospital"
    incident_url = "https://incidents.example.org/"


class SupportRouteFactory(factory.django.DjangoModelFactory):
    """A published route of the country, or of an organisation where one is named; `state="DRAFT"` is one in writing."""

    class Meta:
        model = SupportRoute

    label = "Samaritans"
    phone = "116 123"
    organisation = None
    country = factory.LazyAttribute(lambda row: "" if row.organisation else "GB")
    state = "PUBLISHED"
    owner = factory.LazyFunction(uuid4)
    expires_on = date(2027, 5, 1)
    proposed_by = factory.LazyAttribute(lambda row: None if row.state == "DRAFT" else uuid4())
    published_by = factory.LazyAttribute(lambda row: uuid4() if row.state in ("PUBLISHED", "ENDED") else None)
