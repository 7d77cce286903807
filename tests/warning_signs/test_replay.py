"""A course as it happened: order, late logs, corrections, retractions, silence."""

from __future__ import annotations

from typing import Any

from aftercare.warning_signs.facts import Procedure
from aftercare.warning_signs.replay import ByDay, Entry, EntryKind, Replay, replay
from aftercare.warning_signs.treatment_words import Sterility
from aftercare.warning_signs.vocabulary import Phase

from .builders import calm, gland, procedure

CORRECTION, RETRACTION = EntryKind.CORRECTION, EntryKind.RETRACTION


def sent(
    day: int,
    on: int | None = None,
    kind: EntryKind = EntryKind.LOG,
    *,
    before: bool = False,
    **answers: Any,
) -> Entry:
    phase = Phase.BASELINE if before or day < 0 else Phase.POST
    submitted = day if on is None else on
    return Entry(day, submitted, kind, phase, calm(**answers))


def replayed(
    *entries: Entry, of: Procedure | None = None, until: int = 0, record_day: int = 0
) -> Replay:
    return replay(
        of or procedure(), entries, record_day=record_day, observe_until=until
    )


def shown(days: ByDay) -> dict[int, dict[str, str]]:
    return {
        day: {result.rule: result.level.name for result in results}
        for day, results in days.items()
    }


def test_a_late_log_changes_the_days_after_it() -> None:
    course = replayed(sent(4, pain=5), sent(2, on=5, pain=0))
    assert "PAIN-RISE" in shown(course.raised)[4]
    assert course.raised.keys() == {4}


def test_entries_of_one_date_are_taken_in_the_order_given() -> None:
    # The correction of day 3, listed first, has nothing to replace yet.
    both = [sent(3, kind=CORRECTION), sent(3, contact_request=True)]
    assert shown(replayed(*both).current) == {3: {"CONTACT": "PROMPT"}}
    assert shown(replayed(*reversed(both)).current) == {}


def test_what_was_raised_stays_and_what_stands_now_is_current() -> None:
    course = replayed(sent(3, contact_request=True), sent(3, on=4, kind=CORRECTION))
    assert shown(course.raised) == {3: {"CONTACT": "PROMPT"}}
    assert shown(course.current) == {}
    assert (course.highest.name, course.first_flag_day) == ("PROMPT", 3)


def test_a_correction_can_raise_and_replaces_every_log_of_its_day() -> None:
    course = replayed(
        sent(3, contact_request=True),
        sent(3, hives="local"),
        sent(3, on=4, kind=CORRECTION, discharge=["pus"]),
    )
    assert shown(course.current) == {3: {"PUS": "URGENT"}}
    assert shown(course.raised)[3] == {
        "PUS": "URGENT",
        "CONTACT": "PROMPT",
        "HIVES": "PROMPT",
    }


def test_a_correction_of_the_day_of_treatment_keeps_to_its_phase() -> None:
    course = replayed(
        sent(0, before=True, redness="moderate"),
        sent(0, contact_request=True),
        sent(0, kind=CORRECTION),
        sent(6, redness="moderate"),
    )
    assert shown(course.current) == {}
    assert shown(course.raised) == {0: {"CONTACT": "PROMPT"}}


def test_a_retraction_removes_a_day_and_re_evaluates_the_later_ones() -> None:
    course = replayed(
        sent(3, pain=0, contact_request=True),
        sent(4, pain=5),
        sent(3, on=5, kind=RETRACTION),
    )
    assert "PAIN-RISE" in shown(course.raised)[4]
    assert "PAIN-RISE" not in shown(course.current)[4]
    assert 3 not in course.current


def test_a_retracted_baseline_no_longer_silences_and_the_retraction_raises() -> None:
    course = replayed(
        sent(-1, redness="moderate"),
        sent(6, redness="moderate"),
        sent(-1, on=6, kind=RETRACTION),
    )
    assert shown(course.raised)[6]["RED-PERSIST"] == "PROMPT"
    assert course.first_flag_day == -1


def test_a_later_baseline_silences_days_that_were_logged_before_it() -> None:
    course = replayed(
        sent(0, pain=8), sent(0, on=1, before=True, pain=9), sent(-1, on=1)
    )
    assert shown(course.raised) == {
        0: {"PAIN-SEVERE": "URGENT", "ABOVE-EXPECTED": "WATCH"}
    }
    assert shown(course.current) == {0: {"PAIN-SEVERE": "WATCH"}}


def test_the_current_result_does_not_depend_on_the_order_of_days() -> None:
    one, other = sent(2, on=5, pain=1), sent(5, pain=6)
    assert replayed(one, other).current == replayed(other, one).current


def test_a_day_shows_both_phases_at_the_higher_level() -> None:
    course = replayed(
        sent(0, before=True, free_text="fever"), sent(0, free_text="double vision")
    )
    assert shown(course.raised) == {0: {"TEXT": "URGENT"}}
    assert shown(course.current) == {0: {"TEXT": "URGENT"}}
    (result,) = course.current[0]
    assert "double vision" in result.reason
    assert "before the treatment" in result.reason


def test_two_bare_tiles_are_shown_as_one_rule_with_both_reasons() -> None:
    (result,) = replayed(sent(2, signs=["rash", "marks"])).raised[2]
    assert result.rule == "UNSPECIFIED"
    assert "Hives" in result.reason
    assert "numb patch" in result.reason


