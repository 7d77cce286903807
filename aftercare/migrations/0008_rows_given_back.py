from django.db import migrations, models


class Migration(migrations.Migration):
    """When somebody leaves, a step says that nobody looks after their rows now."""

    dependencies = [
        ("aftercare", "0007_promises_kept"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="followup", name="follow_up_kind_known"
        ),
        migrations.AlterField(
            model_name="followup",
            name="kind",
            field=models.CharField(
                choices=[
                    ("acknowledged", "Acknowledged"),
                    ("contacted", "Contact logged"),
                    ("assigned", "Assigned"),
                    ("snoozed", "Snoozed"),
                    ("released", "Given back"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="followup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["acknowledged", "contacted", "assigned", "snoozed", "released"],
                    )
                ),
                name="follow_up_kind_known",
            ),
        ),
    ]
