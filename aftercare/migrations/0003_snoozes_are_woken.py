"""A snooze says itself when news ended it; until now that was a step without an author."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def woken_steps_to_moments(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Each snooze that a step had ended gets the moment of it, and the step goes."""
    steps = apps.get_model("aftercare", "FollowUp").objects
    woken = steps.filter(kind="woken").order_by("at", "id")
    for step in woken:
        steps.filter(
            treatment=step.treatment_id,
            kind="snoozed",
            woken_at__isnull=True,
            at__lte=step.at,
            snoozed_until__gt=step.at,
        ).update(woken_at=step.at)
    woken.delete()


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0002_audit_only_added")]
    operations = [
        migrations.AddField(
            model_name="followup",
            name="woken_at",
            field=models.DateTimeField(null=True),
        ),
        # Only forwards: nobody can be made the author of a step that had none.
        migrations.RunPython(woken_steps_to_moments),
    ]
