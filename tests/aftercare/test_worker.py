"""The worker goes round, does what is due, and stops when it is told to."""

from __future__ import annotations

import logging
import os
import signal
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError

from aftercare.models import OutgoingMessage, TimedRun, WorkerBeat
from aftercare.services.clear_sessions import clear_sessions
from aftercare.services.ladder import climb_ladder
from aftercare.services.remind import send_nudges, send_reminders
from aftercare.services.silence import check_silence
from aftercare.services.timed_runs import (
    begin_timed_run,
    finish_timed_run,
    know_timed_runs,
)
from aftercare.services.worker_beat import beat, forget_old_beats
from aftercare.worker.clocks import ClockWatch, counting, database_now
from aftercare.worker.loop import BEAT, PAUSE_S, Worker
from aftercare.worker.only_one import AnotherWorker, only_one
from aftercare.worker.stop import Stop
from aftercare.worker.timed_work import TIMED_WORK, TimedWork, do_what_is_due
from tests.aftercare.post import Clock, Letterbox, postman, put
from tests.builders import MONDAY

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


class Day:
    """A worker whose clock moves when it sleeps, and which stops after some sleeps."""

    def __init__(self, *table: TimedWork, sleeps: int = 3) -> None:
        self.clock = Clock()
        self.counted = 0.0
        self.mail = Letterbox()
        self.slept: list[float] = []
        self.sleeps = sleeps
        watch = ClockWatch(self.clock, lambda: self.counted, lambda: None)
        hands = postman(self.mail, self.clock, stopping=self.stopping)
        self.worker = Worker("desk:1", hands, watch, self.stopping, self.sleep, table)

    def stopping(self) -> bool:
        return len(self.slept) >= self.sleeps

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.counted += seconds
        self.clock.forward(seconds=seconds)


def every_minute(do, name="sweep") -> TimedWork:
    return TimedWork(name, MINUTE, do)


# --- Going round ---------------------------------------------------------------------------


def test_it_sends_what_waits_and_then_sleeps(monkeypatch):
    monkeypatch.setattr("aftercare.services.send_messages.BATCH", 2)
    for _ in range(5):
        put()
    day = Day()
    day.worker.run()
    assert len(day.mail.taken) == 5
    assert day.slept == [PAUSE_S] * 3, "it sleeps only when there is nothing to do"


def test_a_message_that_comes_while_it_sleeps_is_sent_a_second_later():
    day = Day(sleeps=2)
    sleep = day.worker.sleep

    def sleep_and_get_mail(seconds):
        if not day.slept:
            put(at=day.clock.now)
        sleep(seconds)

    day.worker.sleep = sleep_and_get_mail
    day.worker.run()
    assert OutgoingMessage.objects.get().sent_at == MONDAY + timedelta(seconds=1)


def test_once_means_everything_that_is_due_and_no_sleep(monkeypatch):
    monkeypatch.setattr("aftercare.services.send_messages.BATCH", 2)
    for _ in range(3):
        put()
    done = []
    day = Day(every_minute(done.append))
    day.worker.run_once()
    assert (len(day.mail.taken), done, day.slept) == (3, [MONDAY], [])


def test_a_database_that_is_away_is_waited_for_longer_each_time(monkeypatch, caplog):
    day = Day(sleeps=4)
    real = day.worker.go_round
    calls = []

    def away_three_times():
        calls.append(1)
        if len(calls) <= 3:
            raise OperationalError("server closed the connection: maya@mail.example")
        return real()

    closed = []
    monkeypatch.setattr(Worker, "go_round", lambda _: away_three_times())
    monkeypatch.setattr(
        "aftercare.worker.loop.connection.close", lambda: closed.append(1)
    )
    put()
    day.worker.run()
    assert day.slept == [pytest.approx(wait, rel=0.01) for wait in (1, 2, 4, PAUSE_S)]
    assert len(closed) == 3
    assert len(day.mail.taken) == 1
    assert "maya" not in caplog.text


