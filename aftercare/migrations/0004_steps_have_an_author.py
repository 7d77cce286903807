"""Every step of follow-up has an author, and only a snooze is woken."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

KINDS = ["acknowledged", "contacted", "assigned", "snoozed"]
CHOICES = [
    ("acknowledged", "Acknowledged"),
    ("contacted", "Contact logged"),
    ("assigned", "Assigned"),
    ("snoozed", "Snoozed"),
]


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0003_snoozes_are_woken")]
    operations = [
        migrations.RemoveConstraint("followup", "follow_up_kind_known"),
        migrations.RemoveConstraint("followup", "follow_up_has_author"),
        migrations.AlterField(
            model_name="followup",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="aftercare.staffmember",
            ),
        ),
        migrations.AlterField(
            model_name="followup",
            name="kind",
            field=models.CharField(choices=CHOICES, max_length=12),
        ),
        migrations.AddConstraint(
            "followup",
            models.CheckConstraint(
                condition=Q(kind__in=KINDS), name="follow_up_kind_known"
            ),
        ),
        migrations.AddConstraint(
            "followup",
            models.CheckConstraint(
                condition=Q(woken_at__isnull=True) | Q(kind="snoozed"),
                name="follow_up_only_snooze_woken",
            ),
        ),
    ]
