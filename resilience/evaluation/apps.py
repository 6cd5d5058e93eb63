from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "resilience.evaluation"
    label = "evaluation"
