"""Nothing typed is lost: a form carries a signed token of its person and page.

A post that comes after the sign-in ended is kept under that person's key and comes back at the same page. Each form
that takes words or choices follows one pattern.

In the template, inside the form (`draft_token` comes from the context of every page):

    {% include "includes/draft.html" %}{{ form }}

In a class-based view, inherit from `form_pages.FormPage`, which does the rest. In a function:

    form = drafting.give_back(request, forms.Reflection())     # GET: what was kept stands in the fields again
    ...
    drafting.forget(user=request.user, page=request.path)      # POST: taken, so the draft is dropped
"""

import json
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from resilience import clock, languages
from resilience.accounts import coming_back
from resilience.accounts.models import Draft, User

FIELD = "draft_token"
LEFT_OUT = {FIELD, "csrfmiddlewaretoken"}
SALT = "resilience.draft"
THIRTY_SEVEN_DAYS = 37 * 24 * 3600  # a sign-in may rest for thirty days; a page may be a week older


class Gone(Exception):
    """The person whose page this was has had their data deleted."""


@dataclass(frozen=True)
class Written:
    """Whose page a token names."""

    user: User
    page: str


def token(request: HttpRequest, *, page: str = "") -> str:
    """Return the signed word for a hidden field named `draft_token`; empty for a visitor.

    `page` is the address that the form is sent to, where that is not the page's own.
    """
    if not request.user.is_authenticated:
        return ""
    return signing.dumps([str(request.user.pk), page or request.path], salt=SALT)


def read(word: str) -> Written | None:
    """Return whose page a token names, or None where it is not ours. Raises Gone."""
    try:
        user_id, page = signing.loads(word, salt=SALT, max_age=THIRTY_SEVEN_DAYS)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise Gone
    return Written(user, page)


def keep(request: HttpRequest, *, at: str = "") -> bool:
    """Keep what was posted as the Draft of the person whom its token names; return whether it was kept.

    It waits at the page that it was posted to, or `at` the address to which that page has moved.
    """
    try:
        written = read(request.POST.get(FIELD, ""))
    except Gone:
        return False
    if written is None or written.page != request.path:
        return False
    save(user=written.user, page=at or written.page, posted=request.POST)
    return True


def save(*, user: User, page: str, posted: QueryDict) -> None:
    """Keep the typed fields of `page`; an older draft of that page is replaced."""
    fields = {name: posted.getlist(name) for name in posted if name not in LEFT_OUT}
    told = {"fields": json.dumps(fields), "saved_at": clock.now()}
    # not looked up first: of two posts at once the later one stands, and neither fails
    Draft.objects.update_or_create(user=user, page=page, defaults=told)


def kept(*, user: User, page: str) -> QueryDict | None:
    """Return the fields kept for a page, in the shape of a post, or None."""
    draft = Draft.objects.filter(user=user, page=page).first()
    if draft is None:
        return None
    fields = QueryDict(mutable=True)
    for name, values in json.loads(draft.fields).items():
        fields.setlist(name, values)
    return fields


@dataclass(frozen=True)
class Waiting:
    """What was typed on a page and has not been taken yet."""

    page: str
    fields: dict[str, list[str]]
    saved_at: datetime


def waiting(*, user: User, below: str) -> list[Waiting]:
    """Return what somebody typed on the pages below an address and what has not been taken yet, the newest first."""
    rows = Draft.objects.filter(user=user, page__startswith=below).order_by("-saved_at")
    return [Waiting(row.page, json.loads(row.fields), row.saved_at) for row in rows]


def give_back(request: HttpRequest, form: BaseForm) -> BaseForm:
    """Return `form` with what was kept for this page in its fields; `form.given_back` says whether there was any."""
    form.given_back = False
    if form.is_bound or not request.user.is_authenticated:
        return form
    fields = kept(user=request.user, page=request.path)
    if fields is None:
        return form
    for name, field in form.fields.items():
        form.initial[name] = field.widget.value_from_datadict(fields, {}, form.add_prefix(name))
    form.given_back = True
    return form


def forget(*, user: User, page: str) -> None:
    """Drop the draft of a page: what was typed there has been taken."""
    Draft.objects.filter(user=user, page=page).delete()


def keep_and_sign_in(request: HttpRequest) -> HttpResponse:
    """Return the redirect to the sign-in page, having kept what was posted; words for somebody who has left."""
    if request.method == "POST":
        try:
            read(request.POST.get(FIELD, ""))
        except Gone:
            return render(request, "accounts/gone.html", status=410)
        _tell(request, kept=keep(request))
    return redirect_to_login(coming_back.page(request), languages.spoken(settings.LOGIN_URL))


def _tell(request: HttpRequest, *, kept: bool) -> None:
    """Say on the sign-in page what became of a post."""
    if kept:
        messages.info(request, _("What you typed is kept. Sign in, and it stands on the page again."))
    elif any(value.strip() for name in set(request.POST) - LEFT_OUT for value in request.POST.getlist(name)):
        words = _(
            "You were signed out, and we could not keep what you typed. Your browser's back button usually shows it "
            "again. Copy it, then sign in."
        )
        messages.warning(request, words)
    else:
        words = _("You were signed out, so that was not done. Sign in and press the button again.")
        messages.info(request, words)
