"""Totals of each group and new invitation links for a manager; what was raised at work for those who take part."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts.form_pages import FormPage
from resilience.organisations import describing, system_actions, system_list
from resilience.participants import enrolments, forms, freezing, invitations, totals


class Manage(FormPage):
    """Groups in totals, and a form that makes a link. The link is shown once, on the next page."""

    form_class = forms.NewInvitation
    template_name = "participants/manage.html"

    def get_form_kwargs(self) -> dict:
        """Offer only the groups that this person runs."""
        self.cohorts = totals.cohorts_run_by(self.request.user)
        today = clock.now().date()
        running = [cohort for cohort in self.cohorts if enrolments.takes_people(cohort, on=today)]
        return {**super().get_form_kwargs(), "cohorts": running}

    def get_context_data(self, **context: object) -> dict:
        """Add the totals."""
        context = super().get_context_data(**context)
        return {
            **context,
            "totals": totals.of_cohorts(self.cohorts, now=clock.now()),
            "organisations": describing.managed_by(self.request.user),
            "programmes": freezing.programmes_run_by(user=self.request.user),
        }

    def taken(self, form: forms.NewInvitation) -> HttpResponse:
        """Make the link and show it on the next page, once: only its hash is stored."""
        wanted = form.cleaned_data
        link = invitations.make(
            cohort=wanted["cohort"],
            by=self.request.user,
            now=clock.now(),
            many=wanted["many"] == "many",
            channel=wanted["channel"],
            lasts=timedelta(weeks=wanted["weeks"]),
        )
        words = _(
            "The link is ready. Copy it now: we keep only a mark of it, so nobody can show it again. %(link)s"
        )
        messages.success(self.request, words % {"link": link})
        return redirect("participants:manage")


def system(request: HttpRequest) -> HttpResponse:
    """Show what people of somebody's organisation raised, and what is being done about it."""
    enrolment = enrolments.current(request.user)
    if enrolment is None or enrolment.withdrawn_at is not None:
        return redirect("content_pages:my")
    organisation = enrolment.belongs_to
    context = {
        "organisation": organisation,
        "raised": system_list.shown(organisation),
        "actions": system_actions.of(organisation),
    }
    return render(request, "participants/system.html", context)


def content(request: HttpRequest) -> HttpResponse:
    """Freeze the content of a programme, or open it again. Raises Http404 for one that somebody does not run."""
    run = {each.slug: each for each in freezing.programmes_run_by(user=request.user)}
    programme = run.get(request.POST.get("programme", ""))
    if programme is None:
        raise Http404
    if request.POST.get("do") == "open":
        freezing.open_again(programme=programme, by=request.user, now=clock.now())
        messages.success(request, _("Editors can change the pages of this programme again."))
    else:
        freezing.freeze(programme=programme, by=request.user, now=clock.now())
        messages.success(request, _("From now on the pages of this programme change for safety alone."))
    return redirect("participants:manage")
