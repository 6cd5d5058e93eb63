"""Which fields of a page travel: all of its own and its parents', but for those named here with the reason."""

from django.db.models import Field, ForeignKey
from wagtail.images import get_image_model
from wagtail.models import Page

from resilience.participants.packing import fields

OF_THE_TREE = {"id", "path", "depth", "numchild", "url_path", "content_type", "page_ptr", "alias_of"}
SAID_BESIDE = {"translation_key", "locale", "live"}  # they stand beside the fields, or in the file's name
OF_ONE_SITE = {  # who did what on which day at one site, and days that were chosen for its people
    "latest_revision", "live_revision", "latest_revision_created_at", "has_unpublished_changes", "draft_title",
    "first_published_at", "last_published_at", "go_live_at", "expire_at", "expired", "locked", "locked_at",
    "locked_by", "owner",
}  # fmt: skip
LEFT_OUT = OF_THE_TREE | SAID_BESIDE | OF_ONE_SITE
PEOPLE = {"facilitator"}  # who they are is set where the programme runs


class CannotTravel(Exception):
    """A page has a field that a pack cannot hold; leave it out by name, or teach this package to carry it."""


def of(model: type[Page]) -> list[Field]:
    """Return the fields of a page that travel. Raises CannotTravel."""
    found = fields.travelling(model, left_out=LEFT_OUT | PEOPLE)
    strange = [
        field for field in found if field.is_relation and not (leads_to_a_page(field) or is_picture(field))
    ]
    strange += [field for field in model._meta.many_to_many if field.name not in LEFT_OUT]
    strange += [each for each in _rows_below(model) if each.name not in OF_EVERY_PAGE]
    if strange:
        raise CannotTravel(f"{model.__name__}: {', '.join(field.name for field in strange)}")
    return found


OF_EVERY_PAGE = {"wagtail_admin_comments", "comments"}  # editors' notes to each other


def _rows_below(model: type[Page]) -> list:
    from modelcluster.models import get_all_child_relations

    return get_all_child_relations(model)


def leads_to_a_page(field: Field) -> bool:
    """Return whether the field names another page."""
    return isinstance(field, ForeignKey) and issubclass(field.related_model, Page)


def is_picture(field: Field) -> bool:
    """Return whether the field names a picture."""
    return isinstance(field, ForeignKey) and issubclass(field.related_model, get_image_model())
