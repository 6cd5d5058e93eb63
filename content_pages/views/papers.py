"""Pages on which a manager gets the papers of a programme, and writes what no other page knows."""

import structlog
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from content_pages.papers import printing
from resilience import clock, pdf
from resilience.participants import paper_forms, papers
from resilience.participants.managed_pages import OfProgramme, managed

log = structlog.get_logger(__name__)

NO_PDF = _(
    "No PDF can be made here at the moment: this machine lacks a library. Whoever runs it finds its name in the log."
)
MISSING = {
    "contact": _("whom people can ask before they join"),
    "sponsor": _("the sponsor"),
    "approval": _("who approved it, and the number"),
    "registered": _("where it is registered, and the number"),
    "words": _("the information for people who think about joining: it is not published"),
    "plan": _("when questions are asked: there is no time point"),
    "pages": _("parts to read: none is shown"),
}


class Papers(OfProgramme):
    """What the papers hold, where to get them, and what is to be filled in by hand."""

    form_class = paper_forms.PapersForm
    template_name = "content_pages/manage/papers/page.html"

    def get_form_kwargs(self) -> dict:
        """Begin with what stands."""
        return {**super().get_form_kwargs(), "instance": papers.of(self.programme)}

    def get_context_data(self, **context: object) -> dict:
        """Add the version as it would be printed now, and what is missing."""
        composed = printing.compose(self.programme)
        missing = [MISSING[name] for name in composed.missing]
        return super().get_context_data(version=composed.version, missing=missing, **context)

    def taken(self, form: paper_forms.PapersForm) -> HttpResponse:
        """Keep it."""
        papers.write(programme=self.programme, said=form.cleaned_data, by=self.request.user, now=clock.now())
        messages.success(self.request, _("Kept. The papers say so from now on."))
        return redirect("content_pages:papers", self.programme.slug)


def whole(request: HttpRequest, programme: str) -> HttpResponse:
    """Return both parts as one PDF. Raises Http404 for a programme that this person does not manage."""
    return _printed(request, programme, printing.RECRUITMENT, printing.ETHICS, file="papers")


def recruitment(request: HttpRequest, programme: str) -> HttpResponse:
    """Return the part for those who are asked to join. Raises Http404 as above."""
    return _printed(request, programme, printing.RECRUITMENT, file="recruitment")


@never_cache
def _printed(request: HttpRequest, programme: str, *parts: str, file: str) -> HttpResponse:
    found, now = managed(request.user, programme), clock.now()
    composed = printing.compose(found)
    try:
        raw = printing.printed(composed, parts=parts, on=clock.local_day(now, found.time_zone))
    except pdf.Unavailable as missing:
        log.warning("no PDF can be made", why=str(missing))
        messages.error(request, NO_PDF)
        return redirect("content_pages:papers", found.slug)
    answer = HttpResponse(raw, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{found.slug}-{file}-{composed.version}.pdf"'
    return answer
