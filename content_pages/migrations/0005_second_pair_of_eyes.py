"""Give each programme that stands a second pair of eyes, as editors.permit does for a new one."""

from django.db import migrations

OF_THE_SITE = ["Editors", "Moderators"]


def give(apps, schema_editor):
    for page in apps.get_model("content_pages", "ProgrammePage").objects.all():
        if not apps.get_model("wagtailcore", "WorkflowPage").objects.filter(page_id=page.pk).exists():
            _give(apps, page)


def _give(apps, page):
    Group, Task = apps.get_model("auth", "Group"), apps.get_model("content_pages", "SecondReader")
    kind, _fresh = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="content_pages", model="secondreader"
    )
    name = f"Second pair of eyes: {page.slug}"
    task = Task.objects.create(name=name, content_type=kind)
    task.groups.set(Group.objects.filter(name__in=[f"Editors of {page.slug}", *OF_THE_SITE]))
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=name)
    step = {"workflow": workflow, "task_id": task.pk, "sort_order": 0}
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(**step)
    apps.get_model("wagtailcore", "WorkflowPage").objects.create(page_id=page.pk, workflow=workflow)


def take(apps, schema_editor):
    mine = apps.get_model("content_pages", "SecondReader").objects.filter(name__startswith="Second pair of eyes: ")
    names = list(mine.values_list("name", flat=True))
    apps.get_model("wagtailcore", "Workflow").objects.filter(name__in=names).delete()
    mine.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("content_pages", "0004_the_intervention"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(give, take)]
