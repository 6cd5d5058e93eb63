from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "resilience.audit"
    label = "audit"
