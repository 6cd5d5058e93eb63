"""The list of instruments, and what a site records about one that ships: a permission with its text, a table."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts.form_pages import FormPage
from resilience.measures import catalogue, conversion, permissions, readiness
from resilience.measures.instrument import Instrument
from resilience.measures.instrument_models import UseContext
from resilience.measures.manage import forms
from resilience.participants import freezing


def listed(request: HttpRequest) -> HttpResponse:
    """Show every instrument with what it still needs."""
    programmes = freezing.programmes_run_by(user=request.user)
    return render(
        request, "measures/manage/list.html", {"lines": readiness.listed(), "programmes": programmes}
    )


def shipped_or_404(key: str) -> Instrument:
    """Return an instrument that ships. Raises Http404."""
    if key not in catalogue.load():
        raise Http404
    return catalogue.get(key)


class One(FormPage):
    """One instrument that ships: its rules in words, and a form for a permission where it needs one."""

    form_class = forms.PermissionForm
    template_name = "measures/manage/one.html"

    def dispatch(self, request: HttpRequest, key: str) -> HttpResponse:
        """Raises Http404 for what does not ship."""
        self.instrument = shipped_or_404(key)
        return super().dispatch(request)

    def get_context_data(self, **context: object) -> dict:
        """Add what is known of the instrument and what was recorded."""
        return super().get_context_data(
            instrument=self.instrument,
            missing=readiness.missing(self.instrument),
            recorded=permissions.of(self.instrument.key),
            uses=[label for value, label in UseContext.choices if value in self.instrument.contexts],
            table=conversion.newest(self.instrument.key),
            takes_text=self.instrument.words is None or not self.instrument.words.shipped,
            **context,
        )

    def taken(self, form: forms.PermissionForm) -> HttpResponse | None:
        """Keep the permission with the text."""
        said = {
            name: form.cleaned_data[name]
            for name in ("reference", "holder", "granted_on", "use_context", "words")
        }
        try:
            permissions.record(key=self.instrument.key, by=self.request.user, now=clock.now(), **said)
        except permissions.OutsideLicence:
            form.add_error("use_context", _("The licence of this instrument does not allow that use."))
            return None
        except catalogue.Faulty as why:
            add_faults(form, "words", why)
            return None
        messages.success(self.request, _("Recorded. The instrument can now be planned."))
        return redirect("instruments:one", self.instrument.key)


def add_faults(form: forms.forms.Form, field: str, why: catalogue.Faulty) -> None:
    """Put each fault of a file beside the field that it came from."""
    for fault in why.faults:
        form.add_error(field, _("Line %(line)s: %(reason)s") % {"line": fault.line, "reason": fault.reason})


def permission_ended(request: HttpRequest, key: str) -> HttpResponse:
    """Take a permission back."""
    permissions.end(key=shipped_or_404(key).key, by=request.user, now=clock.now())
    messages.success(request, _("The permission has ended. Nobody is asked these questions any more."))
    return redirect("instruments:one", key)


class Table(FormPage):
    """The owner's table from a sum to a score."""

    form_class = forms.TableForm
    template_name = "measures/manage/table.html"

    def dispatch(self, request: HttpRequest, key: str) -> HttpResponse:
        """Raises Http404 for what needs no table."""
        self.instrument = shipped_or_404(key)
        if not self.instrument.needs_table:
            raise Http404
        return super().dispatch(request)

    def get_context_data(self, **context: object) -> dict:
        """Add the instrument and the table in use."""
        table = conversion.newest(self.instrument.key)
        return super().get_context_data(instrument=self.instrument, table=table, **context)

    def taken(self, form: forms.TableForm) -> HttpResponse | None:
        """Keep the table."""
        said = form.cleaned_data
        try:
            conversion.enter(
                key=self.instrument.key,
                typed=said["rows"],
                source=said["source"],
                by=self.request.user,
                now=clock.now(),
            )
        except conversion.NotATable as why:
            form.add_error("rows", str(why))
            return None
        messages.success(
            self.request, _("Kept. Scores that were made before change with the command rescore.")
        )
        return redirect("instruments:one", self.instrument.key)
