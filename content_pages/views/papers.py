"""Pages on which a manager gets the papers of a programme, and writes what no other page knows."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from content_pages.papers import filing, printing
from resilience import clock
from resilience.participants import paper_forms, papers
from resilience.participants.managed_pages import OfProgramme, managed

SECONDS_BETWEEN_LOOKS = 3
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


class Making(TemplateView):
    """Says whether a file of papers is ready, and has it made where it is not."""

    template_name = "content_pages/manage/papers/making.html"

    def get(self, request: HttpRequest, programme: str, file: str) -> HttpResponse:
        """Go back where no PDF can be made. Raises Http404 for a programme that this person does not manage."""
        found = managed(request.user, programme)
        try:
            ready = filing.get(found, file=file) is not None
        except filing.CannotBeMade:
            messages.error(request, NO_PDF)
            return redirect("content_pages:papers", found.slug)
        address = reverse(f"content_pages:{file}-pdf", args=[found.slug])
        return self.render_to_response(
            self.get_context_data(programme=found, ready=ready, file=address, seconds=SECONDS_BETWEEN_LOOKS)
        )


@never_cache
def printed(request: HttpRequest, programme: str, file: str) -> HttpResponse:
    """Return a file of papers, or lead to where it is made. Raises Http404 as above."""
    found = managed(request.user, programme)
    try:
        place = filing.get(found, file=file)
    except filing.CannotBeMade:
        place = None
    if place is None:
        return redirect(f"content_pages:{file}-making", found.slug)
    answer = HttpResponse(place.read_bytes(), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{found.slug}-{place.stem}.pdf"'
    return answer
