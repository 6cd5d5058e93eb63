"""Nothing typed is lost: a form carries a signed token of its person and page.

A post that comes after the sign-in ended is kept under that person's key and comes back at the same page.
"""

import json

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict

from resilience import clock
from resilience.accounts.models import Draft, User

FIELD = "draft_token"
LEFT_OUT = {FIELD, "csrfmiddlewaretoken"}
SALT = "resilience.draft"
SEVEN_DAYS = 7 * 24 * 3600


def token(request: HttpRequest) -> str:
    """Return the signed word for a hidden field named `draft_token`; empty for a visitor."""
    if not request.user.is_authenticated:
        return ""
    return signing.dumps([str(request.user.pk), request.path], salt=SALT)


def keep(request: HttpRequest) -> bool:
    """Keep what was posted as the Draft of the person whom its token names; return whether it was kept."""
    try:
        user_id, page = signing.loads(request.POST.get(FIELD, ""), salt=SALT, max_age=SEVEN_DAYS)
    except signing.BadSignature:
        return False
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or page != request.path:
        return False
    save(user=user, page=page, posted=request.POST)
    return True


def save(*, user: User, page: str, posted: QueryDict) -> None:
    """Keep the typed fields of `page`; an older draft of that page is replaced."""
    fields = {name: posted.getlist(name) for name in posted if name not in LEFT_OUT}
    draft = Draft.objects.filter(user=user, page=page).first() or Draft(user=user, page=page)
    draft.fields, draft.saved_at = json.dumps(fields), clock.now()
    draft.save()


def kept(*, user: User, page: str) -> QueryDict | None:
    """Return the fields kept for a page, in the shape of a post, or None."""
    draft = Draft.objects.filter(user=user, page=page).first()
    if draft is None:
        return None
    fields = QueryDict(mutable=True)
    for name, values in json.loads(draft.fields).items():
        fields.setlist(name, values)
    return fields


def forget(*, user: User, page: str) -> None:
    """Drop the draft of a page: what was typed there has been taken."""
    Draft.objects.filter(user=user, page=page).delete()


def keep_and_sign_in(request: HttpRequest) -> HttpResponse:
    """Return the redirect to the sign-in page, having kept what was posted."""
    if request.method == "POST":
        keep(request)
    return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
