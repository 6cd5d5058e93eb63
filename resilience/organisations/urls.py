"""Addresses."""

from django.urls import path

from resilience.organisations.views import keeping, public, system

app_name = "organisations"
urlpatterns = [
    path("help-now/", public.help_now, name="help-now"),
    path("promise/", public.who_reads_what, name="promise"),
    path("manage/system/", system.System.as_view(), name="system"),
    path("manage/system/<uuid:action>/", system.Action.as_view(), name="action"),
    path("manage/organisations/<slug:organisation>/", public.Describe.as_view(), name="organisation"),
    path("safeguarding/", keeping.listed, name="safeguarding"),
    path("safeguarding/new/<slug:organisation>/", keeping.New.as_view(), name="route-new"),
    path(
        "safeguarding/in-place-of/<str:country>/<slug:shipped>/",
        keeping.InPlaceOf.as_view(),
        name="route-in-place-of",
    ),
    path("safeguarding/routes/<uuid:route>/", keeping.Change.as_view(), name="route"),
    path("safeguarding/routes/<uuid:route>/propose/", keeping.proposed, name="route-propose"),
    path("safeguarding/routes/<uuid:route>/publish/", keeping.published, name="route-publish"),
    path("safeguarding/routes/<uuid:route>/take-down/", keeping.taken_down, name="route-take-down"),
    path("safeguarding/routes/<uuid:route>/checked/", keeping.checked, name="route-checked"),
]
