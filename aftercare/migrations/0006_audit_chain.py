"""Each clinic's audit becomes a chain: every entry is sealed with the one before it."""

from __future__ import annotations

from itertools import groupby, islice

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from aftercare.audit_chain import as_text, seal
from aftercare.models import audit_only_added, audit_sealed

ON, OFF = 0, 1
AT_ONCE = 1_000
COLUMNS = (
    "id",
    "clinic_id",
    "at",
    "login_id",
    "staff_id",
    "patient_id",
    "verb",
    "page",
    "object_id",
    "reason",
    "version",
    "software",
)


def switch(editor: BaseDatabaseSchemaEditor, module, which: int) -> None:
    for statement in module.TRIGGERS[editor.connection.vendor][which]:
        editor.execute(statement, params=None)


def entries_may_change(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """SQLite makes a table anew for a column, and loses the triggers of the old one."""
    switch(editor, audit_only_added, OFF)


def entries_only_added(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    switch(editor, audit_only_added, ON)


def seal_what_is_there(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Entries from before the chain, in the order in which they happened."""
    seals = apps.get_model("aftercare", "AuditSeal")
    heads = apps.get_model("aftercare", "AuditHead")
    entries = apps.get_model("aftercare", "AuditEntry").objects.values_list(*COLUMNS)
    in_order = entries.order_by("clinic", "at", "id").iterator(AT_ONCE)
    for clinic, rows in groupby(in_order, key=lambda row: row[1]):
        digest, number = "", 0
        while some := list(islice(rows, AT_ONCE)):
            made = []
            for row in some:
                number += 1
                digest = seal(digest, number, map(as_text, row))
                made.append(
                    seals(
                        entry_id=row[0], clinic_id=clinic, number=number, digest=digest
                    )
                )
            seals.objects.bulk_create(made)
        heads.objects.create(clinic_id=clinic, number=number, digest=digest)


def chain_on(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    switch(editor, audit_sealed, ON)


def chain_off(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    switch(editor, audit_sealed, OFF)


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0005_people_and_access")]
    operations = [
        migrations.RunPython(entries_may_change, entries_only_added),
        migrations.AddField(
            model_name="auditentry",
            name="reason",
            field=models.CharField(
                blank=True, default="", help_text="a code, no text", max_length=40
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="auditentry",
            name="software",
            field=models.CharField(blank=True, default="", max_length=40),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="auditentry",
            name="version",
            field=models.CharField(help_text="of the rules", max_length=40),
        ),
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="seal",
                        serialize=False,
                        to="aftercare.auditentry",
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="aftercare.clinic",
                    ),
                ),
                ("number", models.PositiveBigIntegerField()),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("clinic", "number"), name="audit_seal_once_per_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                (
                    "clinic",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="aftercare.clinic",
                    ),
                ),
                ("number", models.PositiveBigIntegerField()),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.RunPython(seal_what_is_there, migrations.RunPython.noop),
        migrations.RunPython(entries_only_added, entries_may_change),
        migrations.RunPython(chain_on, chain_off),
    ]
