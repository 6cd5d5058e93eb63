"""A form on a page of its own, by the house's rules: faults answer 422 with everything still in it."""

from django.forms import BaseForm
from django.http import HttpResponse
from django.views.generic import FormView

from resilience.accounts import drafting


class FormPage(FormView):
    """Shows a form with what was kept of it, answers 422 to faults, and drops the draft once it is taken.

    A subclass writes `taken(form)`, which does the one domain call and returns the redirect.
    """

    def get_form(self, form_class: type[BaseForm] | None = None) -> BaseForm:
        """Return the form; on a GET with what was kept of this page."""
        return drafting.give_back(self.request, super().get_form(form_class))

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Take the form, then drop its draft. A fault that `taken` added to the form answers 422 instead."""
        response = self.taken(form)
        if form.errors:
            return self.form_invalid(form)
        if self.request.user.is_authenticated:
            drafting.forget(user=self.request.user, page=self.request.path)
        return response

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Show the form again with its faults, 422."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def taken(self, form: BaseForm) -> HttpResponse | None:
        """Do what the form asks for and return where to go on; None after a fault was added to the form."""
        raise NotImplementedError
