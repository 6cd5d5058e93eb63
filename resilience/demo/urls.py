"""Addresses of the demonstration; included by its settings alone."""

from django.urls import path

from resilience.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("sign-in/<slug:role>/", views.sign_in, name="sign-in"),
    path("clock/", views.clock_on, name="clock"),
    path("handset/<slug:side>/<slug:action>/", views.handset, name="handset"),
    path("mail/<str:name>", views.mail, name="mail"),
]
