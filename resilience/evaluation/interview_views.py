"""The page on which an evaluator draws people for interviews, by code alone, and reads how each draw was made."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts.form_pages import FormPage
from resilience.accounts.models import User
from resilience.evaluation.interview_models import Stratum
from resilience.evaluation.interviews import drawing, forms, frame
from resilience.evaluation.models import Evaluation, InterviewDraw
from resilience.evaluation.views import find


class Interviews(FormPage):
    """The draws so far, and a form for the next one."""

    form_class = forms.Draw
    template_name = "evaluation/interviews/manage/draw.html"

    def dispatch(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Raise Http404 for an evaluation that this person does not work for."""
        self.evaluation = find(request, slug)
        return super().dispatch(request)

    def get_context_data(self, **context: object) -> dict:
        """Add how many can still be drawn, and each draw with whether it can be repeated."""
        made = _draws(self.evaluation)
        left = frame.of(
            self.evaluation.programme, strata=(), before=drawing.next_number(self.evaluation.programme)
        )
        return super().get_context_data(
            evaluation=self.evaluation, left=len(left), draws=[_shown(each) for each in made], **context
        )

    def taken(self, form: forms.Draw) -> HttpResponse | None:
        """Draw."""
        try:
            drawing.draw(
                evaluation=self.evaluation, by=self.request.user, now=clock.now(), **form.cleaned_data
            )
        except drawing.Nobody:
            form.add_error(None, _("Nobody is left to draw: no more people agreed to be asked."))
            return None
        messages.success(
            self.request, _("Drawn. Whoever manages the programme can now send the invitations.")
        )
        return redirect("evaluation:interviews", self.evaluation.slug)


def _draws(evaluation: Evaluation) -> list[InterviewDraw]:
    found = InterviewDraw.objects.filter(evaluation=evaluation).order_by("-number")
    return list(found.select_related("invited", "evaluation__programme").prefetch_related("picks__reply"))


def _shown(made: InterviewDraw) -> dict[str, object]:
    return {
        "draw": made,
        "by": User.objects.filter(pk=made.drawn_by).values_list("email", flat=True).first(),
        "strata": [Stratum(each).label for each in made.strata],
        "same": drawing.again(made),
    }
