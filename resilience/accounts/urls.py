"""Addresses around a sign-in."""

from django.urls import path

from resilience.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/device/", views.Device.as_view(), name="device"),
    path("sign-in/again/", views.Again.as_view(), name="again"),
    path("sign-in/again/code/", views.AgainCode.as_view(), name="again-code"),
    path("_util/login/", views.to_sign_in, name="page-sign-in"),
]
