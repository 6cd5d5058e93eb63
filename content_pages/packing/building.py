"""Pages made from the files of a pack: all of them first, then what they say of each other."""

from uuid import UUID

from django.conf import settings
from wagtail.models import Locale, Page

from content_pages import founding
from content_pages.models import HomePage, ProgrammePage, ProgrammesPage
from content_pages.packing import reading
from content_pages.packing.references import Inwards
from content_pages.packing.writing import FRONT, HOME, PAGES, PROGRAMME
from resilience.participants.models import Programme
from resilience.participants.packing.documents import Broken, Document
from resilience.participants.packing.parts import Folder


class Building:
    """The pages of one pack on their way in."""

    def __init__(self, folder: Folder, programme: Programme, inwards: Inwards) -> None:
        self.folder, self.programme, self.inwards = folder, programme, inwards
        self.made: list[tuple[Page, Document]] = []
        self.exercises: set[tuple[int, str]] = set()

    def build(self) -> None:
        """Make every page of the pack. Raises Broken."""
        for name in self.folder.below(FRONT):
            if name.endswith(HOME):
                self._front(name)
        for name in self.folder.below(PAGES):
            if name.endswith(PROGRAMME):
                self._programme(name)
        for page, document in self.made:
            page.refresh_from_db()
            self.inwards.pages = self._beside(page)
            reading.complete(document, page, self.inwards)
            page.save()
            revision = page.save_revision()
            if page.live:
                revision.publish()

    def _beside(self, page: Page) -> dict[str, int]:
        """Return the number of each page of the pack by its key: in the language of `page` where there is one."""
        others = sorted(
            (each for each, _document in self.made), key=lambda each: each.locale_id == page.locale_id
        )
        return {str(each.translation_key): each.pk for each in others}

    def _front(self, name: str) -> None:
        """Make the front page where the site has none; one that has it keeps its own, and gets what stands beside."""
        locale, document = self._locale(name), self.folder.document(name)
        home = HomePage.objects.filter(locale=locale).first()
        taken: set[str] = set()
        if home is None:
            home = self._keep(name, document, self._page(document, [HomePage], locale), None)
        else:
            taken = set(home.get_children().values_list("slug", flat=True))
        self._children(name, home, leave=taken)

    def _programme(self, name: str) -> None:
        locale, document = self._locale(name), self.folder.document(name)
        page = self._page(document, [ProgrammePage], locale)
        if page.slug != self.programme.slug:
            document.refuse(("fields", "slug"), f"the programme's own word is “{self.programme.slug}”")
        above = founding.folder(self._home(name, locale))
        self._children(name, self._keep(name, document, page, above), leave=set())

    def _children(self, name: str, above: Page, *, leave: set[str]) -> None:
        inside = f"{name.removesuffix('.json')}/"
        names = [each for each in self.folder.below(inside) if "/" not in each.removeprefix(inside)]
        for child in sorted(names, key=lambda each: (len(each.removeprefix(inside).split("-")[0]), each)):
            document = self.folder.document(child)
            if document.take(("fields", "slug"), str) in leave:
                continue
            allowed = [each for each in type(above).allowed_subpage_models() if each is not ProgrammesPage]
            above.refresh_from_db()
            page = self._keep(child, document, self._page(document, allowed, above.locale), above)
            self._children(child, page, leave=set())

    def _page(self, document: Document, allowed: list[type[Page]], locale: Locale) -> Page:
        named = document.take(("type",), str)
        model = next((each for each in allowed if each.__name__ == named), None)
        if model is None:
            document.refuse(("type",), f"a page of the kind “{named}” cannot stand here")
        page = reading.page(document, model)
        page.locale = locale
        self._is_new(document, page)
        return page

    def _is_new(self, document: Document, page: Page) -> None:
        try:
            key = UUID(page.translation_key)
        except ValueError:
            document.refuse(("translation_key",), "this is not the key of a page")
        if Page.objects.filter(translation_key=key, locale=page.locale).exists():
            document.refuse(("translation_key",), "a page with this key stands on the site already")

    def _keep(self, name: str, document: Document, page: Page, above: Page | None) -> Page:
        if above is None:
            founding.at_the_top(page)
        elif above.get_children().filter(slug=page.slug).exists():
            document.refuse(("fields", "slug"), f"another page beside this one has the address “{page.slug}”")
        else:
            above.add_child(instance=page)
        for place, key in reading.exercises(document, page):
            if (page.locale_id, key) in self.exercises:
                document.refuse(place, f"another exercise of this programme has the key “{key}”")
            self.exercises.add((page.locale_id, key))
        self.made.append((page, document))
        return page

    def _locale(self, name: str) -> Locale:
        codes = {code.lower(): code for code, _label in settings.WAGTAIL_CONTENT_LANGUAGES}
        code = codes.get(name.split("/")[1])
        if code is None:
            raise Broken("this site does not have the language of this page", file=name)
        return Locale.objects.get_or_create(language_code=code)[0]

    def _home(self, name: str, locale: Locale) -> HomePage:
        home = HomePage.objects.filter(locale=locale).first()
        if home is None and not HomePage.objects.exists():
            home = founding.front_page(self.programme)
        if home is None:
            raise Broken("this site has no front page in the language of this page", file=name)
        return home
