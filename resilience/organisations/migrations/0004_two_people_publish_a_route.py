from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0003_each_route_is_its_own'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(('country__in', ['GB', 'IE', 'CA', 'US'])), name='country_has_routes_of_its_own'),
        ),
        migrations.AddConstraint(
            model_name='supportroute',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['DRAFT', 'PROPOSED', 'PUBLISHED', 'ENDED'])), name='route_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='supportroute',
            constraint=models.CheckConstraint(condition=models.Q(('belongs_as__in', ['', 'EMPLOYEE', 'STUDENT', 'AGENCY', 'VOLUNTEER'])), name='route_is_for_a_known_kind_of_person'),
        ),
        migrations.AddConstraint(
            model_name='supportroute',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('country', ''), ('organisation__isnull', False)), models.Q(models.Q(('country', ''), _negated=True), ('organisation', None)), _connector='OR'), name='route_is_of_a_country_or_an_organisation'),
        ),
        migrations.AddConstraint(
            model_name='supportroute',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('proposed_by', None), ('state', 'DRAFT')), models.Q(models.Q(('state', 'DRAFT'), _negated=True), ('expires_on__isnull', False), ('owner__isnull', False), ('proposed_by__isnull', False)), _connector='OR'), name='proposed_by_somebody_with_an_owner_and_an_end'),
        ),
        migrations.AddConstraint(
            model_name='supportroute',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_by', None), ('state__in', ['DRAFT', 'PROPOSED'])), models.Q(('published_by__isnull', False), ('state__in', ['PUBLISHED', 'ENDED']), models.Q(('published_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='two_people_publish_a_route'),
        ),
        migrations.AddConstraint(
            model_name='supportroute',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ENDED'), ('ended_at__isnull', False)), models.Q(models.Q(('state', 'ENDED'), _negated=True), models.Q(('ended_at__isnull', False), _negated=True)), _connector='OR'), name='route_ended_at_when_ended'),
        ),
        migrations.AddConstraint(
            model_name='supportroute',
            constraint=models.UniqueConstraint(fields=('route', 'language', 'version'), name='one_version_of_a_number'),
        ),
        migrations.AddConstraint(
            model_name='supportroute',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'PUBLISHED')), fields=('route', 'language'), name='one_published_version'),
        ),
        migrations.AddConstraint(
            model_name='supportroute',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['DRAFT', 'PROPOSED'])), fields=('route', 'language'), name='one_version_in_the_making'),
        ),
    ]