def test_a_mistake_of_our_own_ends_it_so_that_somebody_notices(monkeypatch):
    monkeypatch.setattr(Worker, "_work", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        Day().worker.run()


# --- Its sign of life ------------------------------------------------------------------------


def test_it_says_that_it_lives_but_does_not_write_every_second():
    day = Day(sleeps=2 * BEAT.seconds)
    told = []
    day.worker.sleep = lambda seconds: (
        told.append(WorkerBeat.objects.get().at),
        day.sleep(seconds),
    )
    day.worker.run()
    assert sorted(set(told)) == [MONDAY, MONDAY + BEAT]
    row = WorkerBeat.objects.get()
    assert (row.name, row.started_at, row.refusing) == ("desk:1", MONDAY, "")
    assert row.drained_at == row.at


def test_while_there_is_more_to_send_nothing_is_drained(monkeypatch):
    monkeypatch.setattr("aftercare.services.send_messages.BATCH", 1)
    put(), put()
    day = Day()
    assert day.worker.go_round()
    assert WorkerBeat.objects.get().drained_at is None


def test_a_worker_that_is_long_gone_is_forgotten():
    beat(name="old", started_at=MONDAY, at=MONDAY)
    beat(name="new", started_at=MONDAY, at=MONDAY + timedelta(days=3))
    assert forget_old_beats(MONDAY + timedelta(days=3)) == 1
    assert WorkerBeat.objects.get().name == "new"


def test_a_beat_without_a_drain_leaves_the_last_one():
    beat(name="a", started_at=MONDAY, at=MONDAY, drained_at=MONDAY)
    beat(name="a", started_at=MONDAY, at=MONDAY + MINUTE, refusing="clock")
    row = WorkerBeat.objects.get()
    assert (row.at, row.drained_at, row.refusing) == (MONDAY + MINUTE, MONDAY, "clock")


# --- Timed work ------------------------------------------------------------------------------


def test_timed_work_is_done_at_once_and_then_when_its_time_has_come():
    done = []
    day = Day(every_minute(done.append), sleeps=125)
    day.worker.run()
    assert done == [MONDAY, MONDAY + MINUTE, MONDAY + 2 * MINUTE]
    run = TimedRun.objects.get()
    assert (run.began_at, run.done_at) == (done[-1], done[-1])


def test_one_of_several_workers_does_it():
    done = []
    first, second = (Day(every_minute(done.append)) for _ in range(2))
    first.worker.go_round()
    second.worker.go_round()
    assert done == [MONDAY]


def test_what_fails_is_reported_without_its_words_and_the_others_go_on(caplog):
    done = []

    def fail(_):
        raise ValueError("Maya")

    rare = TimedWork("c", timedelta(days=1), fail)
    table = every_minute(fail, "a"), every_minute(done.append, "b"), rare
    day = Day(*table, sleeps=601)
    day.worker.run()
    assert len(done) == 11
    reports = [record.message for record in caplog.records if record.exc_info]
    assert reports.count("Timed work failed: a.") == 11, "again after a minute"
    assert reports.count("Timed work failed: c.") == 2, "again after ten minutes"
    assert TimedRun.objects.get(name="a").done_at is None


def test_a_database_that_goes_away_in_timed_work_is_waited_for():
    def fail(_):
        raise OperationalError

    day = Day(every_minute(fail), sleeps=2)
    day.worker.run()
    assert day.slept[0] == pytest.approx(1, rel=0.01)


def test_a_worker_that_is_killed_in_timed_work_leaves_it_to_another():
    know_timed_runs(["sweep"], MONDAY)
    work = {"every": timedelta(days=1), "longest": timedelta(minutes=10)}
    assert begin_timed_run("sweep", **work, at=MONDAY)
    assert not begin_timed_run("sweep", **work, at=MONDAY + 9 * MINUTE)
    assert begin_timed_run("sweep", **work, at=MONDAY + 10 * MINUTE)
    finish_timed_run("sweep", every=work["every"], began_at=MONDAY)
    assert TimedRun.objects.get().done_at is None, "the dead one finishes nothing"


def test_a_time_set_by_a_wrong_clock_is_not_waited_for():
    know_timed_runs(["sweep"], MONDAY + timedelta(days=300))
    work = {"every": MINUTE, "longest": MINUTE}
    assert begin_timed_run("sweep", **work, at=MONDAY)


def test_whoever_is_asked_to_stop_begins_nothing_new():
    know_timed_runs(["sweep"], MONDAY)
    done = []
    table = [every_minute(done.append)]
    assert not do_what_is_due(table, Clock(), lambda: True)
    assert not done


def test_what_found_more_than_it_does_in_one_go_goes_on_in_the_next_round():
    waiting = list(range(7))

    def three(_) -> int:
        day.clock.forward(seconds=2)
        taken, waiting[:3] = waiting[:3], []
        return len(taken)

    day, rounds = Day(TimedWork("sweep", MINUTE, three, at_most=3)), 0
    while day.worker.go_round():
        rounds += 1
    assert (waiting, rounds) == ([], 2)
    third = MONDAY + timedelta(seconds=4)
    assert TimedRun.objects.get().next_at == third + MINUTE


def test_every_sweep_of_the_table_says_how_much_it_does_in_one_go():
    """Else the others would wait for a whole noon of a whole continent."""
    sweeps = {climb_ladder, send_reminders, send_nudges, check_silence}
    assert {work.do for work in TIMED_WORK if work.at_most} == sweeps


def test_an_emergency_waits_no_minute_for_a_worker_that_was_killed_on_it():
    [ladder] = [work for work in TIMED_WORK if work.do is climb_ladder]
    assert ladder.every < ladder.longest <= MINUTE


def test_the_table_names_each_work_once():
    names = [work.name for work in TIMED_WORK]
    assert len(set(names)) == len(names)


def test_sessions_that_have_ended_are_deleted_and_no_others():
    for key, age in (("old", -1), ("new", 1)):
        Session.objects.create(
            session_key=key, session_data="", expire_date=MONDAY + age * MINUTE
        )
    assert clear_sessions(MONDAY) == 1
    assert Session.objects.get().session_key == "new"


# --- A clock that jumps ------------------------------------------------------------------------


@pytest.mark.parametrize("jump", [timedelta(days=4), -timedelta(hours=3)])
def test_a_clock_that_jumps_stops_everything_and_says_so_once(jump, caplog):
    done = []
    day = Day(every_minute(done.append), sleeps=5)
    day.worker.go_round()
    message = put(at=MONDAY - timedelta(hours=9))
    day.clock.now += jump
    day.worker.run()
    message.refresh_from_db()
    assert (message.sent_at, message.gave_up_at) == (None, None)
    assert done == [MONDAY]
    refusals = [r.message for r in caplog.records if r.levelno == logging.ERROR]
    hours = jump / timedelta(hours=1)
    assert refusals == [
        "Nothing is sent and no timed work is done: "
        f"the clock jumped by {hours:+.1f} h since the worker began."
    ]
    assert "jumped" in WorkerBeat.objects.get().refusing


def test_when_the_clock_is_right_again_the_work_goes_on():
    day = Day(sleeps=5)
    day.worker.go_round()
    put()
    day.clock.forward(hours=3)
    day.worker.go_round()
    assert not day.mail.taken
    day.clock.forward(hours=-3)
    day.worker.go_round()
    assert len(day.mail.taken) == 1
    assert WorkerBeat.objects.get().refusing == ""


def test_after_a_restart_it_catches_up():
    put()
    day = Day(sleeps=1)
    day.clock.forward(hours=40)
    watch = ClockWatch(day.clock, lambda: day.counted, lambda: None)
    Worker("desk:2", day.worker.postman, watch, day.stopping, day.sleep, ()).run_once()
    assert len(day.mail.taken) == 1


def test_small_steps_of_the_clock_pass():
    day = Day()
    day.clock.forward(minutes=119)
    assert day.worker.clock_watch.what_is_wrong() == ""


def test_a_clock_far_from_the_database_is_not_trusted():
    clock = Clock()
    watch = ClockWatch(clock, lambda: 0.0, lambda: MONDAY - timedelta(hours=5))
    assert watch.what_is_wrong() == "the clock is +5.0 h from the database's"
    near = ClockWatch(clock, lambda: 0.0, lambda: MONDAY + timedelta(hours=1))
    assert near.what_is_wrong() == ""


def test_the_real_clocks_can_be_read(settings):
    assert counting() <= counting()
    there = database_now()
    assert (there is None) == settings.USES_SQLITE
    assert there is None or there.tzinfo is not None


# --- Being told to stop ---------------------------------------------------------------------------


@pytest.fixture
def _signals_as_they_were():
    before = {number: signal.getsignal(number) for number in (15, 2)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("_signals_as_they_were")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_wakes_the_sleeper_and_is_remembered(number):
    stop = Stop()
    stop.listen()
    assert not stop()
    os.kill(os.getpid(), number)
    stop.sleep(600)
    assert stop()


def test_the_end_of_the_parent_is_the_end():
    assert not Stop(parent=os.getppid())()
    assert Stop(parent=os.getpid())()


def test_a_second_worker_on_one_file_is_turned_away_after_some_patience(tmp_path):
    file, waits = tmp_path / "db.sqlite3", []
    with only_one(file, waits.append), pytest.raises(AnotherWorker):
        only_one(file, waits.append).__enter__()
    assert sum(waits) == pytest.approx(3)
    with only_one(file, waits.append):
        """The first one has gone."""
