"""What a clinic says of itself: each part by a verb of its own, and nobody's work is lost."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from aftercare.models import AuditEntry, Clinic, Flag, Treatment
from aftercare.promise import Interval, Targets
from aftercare.services import clinic_settings as verbs
from aftercare.services.clinic_settings import NothingPromised, Numbers
from aftercare.services.follow_up import NotPossible
from tests.builders import (
    MONDAY,
    fever,
    make_clinic,
    make_staff,
    make_treatment,
    send_log,
)

pytestmark = pytest.mark.django_db

LATER = MONDAY + timedelta(hours=1)
MORNING, AFTERNOON = Interval(time(8), time(12)), Interval(time(13), time(17))
CHRISTMAS = date(2026, 12, 25)
FORTNIGHT = [date(2026, 8, 3) + timedelta(days=day) for day in range(12)]


@pytest.fixture
def owner():
    return make_staff(make_clinic(), "Olu Ade", "is_owner")


def clinic_now() -> Clinic:
    return Clinic.objects.get(name__startswith="Ash")


def written(owner) -> list[str]:
    entries = AuditEntry.objects.filter(staff=owner, object_id=owner.clinic_id)
    return list(entries.values_list("verb", flat=True))


def test_name_and_address(owner) -> None:
    verbs.change_details(
        by=owner, name="Ashgrove", address="1 High Street", seen=1, at=LATER
    )
    now = clinic_now()
    assert (now.name, now.address, now.version) == ("Ashgrove", "1 High Street", 2)
    assert written(owner) == ["clinic.details_changed"]


def test_the_numbers_that_patients_dial(owner) -> None:
    numbers = Numbers("0161 496 0000", "112", "0161 496 0001")
    verbs.change_numbers(by=owner, numbers=numbers, seen=1, at=LATER)
    now = clinic_now()
    assert (now.phone, now.emergency_number) == ("0161 496 0000", "112")
    assert now.out_of_hours_number == "0161 496 0001"
    assert written(owner) == ["clinic.numbers_changed"]


def test_another_week_and_zone_keep_the_holidays(owner) -> None:
    verbs.change_days(by=owner, days=[CHRISTMAS], intervals=(), seen=1, at=LATER)
    week = {0: (MORNING, AFTERNOON), 5: (MORNING,)}
    verbs.change_hours(by=owner, zone="Europe/Paris", weekly=week, seen=2, at=LATER)
    hours = clinic_now().opening_hours()
    assert hours.weekly == week
    assert hours.zone.key == "Europe/Paris"
    assert hours.exceptions == {CHRISTMAS: ()}
    assert set(written(owner)) == {"clinic.days_changed", "clinic.hours_changed"}


def test_a_clinic_that_never_opens_is_not_saved(owner) -> None:
    with pytest.raises(ValueError, match="at least once a week"):
        verbs.change_hours(by=owner, zone="Europe/London", weekly={}, seen=1, at=LATER)
    assert clinic_now().version == 1
    assert clinic_now().opening_hours().weekly
    assert written(owner) == []


def test_a_date_is_closed_or_has_other_hours_and_is_itself_again(owner) -> None:
    verbs.change_days(by=owner, days=[CHRISTMAS], intervals=(), seen=1, at=LATER)
    assert clinic_now().opening_hours().exceptions == {CHRISTMAS: ()}
    both = (MORNING, AFTERNOON)
    verbs.change_days(by=owner, days=[CHRISTMAS], intervals=both, seen=2, at=LATER)
    assert clinic_now().opening_hours().exceptions == {CHRISTMAS: both}
    verbs.restore_day(by=owner, day=CHRISTMAS, seen=3, at=LATER)
    assert clinic_now().opening_hours().exceptions == {}
    assert clinic_now().version == 4


def test_overlapping_hours_of_a_date_are_refused(owner) -> None:
    with pytest.raises(ValueError, match="overlap"):
        verbs.change_days(
            by=owner,
            days=[CHRISTMAS],
            intervals=(MORNING, Interval(time(11), time(13))),
            seen=1,
            at=LATER,
        )


def test_a_fortnight_without_an_opening_is_refused_until_it_is_known(owner) -> None:
    facts = {"by": owner, "days": FORTNIGHT, "intervals": (), "seen": 1, "at": LATER}
    with pytest.raises(NothingPromised, match="After Friday 31 July 2026 nothing"):
        verbs.change_days(**facts)
    assert clinic_now().opening_hours().exceptions == {}
    verbs.change_days(**facts, accept_gap=True)
    assert len(clinic_now().opening_hours().exceptions) == len(FORTNIGHT)


def test_a_week_with_too_few_days_for_the_holidays_is_refused(owner) -> None:
    mondays = [MONDAY.date() + timedelta(weeks=week) for week in (1, 2)]
    verbs.change_days(by=owner, days=mondays, intervals=(), seen=1, at=LATER)
    only_mondays = {
        "by": owner,
        "zone": "Europe/London",
        "weekly": {0: (MORNING,)},
        "seen": 2,
        "at": LATER,
    }
    with pytest.raises(NothingPromised, match="After Monday 1 June 2026"):
        verbs.change_hours(**only_mondays)
    verbs.change_hours(**only_mondays, accept_gap=True)
    assert clinic_now().opening_hours().weekly == {0: (MORNING,)}


def test_promises_get_tighter_and_open_flags_keep_their_time(owner) -> None:
    treatment = make_treatment(make_staff(owner.clinic))
    send_log(treatment, fever())
    before = list(Flag.objects.values_list("due_at", flat=True))
    verbs.change_targets(by=owner, targets=Targets(5, 30), seen=1, at=LATER)
    assert clinic_now().targets == Targets(5, 30)
    assert list(Flag.objects.values_list("due_at", flat=True)) == before
    assert written(owner) == ["clinic.promises_changed"]


def test_how_long_records_are_kept(owner) -> None:
    verbs.change_retention(by=owner, months=36, seen=1, at=LATER)
    assert clinic_now().retention_months == 36
    verbs.change_retention(by=owner, months=None, seen=2, at=LATER)
    assert clinic_now().retention_months is None
    assert set(written(owner)) == {"clinic.retention_changed"}


def test_whoever_saw_an_older_clinic_is_told_who_was_faster(owner) -> None:
    other = make_staff(owner.clinic, "Lena Hart", "is_owner")
    verbs.change_details(by=other, name="Ashgrove", address="", seen=1, at=MONDAY)
    with pytest.raises(NotPossible, match=r"^Lena Hart changed the settings$") as told:
        verbs.change_retention(by=owner, months=12, seen=1, at=LATER)
    assert told.value.at == MONDAY
    assert clinic_now().retention_months is None


def test_a_change_that_nobody_made_by_these_verbs_is_told_too(owner) -> None:
    Clinic.objects.update(version=7)
    with pytest.raises(NotPossible, match="Somebody changed the settings meanwhile"):
        verbs.change_retention(by=owner, months=12, seen=1, at=LATER)


def test_another_clinic_is_left_alone(owner) -> None:
    other = make_clinic("Birchwood")
    verbs.change_details(by=owner, name="Ashgrove", address="", seen=1, at=LATER)
    other.refresh_from_db()
    assert (other.name, other.version) == ("Birchwood", 1)


def test_in_another_zone_noon_is_noon_there_and_reminders_keep_their_hour(
    owner,
) -> None:
    treatment = make_treatment(owner)
    abroad = make_treatment(owner)
    abroad.patient.zone = "Europe/London"
    abroad.patient.save(update_fields=["zone"])
    noon, prompt = treatment.next_due_at, treatment.next_prompt_at
    week = dict(owner.clinic.opening_hours().weekly)
    verbs.change_hours(by=owner, zone="America/New_York", weekly=week, seen=1, at=LATER)
    treatment.refresh_from_db()
    abroad.refresh_from_db()
    assert treatment.next_due_at == noon + timedelta(hours=5)
    assert treatment.next_prompt_at == prompt + timedelta(hours=5)
    assert abroad.next_due_at == noon + timedelta(hours=5)
    assert abroad.next_prompt_at - prompt < timedelta(hours=1)  # spread by patient


def test_a_treatment_without_a_moment_keeps_none_in_another_zone(owner) -> None:
    treatment, other = make_treatment(owner), make_treatment(owner)
    Treatment.objects.filter(pk=treatment.pk).update(next_due_at=None)
    Treatment.objects.filter(pk=other.pk).update(next_prompt_at=None)
    week = dict(owner.clinic.opening_hours().weekly)
    verbs.change_hours(by=owner, zone="Asia/Tokyo", weekly=week, seen=1, at=LATER)
    treatment.refresh_from_db()
    other.refresh_from_db()
    assert (treatment.next_due_at, other.next_prompt_at) == (None, None)
