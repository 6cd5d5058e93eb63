"""Addresses below /my/measures/."""

from django.urls import path

from resilience.measures import contact_page, views

app_name = "measures"
urlpatterns = [
    path("", views.due, name="due"),
    path("contact/", contact_page.Ask.as_view(), name="contact"),
    path("<slug:timepoint>/done/", views.after, name="after"),
    path("<slug:timepoint>/<slug:instrument>/", views.instrument, name="instrument"),
    path(
        "<slug:programme>/<slug:timepoint>/<slug:instrument>/", views.instrument, name="of-programme"
    ),  # where somebody takes part in several
]
