"""A patient's log from POST to redirect: against one bare row, and Django's own admin.

All go through the same middleware, session and database, in a transaction each. The admin
adds the same row of a log and does nothing with it: no rule, no flag, no advice.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from http import HTTPStatus
from itertools import cycle

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from aftercare.models import Treatment
from benchmarks.measuring import Comparison, compare
from benchmarks.people import patient_at_hand

GROWS = True
TREATMENTS = 60
"""So many that none grows old while it is measured."""
CALM = {
    "overall_change": "better",
    "pain": "1",
    "redness": "mild",
    "swelling": "none",
    "signs": "none",
}
GLANDS = CALM | {"signs": "glands", "node_present": "on", "temperature": "38.2"}


def measure() -> Iterator[Comparison]:
    for said, answers in (("calm", CALM), ("glands and fever", GLANDS)):
        client, treatments = patient_at_hand(timezone.now(), TREATMENTS)
        ours = submitting(client, treatments, answers)
        yield compare(
            f"W1 a log, {said}",
            ours,
            "one INSERT",
            lambda client=client: client.post("/floor/", CALM),
            3.5,
        )
    client, treatments = patient_at_hand(timezone.now(), TREATMENTS)
    yield compare(
        "W1b a log, calm",
        submitting(client, treatments, CALM),
        "admin: add the same row",
        adding(client, treatments),
        0.6,
    )


def submitting(
    client: Client, treatments: list[Treatment], answers: dict[str, str]
) -> Callable[[], None]:
    addresses = cycle(reverse("log", args=[one.pk]) for one in treatments)
    today = str(timezone.now().date())

    def submit() -> None:
        key = {"key": str(uuid.uuid4()), "for_date": today}
        _taken(client.post(next(addresses), answers | key), HTTPStatus.SEE_OTHER)

    return submit


def adding(client: Client, treatments: list[Treatment]) -> Callable[[], None]:
    """The same row through the admin's form."""
    each, now = cycle(treatments), timezone.now()
    answers = {"overall_change": "better", "pain": "1", "redness": "mild"}
    answers |= {"swelling": "none", "none_of_these": "on", "phase": "post", "day": "3"}
    answers |= {"submitted_at_0": str(now.date()), "submitted_at_1": f"{now:%H:%M:%S}"}
    answers |= {"finished_on": str(now.date()), "for_date": str(now.date())}

    def add() -> None:
        one = next(each)
        own = {"clinic": str(one.clinic_id), "treatment": str(one.pk)}
        own |= {"key": str(uuid.uuid4())}
        said = client.post("/admin/aftercare/dailylog/add/", answers | own)
        _taken(said, HTTPStatus.FOUND)

    return add


def _taken(response: object, status: int) -> None:
    if response.status_code != status:
        raise RuntimeError(f"It was not taken: {response.status_code}")
