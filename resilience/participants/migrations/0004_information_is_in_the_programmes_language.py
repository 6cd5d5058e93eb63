"""Say of the information that stands that it is in its programme's own language."""

from django.db import migrations


def say(apps, schema_editor):
    for programme in apps.get_model("participants", "Programme").objects.exclude(language="en-gb"):
        programme.consent_forms.update(language=programme.language)


class Migration(migrations.Migration):
    dependencies = [("participants", "0003_information_in_several_languages")]

    operations = [migrations.RunPython(say, migrations.RunPython.noop)]
