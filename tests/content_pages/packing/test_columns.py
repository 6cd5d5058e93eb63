"""Every field of a page travels in a pack, or is left out by name: a new one cannot be forgotten."""

import pytest
from django.apps import apps
from django.db import models
from wagtail.models import Page

from content_pages.packing import columns

PAGES = [model for model in apps.get_app_config("content_pages").get_models() if issubclass(model, Page)]


@pytest.mark.parametrize("model", PAGES)
def test_every_field_of_a_page_travels_or_is_left_out_by_name(model):
    travelling = {field.name for field in columns.of(model)}
    own = {field.name for field in model._meta.local_fields} - {"page_ptr"}

    assert own <= travelling | columns.PEOPLE
    assert {
        field.name for field in model._meta.get_fields() if field.concrete
    } == travelling | columns.LEFT_OUT | (own & columns.PEOPLE)


class Stranger:
    """A page with a field that leads to something that no pack holds."""

    name = "keeper"
    is_relation = True
    related_model = apps.get_model("accounts", "User")


def test_a_field_that_a_pack_cannot_hold_is_noticed(monkeypatch):
    monkeypatch.setattr(columns.fields, "travelling", lambda model, left_out: [Stranger()])

    with pytest.raises(columns.CannotTravel, match="keeper"):
        columns.of(PAGES[0])


def test_what_is_left_out_is_a_field_of_every_page():
    names = {field.name for field in Page._meta.get_fields() if isinstance(field, models.Field)}

    assert columns.LEFT_OUT - names - {"page_ptr"} == set()
