"""For whom a page is: every page class says so."""

from django.conf import settings
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _

from resilience.languages import Choice

A_MINUTE = 60


class Audience(TextChoices):
    """Who may read a kind of page."""

    EVERYONE = "EVERYONE", _("everyone, without signing in")
    PARTICIPANTS = "PARTICIPANTS", _("people who take part in its programme")


class ForEveryone:
    """A page that needs no account; what a visitor gets may be kept by caches for a minute."""

    audience = Audience.EVERYONE

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict:
        """Return the context, with the addresses of this page in the languages in which it is shown."""
        context = super().get_context(request, *args, **kwargs)
        others = self.get_translations().live().select_related("locale")
        names = dict(settings.LANGUAGES)
        told = [(each.locale.language_code, each.get_url(request)) for each in others]
        return {**context, "other_languages": [Choice(code, names[code], url) for code, url in told if url]}

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Return the page; one that knows somebody is kept by no cache but theirs."""
        response = super().serve(request, *args, **kwargs)
        patch_cache_control(response, **({"private": True} if request.user.is_authenticated else _PUBLIC))
        return response


_PUBLIC = {"public": True, "max_age": A_MINUTE}
