"""Every address of the site: the composition root."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

urlpatterns = [
    path("", include("resilience.ops.urls")),
    path("telephony/sms/", include("resilience.messaging.urls")),
    path("telephony/", include("resilience.coaching.webhook_urls")),
    path("a/", include("resilience.coaching.short_urls")),
    path("api/", include("resilience.evaluation.api.urls")),
    path("cms/", include("resilience.accounts.cms_urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]
handler404 = "resilience.accounts.refusals.not_found"
handler429 = "resilience.accounts.refusals.too_often"

if settings.DEMONSTRATION:
    urlpatterns.insert(0, path("demo/", include("resilience.demo.urls")))

# What people read stands in each language, the first one without a prefix.
urlpatterns += i18n_patterns(
    path("accounts/", include("allauth.urls")),
    path("", include("resilience.accounts.urls")),
    path("", include("resilience.journeys.urls")),  # its manage/organisations/new/ comes before any slug
    path("", include("resilience.organisations.urls")),
    path("", include("resilience.participants.urls")),
    path("", include("resilience.engagement.urls")),
    path("my/measures/", include("resilience.measures.urls")),
    path("", include("resilience.measures.manage.urls")),
    path("manage/programmes/", include("resilience.measures.manage_urls")),
    path("calls/", include("resilience.coaching.urls")),
    path("manage/coaches/", include("resilience.coaching.manage.urls")),
    path("coach/", include("resilience.coaching.coach_urls")),
    path("manage/", include("resilience.coaching.cover_urls")),
    path("manage/", include("resilience.coaching.manage_urls")),
    path("", include("resilience.evaluation.interviews.urls")),
    path("evaluations/", include("resilience.evaluation.urls")),
    path("", include("content_pages.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
