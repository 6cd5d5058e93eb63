"""Copy why somebody said no to a call into the table that holds the reasons of every stage."""

from django.db import migrations


def copy(apps, schema_editor):
    Reason = apps.get_model("participants", "Reason")
    said = apps.get_model("coaching", "CallDecline").objects.exclude(reason="").select_related("enrolment")
    Reason.objects.bulk_create(
        Reason(
            cohort_id=each.enrolment.cohort_id, enrolment=each.enrolment, stage="CALLS", code=each.reason, at=each.at
        )
        for each in said
    )


class Migration(migrations.Migration):
    dependencies = [("coaching", "0002_call_guide"), ("participants", "0007_consent")]

    operations = [migrations.RunPython(copy, migrations.RunPython.noop)]
