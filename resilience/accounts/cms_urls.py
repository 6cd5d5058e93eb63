"""Wagtail's own ways in, led to ours; they come before Wagtail's addresses."""

from django.urls import path

from resilience.accounts import views

app_name = "cms_entrance"
urlpatterns = [
    path("login/", views.to_sign_in, name="sign-in"),
    path("password_reset/", views.to_sign_in, name="reset"),
    path("password_reset/<path:rest>", views.to_sign_in, name="reset-step"),
]
