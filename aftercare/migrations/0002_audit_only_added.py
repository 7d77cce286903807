"""The audit can only grow: triggers refuse UPDATE, DELETE and TRUNCATE."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from aftercare.models.audit import TRIGGERS


def switch_on(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in TRIGGERS[editor.connection.vendor][0]:
        editor.execute(statement)


def switch_off(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in TRIGGERS[editor.connection.vendor][1]:
        editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("aftercare", "0001_initial")]
    operations = [migrations.RunPython(switch_on, switch_off)]
