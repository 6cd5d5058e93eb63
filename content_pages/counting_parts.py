"""How many parts a programme has: counted from its pages, kept with the programme for those who may not read pages."""

from wagtail.models import Page

from resilience.participants.models import Programme


def parts(above: Page) -> None:
    """Count the shown parts of a programme: of its pages in the first language, however many are translated."""
    from content_pages import founding
    from content_pages.models import ModulePage

    found = ModulePage.objects.child_of(founding.page_of(above.slug)).live().count()
    Programme.objects.filter(slug=above.slug).update(modules=found)
