"""Whichever call of a sweep fails: each row is done as a whole, the next finds the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import transaction

from aftercare.models import Flag, OutgoingMessage, Treatment
from aftercare.services.claim_messages import mark_sent
from aftercare.services.ladder import climb_flag, climb_ladder
from aftercare.services.locking import locked_treatment
from aftercare.services.remind import (
    PLANNED,
    nudge,
    plan,
    remind,
    send_nudges,
    send_reminders,
)
from aftercare.services.silence import check_silence, check_treatments
from tests.aftercare.faults import Verb, prove_one_by_one
from tests.aftercare.morning import MINUTE, NOW, Morning, in_two_steps, make_morning
from tests.builders import (
    EMERGENCY,
    GLANDS,
    MONDAY,
    make_patient,
    make_treatment,
    send_log,
)

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _ways_out(settings: LazySettings, tmp_path: Path) -> None:
    settings.MESSAGE_FOLDER = str(tmp_path)


def courses() -> list[Treatment]:
    return list(Treatment.objects.select_related("clinic"))


def noon_checks(morning: Morning) -> tuple[Verb, list[Verb]]:
    """Two patients who fell silent after a sign."""
    at = MONDAY + timedelta(days=3)
    each = [partial(check_treatments, [course.pk], at) for course in courses()]
    return partial(check_silence, at), each


TUESDAY = MONDAY + timedelta(days=1, hours=2)
"""10am in London: after everybody's reminder at nine, give or take twenty minutes."""


def reminders(morning: Morning) -> tuple[Verb, list[Verb]]:
    for course in courses():
        course.patient.remind_at = time(9)
        course.patient.save(update_fields=["remind_at"])
        plan(course)
        course.save(update_fields=PLANNED)
    while send_reminders(TUESDAY - timedelta(hours=12)):
        """The days before are over."""
    each = [partial(one, remind, course, TUESDAY) for course in courses()]
    return partial(send_reminders, TUESDAY), each


def nudges(morning: Morning) -> tuple[Verb, list[Verb]]:
    sweep, _ = reminders(morning)
    sweep()
    sent = OutgoingMessage.objects.values_list("pk", flat=True)
    mark_sent(list(sent), TUESDAY)
    at = TUESDAY + timedelta(hours=6)
    each = [partial(one, nudge, course, at) for course in courses()]
    return partial(send_nudges, at), each


def rungs(morning: Morning) -> tuple[Verb, list[Verb]]:
    """Two emergencies, of which everybody on duty must be told."""
    for treatment in courses():
        send_log(treatment, EMERGENCY, at=NOW)
    at = NOW + MINUTE
    due = list(Flag.objects.filter(next_rung_at__lte=at).select_related("clinic"))
    return partial(climb_ladder, at), [partial(climb_flag, f, at) for f in due]


def one(do: Callable[..., None], treatment: Treatment, at: datetime) -> None:
    """What a sweep does with one treatment that is due."""
    with transaction.atomic():
        locked = locked_treatment(treatment.clinic, treatment.pk)
        do(locked, at)
        locked.save(update_fields=PLANNED)


SWEEPS = (noon_checks, reminders, nudges, rungs)


@pytest.fixture
def two() -> Morning:
    """Noah sent a sign as well."""
    morning = make_morning()
    noah = make_patient(morning.nurse, "Noah Reed", email="noah@mail.example")
    send_log(make_treatment(morning.nurse, noah), GLANDS)
    return morning


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("prepare", SWEEPS)
def test_a_sweep_does_each_row_as_a_whole_and_the_next_one_finds_the_rest(
    two: Morning,
    prepare: Callable[[Morning], tuple[Verb, list[Verb]]],
    *,
    lasting: bool,
) -> None:
    assert prove_one_by_one(*prepare(two), lasting=lasting) >= 10


def test_a_sweep_that_leaves_a_row_half_done_is_noticed(two: Morning) -> None:
    with pytest.raises(AssertionError, match="half done"):
        prove_one_by_one(partial(in_two_steps, two), [partial(in_two_steps, two)])
