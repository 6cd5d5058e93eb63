from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('evaluation', '0008_coach_background'),
    ]

    operations = [
        migrations.AddField(
            model_name='evaluation',
            name='came_with',
            field=models.JSONField(default=dict, help_text='what a pack told of its cohort that no row can tell'),
        ),
    ]
