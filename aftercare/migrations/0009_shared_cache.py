"""The table in which all web servers count tries together: see CACHES in the settings."""

from django.core.management import call_command
from django.db import migrations

TABLE = "aftercare_cache"


def make(apps, editor):
    call_command(
        "createcachetable", TABLE, database=editor.connection.alias, verbosity=0
    )


def drop(apps, editor):
    editor.execute(f"DROP TABLE {editor.quote_name(TABLE)}")


class Migration(migrations.Migration):
    dependencies = [
        ("aftercare", "0008_rows_given_back"),
    ]

    operations = [migrations.RunPython(make, drop)]
