"""Let editors translate a page, those of the site and those of one programme, as editors.permit does for new ones."""

from django.db import migrations

OF_THE_SITE = ["Editors", "Moderators"]


def let(apps, schema_editor):
    kind, _fresh = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="simple_translation", model="simpletranslation"
    )
    permission, _fresh = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename="submit_translation", defaults={"name": "Can submit translations"}
    )
    for group in _groups(apps):
        group.permissions.add(permission)


def take(apps, schema_editor):
    permissions = apps.get_model("auth", "Permission").objects
    for permission in permissions.filter(content_type__app_label="simple_translation", codename="submit_translation"):
        for group in _groups(apps):
            group.permissions.remove(permission)


def _groups(apps):
    groups = apps.get_model("auth", "Group").objects
    return groups.filter(name__in=OF_THE_SITE) | groups.filter(name__startswith="Editors of ")


class Migration(migrations.Migration):
    dependencies = [
        ("content_pages", "0005_second_pair_of_eyes"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("simple_translation", "0001_initial"),
    ]

    operations = [migrations.RunPython(let, take)]
