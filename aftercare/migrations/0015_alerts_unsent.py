"""Whether alerts to staff still leave is asked for every page: two indexes answer it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aftercare", "0014_language"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="outgoingmessage",
            index=models.Index(
                condition=models.Q(("kind", "staff_urgent"), ("sent_at__isnull", True)),
                fields=["created_at"],
                name="message_alert_unsent",
            ),
        ),
        migrations.AddIndex(
            model_name="outgoingmessage",
            index=models.Index(
                condition=models.Q(("sent_at__isnull", False)),
                fields=["channel", "sent_at"],
                name="message_sent",
            ),
        ),
    ]
