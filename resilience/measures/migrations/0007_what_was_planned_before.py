"""Occasions of before count as planned, and messages that wait bear the number that they have from now on."""

from django.db import migrations
from django.db.models import F

NUMBERS = {"page_ready": 0, "page_reminder": 1}


def settle(apps, schema_editor):
    apps.get_model("measures", "Occasion").objects.update(planned_at=F("due_at"))
    for kind, number in NUMBERS.items():
        apps.get_model("messaging", "Outgoing").objects.filter(kind=kind).update(version=number)


class Migration(migrations.Migration):
    dependencies = [
        ('measures', '0006_messages_of_pages'),
        ("messaging", "0002_each_text_heeded_once"),
    ]

    operations = [migrations.RunPython(settle, migrations.RunPython.noop)]
