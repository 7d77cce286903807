"""When something stops that a promise hangs on, staff, patients and machines are told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from aftercare.health import MUST_NOT_STOP, read_health
from aftercare.models import TimedRun, Treatment, WorkerBeat
from aftercare.pulse import AHEAD, STOPPED, WORKER_SILENT, Fault, Signs, faults
from aftercare.worker.timed_work import TIMED_WORK
from tests.builders import (
    MONDAY,
    fever,
    make_clinic,
    make_staff,
    make_treatment,
    send_log,
)
from tests.signing_in import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.pulse]

WELL = Signs(worker_at=MONDAY, drained_at=MONDAY, timed_at=MONDAY)
SOON = MONDAY + AHEAD
AHEAD_OF_US = MONDAY + timedelta(minutes=30)
PATIENT_IS_TOLD = "Our alerts are not working right now"
STAFF_ARE_TOLD = "Alerts and reminders have stopped"


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: MONDAY)


@pytest.fixture
def treatment() -> Treatment:
    return make_treatment(make_staff(make_clinic()))


def beats(at: datetime = MONDAY, **over: object) -> None:
    """A worker that was last heard of at a moment, and did everything then."""
    told = {"started_at": at, "at": at, "drained_at": at} | over
    WorkerBeat.objects.update_or_create(name=over.pop("name", "one"), defaults=told)


def runs(at: datetime = MONDAY, *names: str) -> None:
    for name in names or MUST_NOT_STOP:
        TimedRun.objects.update_or_create(
            name=name,
            defaults={
                "began_at": at,
                "done_at": at,
                "next_at": at + timedelta(minutes=1),
            },
        )


# --- What counts as stopped -----------------------------------------------------------


@pytest.mark.parametrize(
    ("signs", "found"),
    [
        (WELL, ()),
        (Signs(), (Fault.WORKER,)),
        (Signs(worker_at=MONDAY - WORKER_SILENT), (Fault.WORKER,)),
        (Signs(MONDAY, MONDAY, MONDAY, refusing=True), (Fault.CLOCK,)),
        (Signs(MONDAY, MONDAY - STOPPED, MONDAY), (Fault.OUTBOX,)),
        (Signs(MONDAY, MONDAY, MONDAY - STOPPED), (Fault.RULES,)),
        (Signs(MONDAY, MONDAY, None), (Fault.RULES,)),
        (Signs(MONDAY, MONDAY, MONDAY, MONDAY - STOPPED), (Fault.CHANNEL,)),
        (Signs(MONDAY, MONDAY, MONDAY, MONDAY - timedelta(minutes=9)), ()),
        (Signs(SOON, SOON, SOON, SOON), ()),
        (Signs(AHEAD_OF_US, MONDAY, MONDAY), (Fault.CLOCK,)),
        (Signs(MONDAY, AHEAD_OF_US, MONDAY), (Fault.OUTBOX,)),
        (Signs(MONDAY, MONDAY, AHEAD_OF_US), (Fault.RULES,)),
        (Signs(MONDAY, MONDAY, MONDAY, AHEAD_OF_US), (Fault.CHANNEL,)),
    ],
)
def test_what_has_not_happened_for_long_has_stopped(
    signs: Signs, found: tuple[Fault, ...]
) -> None:
    assert faults(signs, MONDAY) == found


def test_everything_is_noticed_within_fifteen_minutes() -> None:
    assert max(WORKER_SILENT, STOPPED) < timedelta(minutes=15)


def test_the_work_that_must_not_stop_is_in_the_workers_table() -> None:
    assert set(MUST_NOT_STOP) <= {work.name for work in TIMED_WORK}


# --- What workers leave behind --------------------------------------------------------


def test_a_worker_that_does_its_work_is_well() -> None:
    beats()
    runs()
    assert read_health(MONDAY).faults == ()


def test_one_query_reads_it() -> None:
    beats()
    with CaptureQueriesContext(connection) as captured:
        read_health(MONDAY)
    assert len(captured) == 1


def test_one_kind_of_work_that_never_ran_is_noticed() -> None:
    beats()
    runs(MONDAY, *MUST_NOT_STOP[1:])
    TimedRun.objects.create(name=MUST_NOT_STOP[0], next_at=MONDAY)
    assert read_health(MONDAY).faults == (Fault.RULES,)


def test_a_new_worker_with_work_in_hand_has_time_from_when_it_began() -> None:
    beats(drained_at=None, started_at=MONDAY - timedelta(minutes=9))
    runs()
    assert read_health(MONDAY).faults == ()
    beats(drained_at=None, started_at=MONDAY - STOPPED)
    health = read_health(MONDAY)
    assert (health.faults, health.since) == ((Fault.OUTBOX,), MONDAY - STOPPED)


def test_workers_that_follow_each_other_without_an_end_have_their_time_once() -> None:
    runs()
    beats(MONDAY - timedelta(hours=2), name="gone")
    beats(AHEAD_OF_US, name="ahead")
    beats(MONDAY - STOPPED, name="first", drained_at=None)
    beats(name="second", drained_at=None)
    health = read_health(MONDAY)
    assert (health.faults, health.since) == ((Fault.OUTBOX,), MONDAY - STOPPED)


def test_what_another_worker_saw_empty_counts_for_one_that_never_did() -> None:
    runs()
    emptied = {"drained_at": MONDAY - timedelta(minutes=1)}
    beats(MONDAY - timedelta(seconds=1), name="other", **emptied)
    beats(name="new", drained_at=None, started_at=MONDAY - timedelta(hours=1))
    assert read_health(MONDAY).faults == ()


def test_one_that_refuses_does_not_matter_beside_one_that_works() -> None:
    beats(name="two", refusing="clock")
    runs()
    assert read_health(MONDAY).faults == (Fault.CLOCK,)
    beats(MONDAY - timedelta(minutes=1), name="one")
    assert read_health(MONDAY).faults == ()


def test_a_worker_that_was_ahead_of_us_and_died_is_not_taken_for_alive() -> None:
    beats(AHEAD_OF_US)
    runs()
    for minutes in (0, 5, 20):
        at = MONDAY + timedelta(minutes=minutes)
        assert Fault.CLOCK in read_health(at).faults


def test_a_clock_ahead_of_us_says_more_than_a_worker_that_is_gone() -> None:
    beats(MONDAY - timedelta(hours=1), name="gone")
    beats(AHEAD_OF_US, name="ahead")
    assert read_health(MONDAY).faults == (Fault.CLOCK,)


def test_a_beat_ahead_of_us_does_not_matter_beside_one_that_can_be_true() -> None:
    for number in range(25):
        beats(AHEAD_OF_US, name=str(number), drained_at=None, refusing="clock")
    beats(MONDAY - timedelta(minutes=1), name="one")
    runs()
    assert read_health(MONDAY).faults == ()


def test_work_that_was_done_ahead_of_us_counts_as_not_done() -> None:
    beats()
    runs(MONDAY - timedelta(minutes=1))
    runs(AHEAD_OF_US, MUST_NOT_STOP[0])
    health = read_health(MONDAY)
    assert (health.faults, health.since) == ((Fault.RULES,), None)


def test_no_moment_ahead_of_us_is_told_as_since_when() -> None:
    beats(closed_since=AHEAD_OF_US)
    runs()
    health = read_health(MONDAY)
    assert (health.faults, health.since) == ((Fault.CHANNEL,), None)


def test_since_when_is_told() -> None:
    gone = MONDAY - timedelta(hours=2)
    beats(gone)
    assert read_health(MONDAY).since == gone
    WorkerBeat.objects.all().delete()
    assert read_health(MONDAY).since is None


# --- Who is told ----------------------------------------------------------------------


def test_the_health_pages_tell_machines(client: Client) -> None:
    assert client.get("/healthz").content == b"ok"
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "ready": False,
        "faults": ["no worker is running"],
        "worker_age_s": None,
        "last_sweep_age_s": None,
        "outbox_age_s": None,
    }
    beats()
    runs(MONDAY - timedelta(seconds=30))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)
    assert answer.json()["last_sweep_age_s"] == 30


def test_a_sign_of_life_ahead_of_us_has_no_age(client: Client) -> None:
    beats(AHEAD_OF_US)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["worker_age_s"]) == (503, None)


def test_the_age_of_the_outbox_is_that_of_its_oldest_message(
    client: Client, treatment: Treatment
) -> None:
    treatment.clinic.messages.create(
        kind="reminder",
        channel="sms",
        once="x",
        to="07700 900318",
        body="x",
        created_at=MONDAY - timedelta(minutes=7),
        due_at=MONDAY,
        expires_at=MONDAY + timedelta(hours=1),
    )
    assert client.get("/readyz").json()["outbox_age_s"] == 420


def test_the_web_server_lives_without_a_database(client: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        client.get("/healthz")
    assert len(captured) == 0


def test_every_staff_page_says_since_when(client: Client, treatment: Treatment) -> None:
    beats(MONDAY - timedelta(minutes=30))
    sign_in(client, treatment.created_by)
    for path in ("/queue/", "/patients/", f"/patients/{treatment.patient_id}/"):
        assert f"{STAFF_ARE_TOLD} since 8:30am" in client.get(path).content.decode()
    beats()
    runs()
    assert STAFF_ARE_TOLD not in client.get("/queue/").content.decode()


def test_it_stands_where_a_page_that_stays_open_looks_again(
    client: Client, treatment: Treatment
) -> None:
    """A nurse has the queue open all day, a patient the page that says who has seen it."""
    sign_in(client, treatment.created_by)
    queue = client.get("/queue/").content.decode()
    assert (
        STAFF_ARE_TOLD in queue.partition('data-beside="news"')[2].partition("<main")[0]
    )
    log = send_log(treatment, fever(), at=MONDAY - timedelta(minutes=1)).log
    beats(MONDAY - timedelta(minutes=30))
    sign_in(client, treatment.patient)
    advice = client.get(f"/advice/{log.pk}/").content.decode()
    beside = advice.partition('data-beside="stopped"')[2].partition("</div>")[0]
    assert PATIENT_IS_TOLD in beside


def test_a_house_that_never_had_a_worker_says_so_to_staff(
    client: Client, treatment: Treatment
) -> None:
    sign_in(client, treatment.created_by)
    assert f"{STAFF_ARE_TOLD}." in client.get("/queue/").content.decode()


def test_a_patient_who_was_promised_something_is_told_not_to_wait(
    client: Client, treatment: Treatment
) -> None:
    log = send_log(treatment, fever(), at=MONDAY - timedelta(minutes=1)).log
    sign_in(client, treatment.patient)
    pages = ("/today/", f"/advice/{log.pk}/")
    beats(MONDAY - timedelta(minutes=30))
    for path in pages:
        assert PATIENT_IS_TOLD in client.get(path).content.decode()
    beats()
    runs()
    for path in pages:
        assert PATIENT_IS_TOLD not in client.get(path).content.decode()
