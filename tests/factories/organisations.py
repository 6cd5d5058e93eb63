"""Organisations and whom their people can turn to."""

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
    class Meta:
        model = SupportRoute

    label = "Samaritans"
    phone = "116 123"
