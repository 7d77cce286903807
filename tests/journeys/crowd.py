"""Many patients with phones: `python -m tests.journeys.crowd 500` makes them and their clinic.

The clinic is closed while they log, and one nurse is on call with a lead behind her: who
must be told of an urgent sign is told at once, and of each it can be said whether she was.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, time, timedelta
from uuid import UUID

from .served import ROOT, Browser, Server

Phone = tuple[Browser, UUID]


def a_crowd(server: Server, count: int) -> list[Phone]:
    """Phones of that many patients, signed in, each with a treatment four days ago."""
    done = subprocess.run(
        [sys.executable, "-m", __name__, str(count)],
        cwd=ROOT,
        env=server.environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return [phone(server, *line.split()) for line in done.stdout.splitlines()]


def phone(server: Server, cookie: str, value: str, treatment: str) -> Phone:
    browser = Browser(server)
    browser.cookies[cookie] = value
    return browser, UUID(treatment)


def make_crowd(count: int, now: datetime) -> None:
    """The clinic and its patients; a line for each with their session and treatment."""
    from django.conf import settings  # noqa: PLC0415  needs django.setup()
    from django.db import transaction  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from aftercare.models import Duty  # noqa: PLC0415
    from aftercare.promise import Interval  # noqa: PLC0415
    from tests.builders import (  # noqa: PLC0415
        make_clinic,
        make_patient,
        make_staff,
        make_treatment,
    )
    from tests.signing_in import sign_in  # noqa: PLC0415

    weekly = {(now.weekday() + 3) % 7: (Interval(time(9), time(17)),)}
    with transaction.atomic():
        clinic = make_clinic(at=now, weekly=weekly)
        nurse = make_staff(clinic, "Priya Nair", at=now)
        lead = make_staff(clinic, "Lena Hart", "is_clinical_lead", at=now)
        Duty.objects.create(
            clinic=clinic,
            staff=nurse,
            backup=lead,
            starts_at=now - timedelta(days=1),
            ends_at=now + timedelta(days=2),
        )
        for number in range(count):
            treatment = make_treatment(
                nurse,
                make_patient(nurse, f"Patient {number}"),
                performed_at=now - timedelta(days=4),
                at=now,
            )
            client = sign_in(Client(), treatment.patient)
            name = settings.SESSION_COOKIE_NAME
            print(name, client.cookies[name].value, treatment.pk)


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "aftercare.settings"
    import django
    from django.utils import timezone

    django.setup()
    make_crowd(int(sys.argv[1]), timezone.now())
