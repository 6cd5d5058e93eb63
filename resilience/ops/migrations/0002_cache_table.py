"""The table of the shared cache, which sign-in limits and sign-ins need."""

from django.core.management import call_command
from django.db import migrations


def make(apps: object, schema_editor: object) -> None:
    call_command("createcachetable", "cache", database=schema_editor.connection.alias, verbosity=0)


def drop(apps: object, schema_editor: object) -> None:
    schema_editor.execute("DROP TABLE IF EXISTS cache")


class Migration(migrations.Migration):
    dependencies = [("ops", "0001_initial")]
    operations = [migrations.RunPython(make, drop)]
