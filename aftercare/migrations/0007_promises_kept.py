"""The rota, who was told of what waited, reminders, and the record of each day."""

import aftercare.models.keys
import datetime
import django.db.models.deletion
from django.db import migrations, models


def what_is_open_is_looked_at(apps, editor):
    """Open flags and running courses join the ladder and the reminders at once."""
    flags = apps.get_model("aftercare", "Flag").objects
    flags.filter(review__isnull=True).update(next_rung_at=models.F("raised_at"))
    treatments = apps.get_model("aftercare", "Treatment").objects
    treatments.filter(voided_at__isnull=True).update(
        next_prompt_at=models.F("created_at")
    )


class Migration(migrations.Migration):
    dependencies = [
        ("aftercare", "0006_audit_chain"),
    ]

    operations = [
        migrations.CreateModel(
            name="DayRecord",
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
                ("date", models.DateField()),
                ("at", models.DateTimeField()),
                ("open_flags", models.PositiveIntegerField()),
                (
                    "unseen",
                    models.PositiveIntegerField(
                        help_text="open, and nobody acknowledged them"
                    ),
                ),
                ("late", models.PositiveIntegerField(help_text="past their deadline")),
                (
                    "silent",
                    models.PositiveIntegerField(help_text="patients who owe a log"),
                ),
                (
                    "undelivered",
                    models.PositiveIntegerField(
                        help_text="messages given up, not settled"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Duty",
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
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Handover",
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
                ("at", models.DateTimeField()),
                ("open_rows", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="MovedPromise",
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
                ("missed_at", models.DateTimeField()),
                ("at", models.DateTimeField()),
                ("next_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Telling",
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
                ("raised_at", models.DateTimeField()),
                ("rung", models.CharField(max_length=10)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="clinic",
            name="remind_at",
            field=models.TimeField(
                default=datetime.time(19, 0), help_text="unless a patient chose"
            ),
        ),
        migrations.AddField(
            model_name="flag",
            name="next_rung_at",
            field=models.DateTimeField(
                help_text="when somebody must next be told, if nobody looks", null=True
            ),
        ),
        migrations.AddField(
            model_name="outgoingmessage",
            name="settled_at",
            field=models.DateTimeField(
                help_text="when the front desk had dealt with a failed delivery",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="outgoingmessage",
            name="settled_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="aftercare.staffmember",
            ),
        ),
        migrations.AddField(
            model_name="patient",
            name="remind_at",
            field=models.TimeField(
                help_text="empty: the clinic's usual time", null=True
            ),
        ),
        migrations.AddField(
            model_name="patient",
            name="remind_by",
            field=models.CharField(
                choices=[
                    ("undecided", "Not chosen yet"),
                    ("email", "By e-mail"),
                    ("sms", "By text message"),
                    ("both", "By e-mail and text message"),
                    ("none", "Not at all"),
                ],
                default="undecided",
                max_length=9,
            ),
        ),
        migrations.AddField(
            model_name="staffmember",
            name="phone",
            field=models.CharField(blank=True, help_text="for alerts", max_length=30),
        ),
        migrations.AddField(
            model_name="treatment",
            name="next_prompt_at",
            field=models.DateTimeField(
                help_text="when the next reminder goes out", null=True
            ),
        ),
        migrations.AddField(
            model_name="treatment",
            name="nudge_at",
            field=models.DateTimeField(
                help_text="when the one further message of the day goes out", null=True
            ),
        ),
        migrations.AddField(
            model_name="treatment",
            name="prompted_for",
            field=models.DateField(
                help_text="the last date that was asked for a log", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="flag",
            index=models.Index(
                condition=models.Q(
                    ("next_rung_at__isnull", False), ("review__isnull", True)
                ),
                fields=["next_rung_at"],
                name="flag_to_tell",
            ),
        ),
        migrations.AddIndex(
            model_name="treatment",
            index=models.Index(
                condition=models.Q(("next_prompt_at__isnull", False)),
                fields=["next_prompt_at"],
                name="treatment_to_prompt",
            ),
        ),
        migrations.AddIndex(
            model_name="treatment",
            index=models.Index(
                condition=models.Q(("nudge_at__isnull", False)),
                fields=["nudge_at"],
                name="treatment_to_nudge",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("settled_at__isnull", True), ("settled_by__isnull", True)
                    ),
                    models.Q(
                        ("settled_at__isnull", False), ("settled_by__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="message_settled_at_with_settled_by",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_at__isnull", True),
                    ("gave_up_at__isnull", False),
                    _connector="OR",
                ),
                name="message_settled_was_given_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="patient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("remind_by__in", ["undecided", "email", "sms", "both", "none"])
                ),
                name="patient_remind_by_known",
            ),
        ),
        migrations.AddField(
            model_name="dayrecord",
            name="clinic",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="aftercare.clinic",
            ),
        ),
        migrations.AddField(
            model_name="duty",
            name="backup",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="backup_duties",
                to="aftercare.staffmember",
            ),
        ),
        migrations.AddField(
            model_name="duty",
            name="clinic",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="aftercare.clinic",
            ),
        ),
        migrations.AddField(
            model_name="duty",
            name="staff",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="duties",
                to="aftercare.staffmember",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="aftercare.staffmember",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="clinic",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="aftercare.clinic",
            ),
        ),
        migrations.AddField(
            model_name="movedpromise",
            name="clinic",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="aftercare.clinic",
            ),
        ),
        migrations.AddField(
            model_name="movedpromise",
            name="flag",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="moved_promises",
                to="aftercare.flag",
            ),
        ),
        migrations.AddField(
            model_name="telling",
            name="clinic",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="aftercare.clinic",
            ),
        ),
        migrations.AddField(
            model_name="telling",
            name="flag",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tellings",
                to="aftercare.flag",
            ),
        ),
        migrations.AddField(
            model_name="telling",
            name="staff",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tellings",
                to="aftercare.staffmember",
            ),
        ),
        migrations.AddConstraint(
            model_name="dayrecord",
            constraint=models.UniqueConstraint(
                fields=("clinic", "date"), name="day_record_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="dayrecord",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("late__lte", models.F("open_flags")),
                    ("unseen__lte", models.F("open_flags")),
                ),
                name="day_record_parts_of_open",
            ),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(fields=["clinic", "ends_at"], name="duty_by_end"),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="duty_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("backup__isnull", True),
                    models.Q(("backup", models.F("staff")), _negated=True),
                    _connector="OR",
                ),
                name="duty_backup_is_somebody_else",
            ),
        ),
        migrations.AddConstraint(
            model_name="duty",
            constraint=models.UniqueConstraint(
                fields=("clinic", "staff", "starts_at"), name="duty_once"
            ),
        ),
        migrations.AddIndex(
            model_name="handover",
            index=models.Index(fields=["clinic", "-at"], name="handover_newest"),
        ),
        migrations.AddConstraint(
            model_name="movedpromise",
            constraint=models.CheckConstraint(
                condition=models.Q(("at__gte", models.F("missed_at"))),
                name="moved_promise_was_missed",
            ),
        ),
        migrations.AddConstraint(
            model_name="movedpromise",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("next_at__isnull", True),
                    ("next_at__gt", models.F("at")),
                    _connector="OR",
                ),
                name="moved_promise_lies_ahead",
            ),
        ),
        migrations.AddConstraint(
            model_name="movedpromise",
            constraint=models.UniqueConstraint(
                fields=("clinic", "flag", "missed_at"), name="moved_promise_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="telling",
            constraint=models.CheckConstraint(
                condition=models.Q(("rung__in", ["raised", "quarter", "late"])),
                name="telling_rung_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="telling",
            constraint=models.CheckConstraint(
                condition=models.Q(("at__gte", models.F("raised_at"))),
                name="telling_after_the_flag",
            ),
        ),
        migrations.AddConstraint(
            model_name="telling",
            constraint=models.UniqueConstraint(
                fields=("clinic", "flag", "raised_at", "rung", "staff"),
                name="telling_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="telling",
            constraint=models.UniqueConstraint(
                condition=models.Q(("staff__isnull", True)),
                fields=("clinic", "flag", "raised_at", "rung"),
                name="telling_nobody_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="treatment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("left_at__isnull", True),
                    ("next_due_at__isnull", True),
                    _connector="OR",
                ),
                name="treatment_left_is_not_due",
            ),
        ),
        migrations.RunPython(what_is_open_is_looked_at, migrations.RunPython.noop),
    ]
