"""Invitations, messages to be sent, and what patients may ask of their record."""

import aftercare.models.keys
import django.db.models.deletion
from django.db import migrations, models


def whoever_is_here_has_joined(apps, editor):
    staff = apps.get_model("aftercare", "StaffMember").objects
    staff.filter(joined_at__isnull=True).update(joined_at=models.F("created_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("aftercare", "0004_steps_have_an_author"),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
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
                ("patient", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(max_length=200)),
                ("rows", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="ErasureRequest",
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
                ("asked_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=12)),
                (
                    "words",
                    models.CharField(
                        blank=True, help_text="for the patient", max_length=400
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Export",
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
                ("what", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
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
                ("digest", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                ("accepted_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="OutgoingMessage",
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
                ("kind", models.CharField(max_length=20)),
                ("channel", models.CharField(max_length=8)),
                ("once", models.CharField(max_length=120, unique=True)),
                ("to", models.CharField(blank=True, max_length=254)),
                ("subject", models.CharField(blank=True, max_length=200)),
                ("body", models.TextField(blank=True)),
                ("created_at", models.DateTimeField()),
                (
                    "due_at",
                    models.DateTimeField(
                        help_text="not before; moved on after each failure"
                    ),
                ),
                ("expires_at", models.DateTimeField(help_text="of no use after this")),
                ("leased_until", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("sent_at", models.DateTimeField(null=True)),
                ("gave_up_at", models.DateTimeField(null=True)),
                ("last_error", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.AddField(
            model_name="clinic",
            name="retention_months",
            field=models.PositiveSmallIntegerField(
                help_text="after a course ends; empty: until erased by hand",
                null=True,
                blank=True,
            ),
        ),
        migrations.AddField(
            model_name="clinic",
            name="version",
            field=models.PositiveIntegerField(
                default=1, help_text="rises with each change"
            ),
        ),
        migrations.AddField(
            model_name="login",
            name="generation",
            field=models.PositiveIntegerField(
                default=0, help_text="raised to end every session of this login"
            ),
        ),
        migrations.AddField(
            model_name="staffmember",
            name="joined_at",
            field=models.DateTimeField(
                help_text="empty: invited, not yet in", null=True
            ),
        ),
        migrations.AddField(
            model_name="staffmember",
            name="version",
            field=models.PositiveIntegerField(
                default=1, help_text="rises with each change"
            ),
        ),
        migrations.AddField(
            model_name="treatment",
            name="left_at",
            field=models.DateTimeField(
                help_text="the patient asked us to stop checking on them", null=True
            ),
        ),
        migrations.AddConstraint(
            model_name="clinic",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("retention_months__isnull", True),
                    ("retention_months__range", (6, 1200)),
                    _connector="OR",
                ),
                name="clinic_retention_possible",
            ),
        ),
        migrations.AddField(
            model_name="erasure",
            name="by_staff",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="aftercare.staffmember",
            ),
        ),
        migrations.AddField(
            model_name="erasure",
            name="clinic",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="aftercare.clinic",
            ),
        ),
        migrations.AddField(
            model_name="erasurerequest",
            name="answered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="aftercare.staffmember",
            ),
        ),
        migrations.AddField(
            model_name="erasurerequest",
            name="clinic",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="aftercare.clinic",
            ),
        ),
        migrations.AddField(
            model_name="erasurerequest",
            name="patient",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="erasure_requests",
                to="aftercare.patient",
            ),
        ),
        migrations.AddField(
            model_name="export",
            name="by_staff",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exports",
                to="aftercare.staffmember",
            ),
        ),
        migrations.AddField(
            model_name="export",
            name="clinic",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="aftercare.clinic",
            ),
        ),
        migrations.AddField(
            model_name="export",
            name="patient",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exports",
                to="aftercare.patient",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="clinic",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(class)ss",
                to="aftercare.clinic",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="created_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="aftercare.staffmember",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="patient",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to="aftercare.patient",
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="staff",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="invitations",
                to="aftercare.staffmember",
            ),
        ),
        migrations.AddField(
            model_name="outgoingmessage",
            name="clinic",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="messages",
                to="aftercare.clinic",
            ),
        ),
        migrations.AddField(
            model_name="outgoingmessage",
            name="patient",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="outgoing",
                to="aftercare.patient",
            ),
        ),
        migrations.AddField(
            model_name="outgoingmessage",
            name="staff",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="outgoing",
                to="aftercare.staffmember",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasure",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="erasure_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasure",
            constraint=models.UniqueConstraint(
                fields=("clinic", "patient"), name="erasure_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="erasurerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("answer__in", ["", "keep", "withdrawn"])),
                name="erasure_request_answer_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasurerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", ""), ("answered_at__isnull", True)),
                    models.Q(
                        ("answered_at__isnull", False),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="erasure_request_answered",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasurerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", "keep"), _negated=True),
                    models.Q(
                        ("answered_by__isnull", False),
                        models.Q(("words", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="erasure_request_kept_with_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasurerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at__isnull", True)),
                fields=("clinic", "patient"),
                name="erasure_request_one_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(("what__in", ["record", "clinic", "audit"])),
                name="export_what_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="export_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("patient__isnull", False), ("what", "record")),
                    models.Q(
                        models.Q(("what", "record"), _negated=True),
                        ("patient__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="export_of_a_record_has_patient",
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                fields=["clinic", "patient", "-created_at"],
                name="invitation_of_patient",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("patient__isnull", True), ("staff__isnull", False)),
                    models.Q(("patient__isnull", False), ("staff__isnull", True)),
                    _connector="OR",
                ),
                name="invitation_for_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("created_at"))),
                name="invitation_ends_later",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("tries__range", (0, 5))), name="invitation_tries"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted_at__isnull", True),
                    models.Q(("revoked_at__isnull", True), ("used_at__isnull", False)),
                    _connector="OR",
                ),
                name="invitation_accepted_was_used",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("revoked_at__isnull", True), ("used_at__isnull", True)
                ),
                fields=("clinic", "patient"),
                name="invitation_once_per_patient",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("revoked_at__isnull", True), ("used_at__isnull", True)
                ),
                fields=("clinic", "staff"),
                name="invitation_once_per_staff",
            ),
        ),
        migrations.AddIndex(
            model_name="outgoingmessage",
            index=models.Index(
                condition=models.Q(
                    ("gave_up_at__isnull", True), ("sent_at__isnull", True)
                ),
                fields=["due_at"],
                name="message_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="outgoingmessage",
            index=models.Index(
                fields=["clinic", "patient", "-created_at"], name="message_of_patient"
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "account",
                            "invitation",
                            "sign_in_code",
                            "reminder",
                            "nudge",
                            "new_message",
                            "missed_call",
                            "staff_urgent",
                            "staff_notice",
                        ],
                    )
                ),
                name="message_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("channel__in", ["email", "sms"])),
                name="message_channel_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sent_at__isnull", True),
                    ("gave_up_at__isnull", True),
                    _connector="OR",
                ),
                name="message_sent_or_given_up",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("gave_up_at__isnull", True), ("sent_at__isnull", True)),
                    models.Q(("body", ""), ("to", "")),
                    _connector="OR",
                ),
                name="message_emptied_when_done",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("sent_at__isnull", False),
                    ("gave_up_at__isnull", False),
                    models.Q(
                        models.Q(("to", ""), _negated=True),
                        models.Q(("body", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="message_waiting_has_text",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingmessage",
            constraint=models.CheckConstraint(
                condition=models.Q(("once", ""), _negated=True),
                name="message_has_reason",
            ),
        ),
        migrations.RunPython(whoever_is_here_has_joined, migrations.RunPython.noop),
    ]
