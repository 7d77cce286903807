"""A patient's log from POST to redirect, against a page that inserts one bare row.

Both go through the same middleware, session and database, in a transaction each.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from http import HTTPStatus
from itertools import cycle

from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import include, path, reverse
from django.utils import timezone

from aftercare.second_wall.standing import outside_the_wall
from benchmarks.measuring import Call, Comparison, compare
from tests.builders import make_clinic, make_patient, make_staff, make_treatment
from tests.signing_in import sign_in

TREATMENTS = 60
CALM = {
    "overall_change": "better",
    "pain": "1",
    "redness": "mild",
    "swelling": "none",
    "signs": "none",
}
GLANDS = CALM | {"signs": "glands", "node_present": "on", "temperature": "38.2"}


@outside_the_wall
def insert_one(request: HttpRequest) -> HttpResponse:
    """The floor: what any page costs that keeps one row."""
    with transaction.atomic():
        Session.objects.create(
            session_key=uuid.uuid4().hex,
            session_data=request.POST.get("pain", ""),
            expire_date=timezone.now(),
        )
    return HttpResponse(status=303)


urlpatterns = [path("floor/", insert_one), path("", include("aftercare.urls"))]


def measure() -> Iterator[Comparison]:
    with override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["testserver"]):
        yield compare("a calm log", *sides(CALM))
        yield compare("a log with glands and fever", *sides(GLANDS))


def sides(answers: dict[str, str]) -> tuple[Call, str, Call]:
    """Ours and the floor, as the same patient; many treatments, so that none grows old."""
    now = timezone.now()
    staff = make_staff(make_clinic())
    patient = make_patient(staff)
    treatments = [
        make_treatment(
            staff, patient, performed_at=now - timedelta(days=3, minutes=age)
        )
        for age in range(TREATMENTS)
    ]
    addresses = cycle(reverse("log", args=[treatment.pk]) for treatment in treatments)
    client = sign_in(Client(), patient)

    def submit() -> None:
        key = {"key": str(uuid.uuid4()), "for_date": str(now.date())}
        response = client.post(next(addresses), answers | key)
        if response.status_code != HTTPStatus.SEE_OTHER:
            raise RuntimeError(f"The log was not taken: {response.status_code}")

    return submit, "one INSERT", lambda: client.post("/floor/", CALM)
