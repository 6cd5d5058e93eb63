"""All that the papers say of a programme, gathered from where it stands, so that they change when it does."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings

from content_pages import outline, titles
from content_pages.papers import plain, questions, screens
from resilience import languages
from resilience.journeys import consenting, forms, informing, joining
from resilience.measures import budget, catalogue, covers, in_words
from resilience.measures.models import Timepoint
from resilience.organisations import promise, readers, support
from resilience.participants import about_you, consent, papers
from resilience.participants.models import Coaching, Papers, Programme, Purpose


def of(programme: Programme) -> dict[str, object]:
    """Return the facts by the names that the templates use, in the language that is spoken now."""
    plan = list(programme.timepoints.order_by("position").select_related("after").prefetch_related("planned"))
    pages = outline.read(programme.slug, wording=programme.wording)
    asked = questions.of(programme, plan, pages)
    words = consent.current_form(programme, language=languages.now())
    written = papers.of(programme)
    return {
        "programme": programme,
        "papers": written,
        "link": link(written),
        "address": bare(link(written)),
        "help_address": bare(languages.link("/help-now/")),
        "calls": programme.coaching != Coaching.NONE,
        "pages": pages,
        "longest": max((each.minutes for each in pages.activities), default=0) if pages else 0,
        "plan": plan,
        "asked": asked,
        "words": words,
        "information": plain.words(joining.information(words), deeper=1) if words else "",
        "screens": screens.of(programme, words=words, plan=plan, asked=asked),
        **_burden(programme, plan),
        **_people(programme, asked),
    }


def _burden(programme: Programme, plan: list[Timepoint]) -> dict[str, object]:
    burden = budget.of(
        programme,
        [(each, [cell.instrument for cell in each.planned.all()]) for each in plan],
        on_joining=informing.asked_on_joining(programme),
    )
    names = titles.of(programme)
    schedule = [
        (
            each,
            in_words.when(each.timepoint, **names),
            in_words.window(each.timepoint),
            _names(programme, each),
        )
        for each in burden.sittings
    ]
    return {"burden": burden, "limits": budget.limits(), "schedule": schedule}


def _names(programme: Programme, sitting: budget.Sitting) -> list[str]:
    asked = sitting.timepoint.planned.all()
    return [catalogue.get(cell.instrument, programme=programme).name for cell in asked]


def _people(programme: Programme, asked: Iterable[questions.Asked]) -> dict[str, object]:
    alarming = [each.instrument for each in asked if each.instrument.alerts]
    return {
        "purposes": [(Purpose(each), *forms.WORDS[Purpose(each)]) for each in consenting.purposes(programme)],
        "about_you": [about_you.OF_THEIR_OWN_PAGE[each][0] for each in about_you.further(programme)],
        "readers": readers.lines(),
        "parts_of_the_site": promise.lines(),
        "routes": support.cards(programme.organisation),
        "alarming": alarming,
        "cover": covers.standing_in(programme) if alarming else None,
    }


def link(written: Papers) -> str:
    """Return where people join: the manager's own short address, else the front page of the site."""
    if not written.address:
        return settings.PUBLIC_BASE_URL
    return written.address if "://" in written.address else f"https://{written.address}"


def bare(url: str) -> str:
    """Return an address as people type it: without the scheme, and without a slash that ends it."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}".rstrip("/")


def missing(facts: dict[str, object]) -> list[str]:
    """Return what still has to be filled in, by the names under which the page has words for it."""
    written = facts["papers"]
    fields = [name for name in ("contact", "sponsor", "approval", "registered") if not getattr(written, name)]
    return fields + [name for name in ("words", "plan", "pages") if not facts[name]]
