"""The two numbers of a call: the one that rings, as a contact card, and one's own, to be looked at and changed."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from resilience import clock
from resilience.accounts import drafting
from resilience.coaching import contact_card, forms, notices, reaching
from resilience.coaching.views.participant import TO_PUT_RIGHT, enrolment_of, stopped
from resilience.participants import numbers_of
from resilience.participants.models import Participant
from resilience.telephony import numbers


def number(request: HttpRequest) -> HttpResponse:
    """Show both numbers (GET), or keep another one of their own (POST)."""
    enrolment = enrolment_of(request)
    if refusal := stopped(request, enrolment):
        return refusal
    if request.method != "POST":
        return _show(request, enrolment.participant, drafting.give_back(request, forms.OwnNumber()))
    form = forms.OwnNumber(request.POST)
    if not form.is_valid():
        return _show(request, enrolment.participant, form, status=TO_PUT_RIGHT)
    kept = numbers_of.put(enrolment.participant, form.cleaned_data["phone"], by=request.user, now=clock.now())
    drafting.forget(user=request.user, page=request.path)
    messages.success(request, numbers_of.limits(kept) or _("Kept. From now on we use this number."))
    return redirect("coaching:number")


def _show(
    request: HttpRequest, person: Participant, form: forms.OwnNumber, *, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "names": contact_card.names(),
        "longest": contact_card.LONGEST,
        "confirmed": numbers_of.is_confirmed(person, at=clock.now()),
        "mine": numbers.masked(person.phone) if person.phone else "",
        "number": notices.number(),
        "texts": reaching.why_no_texts(person),
    }
    return render(request, "coaching/number.html", context, status=status)


def card(request: HttpRequest) -> HttpResponse:
    """Give the card of the number that rings."""
    enrolment_of(request)
    content = contact_card.of(request.GET.get("own", "").strip() or request.GET.get("name", ""))
    answer = HttpResponse(content, content_type="text/vcard; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="contact.vcf"'
    return answer
