"""A worker says since when a way for messages has been closed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aftercare", "0011_escalated"),
    ]

    operations = [
        migrations.AddField(
            model_name="workerbeat",
            name="closed_since",
            field=models.DateTimeField(
                help_text="since when a way for messages has been closed, if one is",
                null=True,
            ),
        ),
    ]
