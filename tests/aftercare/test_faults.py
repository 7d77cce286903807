"""Whichever call fails: nothing is half done, and doing it again does all of it.

A log without its evaluation, a flag or a change without its audit, an audit without a
change, an urgent flag without its message: none can be, since all the tables are as they
were before. `faults` fails each call in turn.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import OperationalError, transaction

from aftercare.models import DailyLog, Flag
from aftercare.services.escalate import escalate
from aftercare.services.follow_up import (
    acknowledge,
    assign,
    log_contact,
    snooze,
    undo_acknowledgement,
)
from aftercare.services.retract_log import retract_log
from aftercare.services.review_flags import review_flags, undo_review
from aftercare.services.submit_log import submit_log
from aftercare.services.take_out import export_clinic, export_record, note_download
from tests.aftercare.faults import (
    Verb,
    prove_all_or_nothing,
    prove_answer_may_be_lost,
    put_back,
    whole,
)
from tests.aftercare.morning import (
    FINE,
    MINUTE,
    NOW,
    SPOKE,
    Morning,
    in_two_steps,
    make_morning,
)
from tests.builders import EMERGENCY, GLANDS, MONDAY, entry, fever

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _ways_out(settings: LazySettings, tmp_path: Path) -> None:
    settings.MESSAGE_FOLDER = str(tmp_path)


@pytest.fixture
def morning() -> Morning:
    return make_morning()


# --- Verbs ------------------------------------------------------------------------------------


def submitting(morning: Morning) -> Verb:
    """A worse log while the row is set aside: it wakes, a flag rises, another opens."""
    morning.contact()
    snooze(**morning.row(), until=NOW + 60 * MINUTE, at=MONDAY + 2 * MINUTE)
    return morning.send(GLANDS, fever(), EMERGENCY)


def submitting_for_them(morning: Morning) -> Verb:
    """A nurse types what she heard on the telephone."""
    form = entry(NOW, GLANDS, fever())
    facts = {"treatment_id": morning.maya.pk, "by": morning.nurse}
    return partial(submit_log, **facts, entry=form, at=NOW)


def correcting(morning: Morning) -> Verb:
    old = morning.maya.logs.get(for_date=MONDAY.date() - timedelta(days=1))
    return morning.send(GLANDS, fever(), corrects=old.pk)


def retracting(morning: Morning) -> Verb:
    log = morning.maya.logs.get(for_date=MONDAY.date())
    facts = {"treatment_id": morning.maya.pk, "log_id": log.pk, "at": NOW}
    return partial(retract_log, **facts, by=morning.maya.patient, reason="wrong day")


def acknowledging(morning: Morning) -> Verb:
    return partial(acknowledge, **morning.row(), at=NOW)


def taking_back(morning: Morning) -> Verb:
    step = acknowledge(**morning.row(), at=NOW - timedelta(seconds=5))
    facts = {"treatment_id": morning.maya.pk, "step_id": step.pk, "by": morning.nurse}
    return partial(undo_acknowledgement, **facts, at=NOW)


def contacting(morning: Morning) -> Verb:
    return partial(log_contact, **morning.row(), contact=SPOKE, at=NOW)


def assigning(morning: Morning) -> Verb:
    return partial(assign, **morning.row(), to=morning.lead, at=NOW)


def snoozing(morning: Morning) -> Verb:
    morning.contact()
    return partial(snooze, **morning.row(), until=NOW + 60 * MINUTE, at=NOW)


def escalating(morning: Morning) -> Verb:
    """The lead is told, a snooze ends, the ladder looks again: one change."""
    morning.contact()
    snooze(**morning.row(), until=NOW + 60 * MINUTE, at=MONDAY + 2 * MINUTE)
    return partial(escalate, **morning.row(), to=morning.lead, at=NOW)


def closing(morning: Morning) -> Verb:
    morning.contact()
    return partial(review_flags, **morning.row(), findings=FINE, at=NOW)


def opening_again(morning: Morning) -> Verb:
    review = closing(morning)().review
    facts = {"treatment_id": morning.maya.pk, "review_id": review.pk}
    return partial(undo_review, **facts, by=morning.nurse, at=NOW + MINUTE)


def taking_a_copy(morning: Morning) -> Verb:
    return partial(note_download, by=morning.maya.patient, page="my_record", at=NOW)


def taking_out_a_record(morning: Morning) -> Verb:
    facts = {"patient": morning.maya.patient, "by": morning.lead, "at": NOW}
    return partial(export_record, **facts, reason="A second opinion")


def taking_out_all(morning: Morning) -> Verb:
    return partial(export_clinic, by=morning.lead, reason="We move house", at=NOW)


VERBS = (
    submitting,
    submitting_for_them,
    correcting,
    retracting,
    acknowledging,
    taking_back,
    contacting,
    assigning,
    snoozing,
    escalating,
    closing,
    opening_again,
    taking_a_copy,
    taking_out_a_record,
    taking_out_all,
)


@pytest.mark.parametrize("prepare", VERBS)
def test_whichever_call_fails_nothing_has_changed_or_everything_is_there(
    morning: Morning, prepare: Callable[[Morning], Verb]
) -> None:
    verb = prepare(morning)
    before = whole()
    assert prove_all_or_nothing(verb) >= 2
    put_back(before)
    prove_answer_may_be_lost(verb)


def test_a_log_whose_answer_was_lost_is_sent_again_and_is_there_once(
    morning: Morning,
) -> None:
    send = submitting(morning)
    prove_answer_may_be_lost(send)
    logs, flags = DailyLog.objects.count(), Flag.objects.count()
    assert not send().created
    assert (DailyLog.objects.count(), Flag.objects.count()) == (logs, flags)


# --- The proof proves something -----------------------------------------------------------------


def keeping_quiet(morning: Morning) -> None:
    """Nor this: it failed, and whoever asked is told that all is well."""
    with suppress(OperationalError), transaction.atomic():
        in_two_steps(morning)


def test_a_verb_that_is_half_done_is_noticed(morning: Morning) -> None:
    with pytest.raises(AssertionError, match="half done"):
        prove_all_or_nothing(partial(in_two_steps, morning))


def test_a_verb_that_hides_its_failure_is_noticed(morning: Morning) -> None:
    with pytest.raises(AssertionError, match="nobody was told"):
        prove_all_or_nothing(partial(keeping_quiet, morning))
