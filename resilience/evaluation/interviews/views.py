"""Pages about interviews: for the person who is asked, and for the manager who may know how to reach people."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from resilience import clock
from resilience.accounts.form_pages import FormPage
from resilience.evaluation.interviews import forms, inviting
from resilience.evaluation.models import InterviewDraw, InterviewReply
from resilience.participants import enrolments
from resilience.participants.managed_pages import managed

STOPPED = 409


@method_decorator(never_cache, name="dispatch")
class Asked(FormPage):
    """Yes or no, in one tap; the answer can be changed on the same page."""

    form_class = forms.Reply
    template_name = "evaluation/interviews/asked.html"

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        """Say in words where nothing is asked, or where somebody has stopped. Raises Http404 who takes no part."""
        self.pick = inviting.asked(request.user)
        if self.pick is not None and self.pick.respondent.enrolment.withdrawn_at is None:
            return super().dispatch(request)
        enrolment = enrolments.current(request.user)
        if enrolment is None:
            raise Http404
        refused = request.method == "POST"
        context = {"stopped": enrolment.withdrawn_at is not None, "refused": refused}
        status = STOPPED if refused else 200
        return render(request, "evaluation/interviews/not_asked.html", context, status=status)

    def get_initial(self) -> dict:
        """Begin with what they wrote before."""
        said = InterviewReply.objects.filter(pick=self.pick).select_related("enrolment").first()
        return {"reach": said.reach} if said else {}

    def get_context_data(self, **context: object) -> dict:
        """Add what they said before."""
        return super().get_context_data(said=InterviewReply.objects.filter(pick=self.pick).first(), **context)

    def taken(self, form: forms.Reply) -> HttpResponse | None:
        """Keep the answer."""
        said = self.request.POST.get("say")
        if said not in ("yes", "no"):
            form.add_error(None, _("Press one of the two buttons."))
            return None
        try:
            inviting.reply(
                pick=self.pick,
                yes=said == "yes",
                reach=form.cleaned_data["reach"],
                by=self.request.user,
                now=clock.now(),
            )
        except inviting.Stopped:
            context = {"stopped": True, "refused": True}
            return render(self.request, "evaluation/interviews/not_asked.html", context, status=STOPPED)
        return redirect("interviews:asked")


@never_cache
def arrange(request: HttpRequest, programme: str) -> HttpResponse:
    """Show a manager the draws without their codes, and how to reach those who said yes. Raises Http404."""
    found = managed(request.user, programme)
    draws = InterviewDraw.objects.filter(evaluation__programme=found).order_by("-number")
    context = {
        "programme": found,
        "draws": draws.select_related("evaluation", "invited").prefetch_related("picks__reply"),
        "said_yes": inviting.said_yes(found),
    }
    return render(request, "evaluation/interviews/manage/arrange.html", context)


@require_POST
def invite(request: HttpRequest, programme: str, draw: UUID) -> HttpResponse:
    """Write to the people of a draw. Raises Http404 for one of a programme that this person does not manage."""
    found = managed(request.user, programme)
    made = get_object_or_404(InterviewDraw, pk=draw, evaluation__programme=found)
    try:
        inviting.invite(draw=made, by=request.user, now=clock.now())
    except inviting.InvitedAlready:
        messages.info(request, _("They were written to before. Nobody is asked twice."))
    else:
        messages.success(request, _("The invitations are on their way, outside people’s quiet hours."))
    return redirect("interviews:arrange", found.slug)