def test_raised_keeps_the_highest_level_and_its_reason() -> None:
    course = replayed(
        sent(3, free_text="double vision"), sent(3, kind=CORRECTION, free_text="hives")
    )
    (result,) = course.raised[3]
    assert (result.level.name, "double vision" in result.reason) == ("URGENT", True)


# Silence


def test_no_log_for_two_days_after_a_flag() -> None:
    course = replayed(sent(0), sent(4, hives="widespread"), until=9)
    assert shown(course.raised) == {4: {"HIVES": "URGENT"}, 6: {"MISSED": "URGENT"}}
    assert shown(course.current) == {4: {"HIVES": "URGENT"}}


def test_noon_rules_run_to_the_last_observed_day_only() -> None:
    flag = sent(4, hives="local")
    assert 6 not in replayed(flag, until=5).raised
    assert 6 in replayed(flag, until=6).raised


def test_a_log_on_the_evening_of_the_second_day_comes_after_noon() -> None:
    course = replayed(sent(4, hives="local"), sent(6), until=6)
    assert shown(course.raised)[6] == {"MISSED": "PROMPT"}
    assert 6 not in replayed(sent(4, hives="local"), sent(5), until=6).raised


def test_a_correction_breaks_the_silence_and_a_retraction_does_not() -> None:
    flag = sent(4, hives="local")
    corrected = sent(4, on=5, kind=CORRECTION)
    assert 6 not in replayed(flag, corrected, until=6).raised
    retracted = sent(4, on=5, kind=RETRACTION)
    assert shown(replayed(flag, retracted, until=6).raised)[6] == {"MISSED": "PROMPT"}


def test_a_log_that_was_sent_and_then_retracted_was_a_sign_of_life() -> None:
    flag, log = sent(4, hives="local"), sent(5)
    retracted = sent(5, on=5, kind=RETRACTION)
    assert 6 not in replayed(flag, log, retracted, until=6).raised


def test_a_flag_whose_log_was_retracted_still_waits_for_a_log() -> None:
    flag, retracted = sent(4, hives="local"), sent(4, on=4, kind=RETRACTION)
    course = replayed(sent(0), flag, retracted, until=6)
    assert shown(course.raised)[6] == {"MISSED": "PROMPT"}
    assert course.current == {}


def test_the_silence_counts_from_the_date_of_submission() -> None:
    course = replayed(sent(4, on=6, hives="local"), until=9)
    assert [day for day in course.raised if day > 4] == [8]


def test_an_unchanged_result_does_not_start_the_clock_again() -> None:
    course = replayed(
        sent(0), sent(4, hives="local"), sent(4, on=5, hives="local"), until=9
    )
    assert shown(course.raised) == {4: {"HIVES": "PROMPT"}}


def test_a_result_that_a_late_log_brings_to_a_later_day_starts_the_clock() -> None:
    course = replayed(sent(0), sent(3, pain=4), sent(1, on=4, pain=0), until=9)
    rises = {"PAIN-PERSIST": "PROMPT", "PAIN-RISE": "PROMPT", "ABOVE-EXPECTED": "WATCH"}
    assert shown(course.raised) == {3: rises, 6: {"MISSED": "PROMPT"}}


def test_silence_after_a_request_before_the_treatment_is_noticed_too() -> None:
    course = replayed(sent(-4, contact_request=True), until=0)
    assert shown(course.raised)[-2] == {"MISSED": "PROMPT"}


def test_silence_never_starts_the_clock() -> None:
    risky = procedure(sterile=Sterility.FALSE)
    course = replayed(of=risky, until=9)
    assert shown(course.raised) == {
        0: {"UNSTERILE": "URGENT"},
        3: {"NO-LOGS": "PROMPT"},
    }
    assert course.current == {}


def test_no_logs_looks_at_what_stands_at_noon_on_day_three() -> None:
    assert shown(replayed(until=3).raised) == {3: {"NO-LOGS": "WATCH"}}
    assert replayed(until=2).raised == {}
    assert replayed(sent(2), until=3).raised == {}
    assert 3 in replayed(sent(3), until=3).raised
    assert 3 in replayed(sent(-1), until=3).raised
    assert 3 in replayed(sent(1), sent(1, on=2, kind=RETRACTION), until=3).raised
    assert 3 not in replayed(sent(1), sent(1, on=3, kind=RETRACTION), until=3).raised
    assert 3 not in replayed(until=9, record_day=4).raised


def test_the_record_is_saved_before_that_noon_and_its_day_is_the_first_flag_day() -> (
    None
):
    unsterile = procedure(sterile=Sterility.FALSE)
    course = replayed(of=unsterile, until=3, record_day=3)
    assert shown(course.raised) == {3: {"UNSTERILE": "URGENT", "NO-LOGS": "PROMPT"}}
    assert course.first_flag_day == 3


def test_the_first_flag_day_is_the_day_of_the_log_that_first_raised_one() -> None:
    course = replayed(sent(5, pain=3), sent(3, on=5, lymph_nodes=gland()), until=9)
    assert course.first_flag_day == 3
    assert replayed(sent(5, pain=3), until=9).first_flag_day is None
    assert replayed(of=procedure("RF", "diabetes"), until=9).first_flag_day == 3


def test_a_course_without_anything_is_calm() -> None:
    course = replayed()
    assert (course.raised, course.current, course.highest.name) == ({}, {}, "NONE")
