"""What workers leave behind, why a message was given up, and room to change it in place."""

import aftercare.models.keys
from django.db import migrations, models


def what_was_given_up_was_cancelled(apps, editor):
    """Nothing has been sent or refused before there were workers."""
    messages = apps.get_model("aftercare", "OutgoingMessage").objects
    messages.filter(gave_up_at__isnull=False).update(gave_up_why="cancelled")


def leave_room(apps, editor):
    """A claimed row then stays on its page, where no index has to learn of it."""
    if editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE aftercare_outgoingmessage SET (fillfactor = 50)")


class Migration(migrations.Migration):
    dependencies = [
        ("aftercare", "0009_shared_cache"),
    ]

    operations = [
        migrations.CreateModel(
            name="TimedRun",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=aftercare.models.keys.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True)),
                ("next_at", models.DateTimeField()),
                ("began_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="WorkerBeat",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=aftercare.models.keys.uuid7,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("name", models.CharField(max_length=100, unique=True)),
                ("started_at", models.DateTimeField()),
                ("at", models.DateTimeField(help_text="its last round")),
                (
                    "drained_at",
                    models.DateTimeField(
                        help_text="when nothing that was due was left in the outbox",
                        null=True,
                    ),
                ),
                ("refusing", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.AddField(
            model_name="outgoingmessage",
            name="gave_up_why",
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.RunPython(
            what_was_given_up_was_cancelled, migrations.RunPython.noop
        ),
        migrations.RunPython(leave_room, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="outgoingmessage",
            index=models.Index(
                condition=models.Q(("gave_up_at__isnull", False)),
                fields=["clinic", "patient"],
                name="message_given_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("gave_up_why__in", ["", "refused", "expired", "cancelled"])
                ),
                name="message_gave_up_why_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("gave_up_at__isnull", True), ("gave_up_why", "")),
                    models.Q(
                        ("gave_up_at__isnull", False),
                        models.Q(("gave_up_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="message_gave_up_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="timedrun",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True),
                name="timed_run_has_name",
            ),
        ),
        migrations.AddConstraint(
            model_name="timedrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("began_at__isnull", True),
                    ("next_at__gt", models.F("began_at")),
                    _connector="OR",
                ),
                name="timed_run_goes_on",
            ),
        ),
        migrations.AddConstraint(
            model_name="timedrun",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_at__isnull", True),
                    ("began_at__isnull", False),
                    _connector="OR",
                ),
                name="timed_run_began_before_it_was_done",
            ),
        ),
        migrations.AddConstraint(
            model_name="workerbeat",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="worker_has_name"
            ),
        ),
    ]
