"""How many parts a programme has: counted from its pages, kept with the programme for those who may not read pages."""

from wagtail.models import Page

from resilience.participants.models import Programme


def parts(above: Page) -> None:
    """Count the shown parts below the first page of a programme."""
    from content_pages.models import ModulePage

    found = ModulePage.objects.child_of(above).live().count()
    Programme.objects.filter(slug=above.slug).update(modules=found)
