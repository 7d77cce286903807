from django.db import migrations, models

GIVEN = ["assigned", "escalated"]
KINDS = [
    ("acknowledged", "Acknowledged"),
    ("contacted", "Contact logged"),
    ("assigned", "Assigned"),
    ("snoozed", "Snoozed"),
    ("released", "Given back"),
    ("escalated", "Escalated"),
]


class Migration(migrations.Migration):
    """A row can be given to a clinical lead when nobody reaches the patient."""

    dependencies = [
        ("aftercare", "0010_worker"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="followup", name="follow_up_assigned_to_somebody"
        ),
        migrations.RemoveConstraint(
            model_name="followup", name="follow_up_kind_known"
        ),
        migrations.AlterField(
            model_name="followup",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=12),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", [kind for kind, _ in KINDS])),
                name="follow_up_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("assigned_to__isnull", False), ("kind__in", GIVEN)),
                    models.Q(
                        models.Q(("kind__in", GIVEN), _negated=True),
                        ("assigned_to__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="follow_up_assigned_to_somebody",
            ),
        ),
    ]
