"""Messages go out in the language of the patient: English until somebody says otherwise."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("aftercare", "0013_patients_by_address"),
    ]

    operations = [
        migrations.AddField(
            model_name="patient",
            name="language",
            field=models.CharField(
                choices=[("en", "English"), ("es", "Español"), ("pl", "Polski")],
                default="en",
                max_length=2,
            ),
        ),
        migrations.AddConstraint(
            model_name="patient",
            constraint=models.CheckConstraint(
                condition=models.Q(("language__in", ["en", "es", "pl"])),
                name="patient_language_known",
            ),
        ),
    ]
