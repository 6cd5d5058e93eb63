"""A programme that asked for the unit before goes on asking; those who run it can change the sentence, or empty it."""

from django.db import migrations

WHY = "To see whether this works in different places."


def keep_asking(apps, schema_editor):
    Programme = apps.get_model("participants", "Programme")
    Programme.objects.filter(organisation__units__isnull=False, why_unit="").update(why_unit=WHY)


class Migration(migrations.Migration):
    dependencies = [("participants", "0007_consent")]

    operations = [migrations.RunPython(keep_asking, migrations.RunPython.noop)]
