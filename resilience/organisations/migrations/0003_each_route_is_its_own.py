import uuid

from django.db import migrations


def give_each_its_own(apps, editor):
    """Give each route an identity, and those of everywhere a country. None was published by two: all become drafts."""
    routes = apps.get_model("organisations", "SupportRoute")
    for row in routes.objects.all():
        row.route = uuid.uuid4()
        row.country = "" if row.organisation_id else "GB"
        row.save(update_fields=["route", "country"])


class Migration(migrations.Migration):

    dependencies = [
        ("organisations", "0002_routes_are_published_by_two"),
    ]

    operations = [
        migrations.RunPython(give_each_its_own, migrations.RunPython.noop),
    ]
