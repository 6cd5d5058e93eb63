"""Take the editors of one programme out of the whole site's groups and into a group of that programme."""

from django.db import migrations

OF_THE_SITE = ["Editors", "Moderators"]
ON_PAGES = ["add_page", "change_page", "publish_page"]
ON_PICTURES = ["add_image", "choose_image"]


def narrow(apps, schema_editor):
    Group, Grant = apps.get_model("auth", "Group"), apps.get_model("accounts", "RoleGrant")
    for page in apps.get_model("content_pages", "ProgrammePage").objects.all():
        _permit(apps, page)
    living = Grant.objects.filter(role="EDITOR", ended_at=None)
    of_the_site = living.filter(programme="").values("user")
    for grant in living.exclude(user__in=of_the_site).select_related("user"):
        grant.user.groups.remove(*Group.objects.filter(name__in=OF_THE_SITE))
        grant.user.groups.add(Group.objects.get_or_create(name=f"Editors of {grant.programme}")[0])


def _permit(apps, page):
    group, _fresh = apps.get_model("auth", "Group").objects.get_or_create(name=f"Editors of {page.slug}")
    permissions = apps.get_model("auth", "Permission").objects
    root = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for each in permissions.filter(content_type__app_label="wagtailcore", codename__in=ON_PAGES):
        allowed = {"group": group, "page_id": page.pk, "permission": each}
        apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(**allowed)
    for each in permissions.filter(content_type__app_label="wagtailimages", codename__in=ON_PICTURES):
        allowed = {"group": group, "collection": root, "permission": each}
        apps.get_model("wagtailcore", "GroupCollectionPermission").objects.get_or_create(**allowed)


def widen(apps, schema_editor):
    Group, Grant = apps.get_model("auth", "Group"), apps.get_model("accounts", "RoleGrant")
    for grant in Grant.objects.filter(role="EDITOR", ended_at=None).select_related("user"):
        grant.user.groups.add(*Group.objects.filter(name__in=OF_THE_SITE))
    Group.objects.filter(name__startswith="Editors of ").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("content_pages", "0002_stories_have_headings_of_their_own"),
        ("accounts", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailimages", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(narrow, widen)]
