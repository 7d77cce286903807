"""The demo: believable, told again as of now, and open to nobody outside the demo."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from aftercare.demo.clear import clear_demo
from aftercare.demo.seed import seed_demo
from aftercare.models import (
    AdviceGiven,
    Clinic,
    DailyLog,
    DayRecord,
    Duty,
    Finding,
    Flag,
    Handover,
    OutgoingMessage,
    Patient,
    Review,
    StaffMember,
    Telling,
)
from aftercare.promise.cover import backups, gaps
from aftercare.services.handover import read_handover
from aftercare.services.ladder import climb_ladder
from aftercare.services.record_days import record_days
from aftercare.showing.undelivered import undelivered
from tests.builders import make_clinic, make_patient, make_staff
from tests.signing_in import sign_in

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 10, 10, 42, tzinfo=UTC)


def test_the_demo_has_two_clinics_and_twenty_patients_in_every_state() -> None:
    seed_demo(NOW)
    assert Clinic.objects.filter(is_demo=True).count() == 2
    assert Patient.objects.count() >= 20
    assert set(Flag.objects.open().values_list("level", flat=True)) == {2, 3, 4}
    assert Flag.objects.closed().exists()
    assert Finding.objects.filter(rule__in=["MISSED", "NO-LOGS"]).count() >= 2
    assert Review.objects.exclude(message="").exists()
    assert AdviceGiven.objects.count() == DailyLog.objects.count()


def test_filling_the_demo_twice_is_quick_and_changes_nothing() -> None:
    assert seed_demo(NOW)
    before = list(DailyLog.objects.order_by("pk").values_list("pk", flat=True))
    assert not seed_demo(NOW + timedelta(hours=1))
    assert list(DailyLog.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_the_next_day_the_story_is_told_anew() -> None:
    seed_demo(NOW)
    told = Flag.objects.count()
    tomorrow = NOW + timedelta(days=1)
    assert seed_demo(tomorrow)
    assert Flag.objects.count() == told
    newest = DailyLog.objects.order_by("-submitted_at").first()
    assert newest.submitted_at.date() == tomorrow.date()


@pytest.mark.django_db(transaction=True)
def test_what_a_worker_and_visitors_left_goes_with_the_story() -> None:
    seed_demo(NOW)
    later = NOW + timedelta(hours=8)
    climb_ladder(later)
    record_days(later)
    priya = StaffMember.objects.get(name="Priya Nair")
    read_handover(by=priya, drawn_at=later, at=later)
    sign_in(Client(), priya)
    left = (Telling, DayRecord, Handover, Authenticator)
    told = OutgoingMessage.objects.filter(kind="staff_urgent")
    assert all(model.objects.exists() for model in left)
    assert told.exists()
    assert seed_demo(NOW + timedelta(days=1))
    assert not any(model.objects.exists() for model in left)
    assert not told.exists()
    assert Clinic.objects.filter(openings__isnull=False).distinct().count() == 2


def test_what_patients_were_told_in_the_story_has_reached_them() -> None:
    seed_demo(NOW)
    told = OutgoingMessage.objects.filter(due_at__lte=NOW)
    assert {message.kind for message in told} == {"missed_call", "new_message"}
    assert all(message.sent_at == message.due_at for message in told)
    for clinic in Clinic.objects.all():
        assert list(undelivered(clinic)) == []


@pytest.mark.parametrize("hour", [0, 10, 23])
def test_somebody_is_on_duty_whenever_ashgrove_is_open(hour: int) -> None:
    now = NOW.replace(hour=hour, minute=5)
    seed_demo(now)
    clinic = Clinic.objects.get(name="Ashgrove Clinic")
    shifts = [duty.shift() for duty in clinic.dutys.all()]
    end = now + timedelta(days=13)
    assert gaps(shifts, clinic.opening_hours(), now, end) == ()
    assert backups(shifts, NOW + timedelta(days=1))
    assert not Duty.objects.exclude(clinic=clinic).exists()


@pytest.mark.parametrize("hour", [0, 23])
def test_the_story_holds_at_any_hour(hour: int) -> None:
    seed_demo(NOW.replace(hour=hour, minute=5))
    assert not DailyLog.objects.filter(
        submitted_at__gt=NOW.replace(hour=hour, minute=5)
    )
    assert Flag.objects.filter(rule="BREATHING").exists()


def test_a_real_clinic_is_never_emptied() -> None:
    with pytest.raises(ValueError, match="Only a demo clinic"):
        clear_demo(make_clinic())


def test_outside_the_demo_nobody_becomes_anybody(client: Client, settings) -> None:
    settings.DEMO = False
    seed_demo(NOW)
    person = Patient.objects.first()
    assert client.get("/demo/").status_code == 404
    assert client.post(f"/demo/{person.pk}/").status_code == 404
    assert "_auth_user_id" not in client.session


def test_in_the_demo_only_people_of_the_demo_can_be_visited(
    client: Client, settings
) -> None:
    settings.DEMO = True
    staff = make_staff(make_clinic())
    assert client.post(f"/demo/{staff.pk}/").status_code == 404
    assert client.post(f"/demo/{make_patient(staff).pk}/").status_code == 404


def test_one_click_makes_the_visitor_a_patient_or_a_nurse(
    client: Client, settings
) -> None:
    settings.DEMO = True
    seed_demo(NOW)
    maya = Patient.objects.get(given_name="Maya")
    priya = StaffMember.objects.get(name="Priya Nair")
    assert client.get("/demo/").status_code == 200
    client.post(f"/demo/{maya.pk}/")
    assert client.get("/home/").url == "/today/"
    client.post(f"/demo/{priya.pk}/")
    assert client.get("/home/").url == "/queue/"
