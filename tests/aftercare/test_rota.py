"""The rota: who is on duty when, on the clinic's clock, each person once at a time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.models import AuditEntry, Clinic, Duty, StaffMember
from aftercare.models.cover_reading import Cover, cover_of, with_cover
from aftercare.promise import Span, gap_words, span_words, times_words
from aftercare.promise.cover import turn
from aftercare.services.follow_up import NotPossible
from aftercare.services.rota import Turn, put_on_duty, take_off_duty
from tests.aftercare.test_at_once import at_once
from tests.builders import MONDAY, make_clinic, make_staff

LONDON = ZoneInfo("Europe/London")
TODAY = MONDAY.date()
SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
"""In London the clocks go forward at 1am, and back at 2am."""


def utc(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)


# --- Times on the wall: pure ------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "starts", "ends", "opens", "closes"),
    [
        (TODAY, time(8), time(14), utc(2026, 6, 1, 7), utc(2026, 6, 1, 13)),
        (TODAY, time(22), time(6), utc(2026, 6, 1, 21), utc(2026, 6, 2, 5)),
        (TODAY, time(9), time(9), utc(2026, 6, 1, 8), utc(2026, 6, 2, 8)),
        # From before a change to after it.
        (SPRING, time(0), time(8), utc(2026, 3, 29, 0), utc(2026, 3, 29, 7)),
        (AUTUMN, time(0), time(8), utc(2026, 10, 24, 23), utc(2026, 10, 25, 8)),
        # A time that is skipped is the change; of two of one name it lasts the longer.
        (SPRING, time(1, 30), time(8), utc(2026, 3, 29, 1), utc(2026, 3, 29, 7)),
        (SPRING, time(0), time(1, 30), utc(2026, 3, 29, 0), utc(2026, 3, 29, 1)),
        (AUTUMN, time(1, 30), time(8), utc(2026, 10, 25, 0, 30), utc(2026, 10, 25, 8)),
        (AUTUMN, time(0), time(1, 30), utc(2026, 10, 24, 23), utc(2026, 10, 25, 1, 30)),
    ],
)
def test_a_turn_is_as_long_as_the_wall_says(
    day: date, starts: time, ends: time, opens: datetime, closes: datetime
) -> None:
    assert turn(day, starts, ends, LONDON) == Span(opens, closes)


def test_a_turn_within_the_hour_that_is_skipped_is_refused() -> None:
    with pytest.raises(ValueError, match="no such time"):
        turn(SPRING, time(1, 10), time(1, 50), LONDON)


@given(
    st.sampled_from(["Europe/London", "Pacific/Apia", "Australia/Lord_Howe", "UTC"]),
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
    st.times(),
    st.times(),
)
def test_turns_that_follow_each_other_leave_no_minute_without_anybody(
    zone: str, day: date, change: time, end: time
) -> None:
    """From midnight to a change of turns, and from there on: nothing between the two."""
    if change == time(0):
        return
    try:
        first = turn(day, time(0), change, ZoneInfo(zone))
        second = turn(day, change, end, ZoneInfo(zone))
    except ValueError:
        return
    assert second.opens <= first.closes
    assert timedelta() < second.closes - second.opens <= timedelta(hours=26)


@pytest.mark.parametrize(
    ("opens", "closes", "words"),
    [
        (utc(2026, 6, 1, 13), utc(2026, 6, 1, 17), "today 2pm–6pm"),
        (utc(2026, 6, 1, 7), utc(2026, 6, 1, 17), "now until 6pm"),
        (utc(2026, 6, 2, 7, 30), utc(2026, 6, 2, 17), "tomorrow 8:30am–6pm"),
        (utc(2026, 6, 3, 21), utc(2026, 6, 4, 5), "Wednesday 10pm–6am Thursday"),
    ],
)
def test_a_span_in_words(opens: datetime, closes: datetime, words: str) -> None:
    assert span_words(Span(opens, closes), MONDAY, LONDON) == words


def test_gaps_in_one_sentence() -> None:
    spans = [
        Span(MONDAY + timedelta(hours=hour), MONDAY + timedelta(hours=hour + 1))
        for hour in (0, 3, 6, 25)
    ]
    said = [gap_words(spans[:count], MONDAY, LONDON) for count in range(5)]
    assert said == [
        "",
        "now until 10am",
        "now until 10am and today midday–1pm",
        "now until 10am, today midday–1pm and today 3pm–4pm",
        "now until 10am, today midday–1pm, today 3pm–4pm and more",
    ]
    assert times_words(spans[0], LONDON) == "9am–10am"


# --- Putting on -------------------------------------------------------------------------


@pytest.fixture
def clinic(db: None) -> Clinic:
    return make_clinic()


@pytest.fixture
def owner(clinic: Clinic) -> StaffMember:
    return make_staff(clinic, "Olu Bankole", "is_owner")


@pytest.fixture
def nurse(clinic: Clinic) -> StaffMember:
    return make_staff(clinic, "Priya Nair")


@pytest.fixture
def backup(clinic: Clinic) -> StaffMember:
    return make_staff(clinic, "Sam Kerr")


def asked(staff: StaffMember, backup: StaffMember | None = None, **over) -> Turn:
    facts = {"day": TODAY, "starts": time(8), "ends": time(14)} | over
    return Turn(staff=staff.pk, backup=backup.pk if backup else None, **facts)


def put(by: StaffMember, turn: Turn, weeks: int = 1) -> list[Duty]:
    return put_on_duty(by=by, turn=turn, weeks=weeks, at=MONDAY)


def test_somebody_is_put_on_with_a_backup(
    owner: StaffMember, nurse: StaffMember, backup: StaffMember
) -> None:
    [duty] = put(owner, asked(nurse, backup))
    duty.refresh_from_db()
    assert (duty.staff, duty.backup) == (nurse, backup)
    assert (duty.starts_at, duty.ends_at) == (utc(2026, 6, 1, 7), utc(2026, 6, 1, 13))
    entry = AuditEntry.objects.get(verb="rota.put_on")
    assert (entry.staff, entry.object_id, entry.reason) == (owner, duty.pk, "")


def test_a_series_begins_at_the_same_time_on_the_wall_after_a_change(
    owner: StaffMember, nurse: StaffMember
) -> None:
    duties = put(owner, asked(nurse, day=date(2026, 10, 19)), weeks=2)
    walls = [duty.starts_at.astimezone(LONDON) for duty in duties]
    assert [f"{wall:%a %H:%M}" for wall in walls] == ["Mon 08:00", "Mon 08:00"]
    first, second = (duty.starts_at for duty in duties)
    assert second - first == timedelta(weeks=1, hours=1)
    assert AuditEntry.objects.get(verb="rota.put_on").reason == "weekly"


def test_two_may_be_on_duty_at_once_and_turns_may_touch(
    owner: StaffMember, nurse: StaffMember, backup: StaffMember
) -> None:
    put(owner, asked(nurse))
    put(owner, asked(backup))
    put(owner, asked(nurse, starts=time(14), ends=time(18)))
    assert Duty.objects.count() == 3


@pytest.mark.parametrize(
    ("starts", "ends"),
    [(time(8), time(14)), (time(13, 59), time(18)), (time(9), time(10))],
)
def test_the_same_person_twice_at_once_is_refused_and_nothing_of_a_series_stays(
    owner: StaffMember, nurse: StaffMember, starts: time, ends: time
) -> None:
    later = TODAY + timedelta(weeks=2)
    put(owner, asked(nurse, day=later))
    with pytest.raises(NotPossible) as problem:
        put(owner, asked(nurse, starts=starts, ends=ends), weeks=4)
    said = "Priya Nair is on duty then already: Monday 15 June 8am–2pm."
    assert problem.value.message == said
    assert Duty.objects.count() == 1


def test_what_is_over_is_not_put_on(owner: StaffMember, nurse: StaffMember) -> None:
    yesterday = TODAY - timedelta(days=1)
    with pytest.raises(NotPossible, match="This time is over"):
        put(owner, asked(nurse, day=yesterday))
    assert put(owner, asked(nurse, day=yesterday, starts=time(20), ends=time(10)))


@pytest.mark.parametrize("weeks", [0, 27])
def test_a_series_has_an_end(
    owner: StaffMember, nurse: StaffMember, weeks: int
) -> None:
    with pytest.raises(NotPossible, match="26 weeks at most"):
        put(owner, asked(nurse), weeks)


def test_a_time_that_does_not_exist_is_refused(
    owner: StaffMember, nurse: StaffMember
) -> None:
    skipped = {"day": date(2027, 3, 28), "starts": time(1, 10), "ends": time(1, 50)}
    with pytest.raises(NotPossible, match="no such time"):
        put(owner, asked(nurse, **skipped))


def test_only_those_who_work_here_and_look_after_flags_are_put_on(
    owner: StaffMember, nurse: StaffMember, clinic: Clinic
) -> None:
    elsewhere = make_staff(make_clinic("Other"), "Eve Lund")
    desk = make_staff(clinic, "Ruth Abara", "is_front_desk")
    left = make_staff(clinic, "Tom Reid")
    left.deactivated_at = MONDAY
    left.save()
    invited = make_staff(clinic, "Ann Lee")
    invited.joined_at = None
    invited.save()
    for wrong in (elsewhere, desk, left, invited):
        for wish in (asked(wrong), asked(nurse, wrong)):
            with pytest.raises(NotPossible, match="works here"):
                put(owner, wish)
    with pytest.raises(NotPossible, match="own backup"):
        put(owner, asked(nurse, nurse))


@pytest.mark.django_db(transaction=True)
def test_of_four_who_put_the_same_person_on_at_once_one_does() -> None:
    clinic = make_clinic()
    owner, nurse = make_staff(clinic, "Olu", "is_owner"), make_staff(clinic)
    starts = (time(8), time(9), time(10), time(11))
    done = at_once(
        *[
            lambda start=start: put(owner, asked(nurse, starts=start))
            for start in starts
        ]
    )
    assert sum(isinstance(one, NotPossible) for one in done) == 3
    assert Duty.objects.count() == 1


# --- Taking off -------------------------------------------------------------------------


def off(by: StaffMember, duty: Duty, at: datetime = MONDAY, **over) -> int:
    return take_off_duty(by=by, duty_id=duty.pk, at=at, **over)


def test_a_turn_that_has_not_begun_goes(owner: StaffMember, nurse: StaffMember) -> None:
    first, _ = put(owner, asked(nurse, day=TODAY + timedelta(days=1)), weeks=2)
    key = first.pk
    assert off(owner, first) == 1
    assert Duty.objects.count() == 1
    entry = AuditEntry.objects.get(verb="rota.taken_off")
    assert (entry.object_id, entry.reason) == (key, "")


def test_a_turn_that_runs_ends_now(owner: StaffMember, nurse: StaffMember) -> None:
    [duty] = put(owner, asked(nurse))
    off(owner, duty)
    duty.refresh_from_db()
    assert duty.ends_at == MONDAY
    with pytest.raises(NotPossible, match="stays in the record"):
        off(owner, duty)


def test_the_weeks_after_go_too_and_other_turns_stay(
    owner: StaffMember, nurse: StaffMember, backup: StaffMember
) -> None:
    """Also over a change of the clocks."""
    monday = date(2026, 10, 19)
    series = put(owner, asked(nurse, day=monday), weeks=4)
    others = [
        *put(owner, asked(nurse, day=monday, starts=time(15), ends=time(18)), weeks=4),
        *put(owner, asked(nurse, day=monday + timedelta(days=1)), weeks=4),
        *put(owner, asked(backup, day=monday), weeks=4),
    ]
    assert off(owner, series[1], following=True) == 3
    assert set(Duty.objects.all()) == {series[0], *others}
    assert AuditEntry.objects.get(verb="rota.taken_off").reason == "weekly"


def test_a_turn_of_another_clinic_is_not_there(
    owner: StaffMember, nurse: StaffMember
) -> None:
    [duty] = put(owner, asked(nurse))
    stranger = make_staff(make_clinic("Other"), "Eve Lund", "is_owner")
    with pytest.raises(Duty.DoesNotExist):
        off(stranger, duty)


# --- Read with the person ---------------------------------------------------------------


def cover(who: StaffMember, at: datetime = MONDAY) -> Cover:
    people = StaffMember.objects.filter(pk=who.pk).select_related("clinic")
    return cover_of(with_cover(people, at).get(), at)


def in_words(found: Cover) -> str:
    return gap_words(found.gaps, found.at, LONDON)


def test_a_clinic_without_a_rota_has_no_gaps(owner: StaffMember) -> None:
    found = cover(owner)
    assert (found.keeps_rota, found.on_duty, found.gaps) == (False, (), ())


def test_who_is_on_duty_and_what_nobody_covers_come_with_the_person(
    owner: StaffMember,
    nurse: StaffMember,
    backup: StaffMember,
    django_assert_num_queries,
) -> None:
    put(owner, asked(nurse, backup))
    put(owner, asked(backup, starts=time(8), ends=time(10)))
    put(owner, asked(nurse, day=TODAY + timedelta(days=1), ends=time(18)))
    with django_assert_num_queries(1):
        found = cover(owner)
        assert found.on_duty == ("Priya Nair", "Sam Kerr")
        assert found.keys == {nurse.pk, backup.pk}
        assert in_words(found) == "today 2pm–6pm"


def test_a_rota_that_has_run_out_leaves_gaps(
    owner: StaffMember, nurse: StaffMember
) -> None:
    put(owner, asked(nurse))
    found = cover(owner, MONDAY + timedelta(days=30, hours=2))
    assert (found.keeps_rota, found.on_duty) == (True, ())
    assert in_words(found) == "now until 6pm and tomorrow 8:30am–6pm"


def test_who_has_left_covers_nothing(owner: StaffMember, nurse: StaffMember) -> None:
    put(owner, asked(nurse, ends=time(18)))
    assert in_words(cover(owner)) == "tomorrow 8:30am–6pm"
    nurse.deactivated_at = MONDAY
    nurse.save()
    found = cover(owner)
    assert found.on_duty == ()
    assert in_words(found) == "now until 6pm and tomorrow 8:30am–6pm"


def test_closed_dates_and_other_hours_count(
    owner: StaffMember, nurse: StaffMember, clinic: Clinic
) -> None:
    put(owner, asked(nurse, ends=time(18)))
    clinic.openings.create(
        date=TODAY + timedelta(days=1), opens=time(10), closes=time(12)
    )
    clinic.openings.create(date=TODAY + timedelta(days=40))
    assert in_words(cover(owner)) == "tomorrow 10am–midday"
    assert in_words(cover(owner, MONDAY + timedelta(days=4))) == "now until 6pm"


def test_the_rota_of_another_clinic_is_not_seen(
    owner: StaffMember, nurse: StaffMember
) -> None:
    put(owner, asked(nurse))
    stranger = make_staff(make_clinic("Other"), "Eve Lund", "is_owner")
    assert not cover(stranger).keeps_rota
    assert cover(stranger).names == {}


def test_a_duty_of_another_clinic_is_never_found_by_its_key(
    owner: StaffMember,
) -> None:
    with pytest.raises(Duty.DoesNotExist):
        take_off_duty(by=owner, duty_id=uuid4(), at=MONDAY)


def test_turns_come_in_order(owner: StaffMember, nurse: StaffMember) -> None:
    duties = put(owner, asked(nurse), weeks=5)
    starts = [duty.starts_at for duty in duties]
    assert all(two - one == timedelta(weeks=1) for one, two in pairwise(starts))
