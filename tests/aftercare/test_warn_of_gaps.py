"""A gap in cover is announced the day before, in neutral words, once."""

from __future__ import annotations

import logging
from datetime import datetime, time, timedelta
from unittest import mock

import pytest

from aftercare.models import AuditEntry, Clinic, Duty, OutgoingMessage, StaffMember
from aftercare.services import warn_of_gaps as module
from aftercare.services.ladder import climb_ladder
from aftercare.services.remind import send_nudges, send_reminders
from aftercare.services.silence import check_silence
from aftercare.services.warn_of_gaps import warn_of_gaps
from aftercare.worker.timed_work import TIMED_WORK
from tests.builders import MONDAY, make_clinic, make_staff

pytestmark = pytest.mark.django_db

NOON = MONDAY + timedelta(hours=3)


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def nurse(clinic: Clinic) -> StaffMember:
    return make_staff(clinic, "Priya Nair")


@pytest.fixture(autouse=True)
def keepers(clinic: Clinic) -> tuple[StaffMember, StaffMember]:
    """Those who keep the rota."""
    return (
        make_staff(clinic, "Lena Hart", "is_clinical_lead"),
        make_staff(clinic, "Olu Bankole", "is_owner"),
    )


def on_duty(
    staff: StaffMember, day: int, starts: int = 8, ends: int = 18, **over
) -> Duty:
    """London's clock, in summer an hour before UTC."""
    midnight = MONDAY - timedelta(hours=9) + timedelta(days=day)
    return Duty.objects.create(
        clinic=staff.clinic,
        staff=staff,
        starts_at=midnight + timedelta(hours=starts),
        ends_at=midnight + timedelta(hours=ends),
        **over,
    )


def told() -> list[str]:
    return sorted(message.staff.name for message in OutgoingMessage.objects.all())


def test_owner_and_lead_are_told_after_noon_of_the_day_before_and_once(
    nurse: StaffMember,
) -> None:
    on_duty(nurse, day=0)
    on_duty(nurse, day=1, ends=14)
    assert warn_of_gaps(NOON - timedelta(minutes=1)) == 0
    for hours in range(12):
        assert warn_of_gaps(NOON + timedelta(hours=hours)) == (hours == 0)
    assert told() == ["Lena Hart", "Olu Bankole"]
    message = OutgoingMessage.objects.first()
    assert message.kind == "staff_notice"
    assert "there is news for you" in message.body
    assert not {"duty", "rota", "urgent"} & set(message.body.lower().split())
    assert AuditEntry.objects.filter(verb="rota.gap_told").count() == 1


def test_a_gap_of_the_next_date_is_told_anew(nurse: StaffMember) -> None:
    on_duty(nurse, day=0)
    assert warn_of_gaps(NOON) == 1
    assert warn_of_gaps(NOON + timedelta(days=1)) == 1
    assert len(told()) == 4


def test_nothing_is_told_where_somebody_is_on_duty_or_the_clinic_is_closed(
    nurse: StaffMember,
) -> None:
    on_duty(nurse, day=1)
    assert warn_of_gaps(NOON) == 0
    friday = NOON + timedelta(days=4)
    assert warn_of_gaps(friday) == 0
    assert told() == []


def test_a_clinic_that_keeps_no_rota_hears_nothing() -> None:
    assert warn_of_gaps(NOON) == 0


def test_a_turn_of_somebody_who_left_is_a_gap(nurse: StaffMember) -> None:
    on_duty(nurse, day=1)
    nurse.deactivated_at = MONDAY
    nurse.save()
    assert warn_of_gaps(NOON) == 1


def test_noon_is_the_clinics_own() -> None:
    far = make_clinic("Far", zone="Pacific/Kiritimati")
    far_nurse = make_staff(far, "Ioane", "is_owner", "is_clinician")
    on_duty(far_nurse, day=-3)
    assert warn_of_gaps(MONDAY - timedelta(hours=10, minutes=1)) == 0
    assert warn_of_gaps(MONDAY - timedelta(hours=10)) == 1
    assert told() == ["Ioane"]


@pytest.mark.parametrize(
    "noon", [datetime(2026, 3, 28, 12), datetime(2026, 10, 24, 11)]
)
def test_the_day_on_which_the_clocks_change_is_looked_at_whole(
    nurse: StaffMember, noon: datetime
) -> None:
    at = noon.replace(tzinfo=MONDAY.tzinfo)
    nurse.clinic.openings.create(weekday=6, opens=time(0), closes=time(23, 59))
    Duty.objects.create(
        clinic=nurse.clinic,
        staff=nurse,
        starts_at=at,
        ends_at=at + timedelta(hours=34, minutes=58),
    )
    assert warn_of_gaps(at) == 1


def test_one_clinic_that_cannot_be_looked_at_does_not_hold_up_the_others(
    nurse: StaffMember, caplog: pytest.LogCaptureFixture
) -> None:
    on_duty(nurse, day=0)
    other = make_clinic("Other")
    on_duty(make_staff(other, "Eve Lund", "is_owner", "is_clinician"), day=0)
    caplog.set_level(logging.ERROR)
    with mock.patch.object(module, "gaps_on", side_effect=[RuntimeError, [MONDAY]]):
        assert warn_of_gaps(NOON) == 1
    assert "was not looked at" in caplog.text


def test_whatever_a_promise_hangs_on_is_done_in_time_and_stands_in_the_table() -> None:
    every = {work.do: work.every.total_seconds() for work in TIMED_WORK}
    names = [work.name for work in TIMED_WORK]
    assert len(set(names)) == len(names)
    assert every[climb_ladder] <= 15
    assert every[check_silence] <= 60
    assert every[send_reminders] <= 30
    assert every[send_nudges] <= 30
    assert every[warn_of_gaps] <= 60 * 60
