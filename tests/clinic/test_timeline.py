"""Rare entries: evidence without a log, repeats, assignments, times to be called."""

from datetime import timedelta

from aftercare.services.create_clinic import close_on
from aftercare.services.follow_up import assign, snooze
from aftercare.warning_signs.treatment_words import Sterility
from clinic.queue import Tab, read_queue
from tests.builders import GLANDS, MONDAY, fever, make_treatment, send_log
from tests.clinic.conftest import close, flag_page, flags_of, named, spoke


def test_a_flag_of_the_procedure_record_stands_on_no_log(nurse, signed_in):
    treatment = make_treatment(nurse, sterile=Sterility.FALSE)
    page = flag_page(signed_in(nurse), treatment)
    assert "from no log" in page
    assert "UNSTERILE:" in page


def test_a_repeat_of_a_closed_sign_is_a_comment_and_no_new_flag(
    nurse, treatment, signed_in, wall
):
    send_log(treatment, GLANDS)
    spoke(treatment, nurse, wall.now)
    close(treatment, nurse, wall.forward(minutes=5))
    send_log(treatment, GLANDS, at=wall.forward(days=1))
    page = flag_page(signed_in(nurse), treatment)
    assert "Seen again, no new flag: LN-ALONE" in page


def test_a_flag_that_rose_says_so(nurse, treatment, signed_in, wall):
    send_log(treatment, {"free_text": "It looks infected."})
    send_log(treatment, {"free_text": "I fainted."}, at=wall.forward(minutes=1))
    page = flag_page(signed_in(nurse), treatment)
    assert "Routine flag: TEXT" in page
    assert "Raised to Urgent: TEXT" in page


def test_assignments_and_snoozes_name_who_and_until_when(
    nurse, lead, flagged, signed_in, wall
):
    flags = {"treatment_id": flagged.pk, "shown": flags_of(flagged), "by": nurse}
    assign(**flags, to=lead, at=wall.now)
    assign(**flags, to=nurse, at=wall.forward(minutes=1))
    spoke(flagged, nurse, wall.forward(minutes=1))
    until = wall.now + timedelta(hours=4)
    snooze(**flags, until=until, at=wall.forward(minutes=1))
    page = flag_page(signed_in(nurse), flagged)
    assert "Priya Nair assigned it to Lena Hart" in page
    assert "Priya Nair assigned it to themselves" in page
    assert "Priya Nair snoozed it until 1:02pm" in page


def test_a_wish_to_be_called_that_came_with_a_log_is_shown(nurse, treatment, signed_in):
    worried = {"signs_worry": True, "contact_request": True}
    send_log(treatment, worried, best_number="020 7946 0999", best_time="after_5")
    page = flag_page(signed_in(nurse), treatment)
    assert "Asked 9am to be called on 020 7946 0999, after 5" in page


def test_a_closed_clinic_says_when_it_opens(nurse, clinic):
    evening = MONDAY + timedelta(hours=11)
    assert read_queue(nurse, evening, Tab.TODO).opens == "tomorrow 8:30am"
    close_on(
        clinic=clinic, days=[(MONDAY + timedelta(days=n)).date() for n in range(30)]
    )
    closed = read_queue(nurse, evening, Tab.TODO)
    assert (closed.open_until, closed.opens) == ("", "")


def test_reasons_are_said_as_long_as_they_are_short_and_the_rest_is_counted(nurse):
    signs = {"hot_skin": True, "redness_spreading": True, "discharge_pus": True}
    treatment = named(nurse, "Maya Okafor", fever(), signs)
    [group] = read_queue(nurse, MONDAY, Tab.TODO).groups
    [row] = group.rows
    reasons = [flag.reason for flag in treatment.flags.filter(level=3)]
    said = [reason for reason in reasons if reason in row.why]
    assert 0 < len(said) < len(reasons)
    assert row.why.endswith(f"And {len(reasons) - len(said)} more.")


def test_two_short_reasons_are_both_said(nurse):
    treatment = named(nurse, "Maya Okafor", {"pain": 8}, fever())
    [group] = read_queue(nurse, MONDAY, Tab.TODO).groups
    [row] = group.rows
    said = [flag.reason for flag in treatment.flags.all() if flag.reason in row.why]
    assert len(said) > 1


def test_what_is_only_watched_stands_on_the_timeline(nurse, flagged, signed_in, wall):
    send_log(flagged, {"aftercare_lapses_direct_sun": True}, at=wall.now)
    page = flag_page(signed_in(nurse), flagged)
    assert "Noted, no flag: AFTERCARE" in page


def test_a_snooze_that_a_worse_answer_ended_says_so(nurse, treatment, signed_in, wall):
    send_log(treatment, GLANDS)
    spoke(treatment, nurse, wall.now)
    snooze(
        treatment_id=treatment.pk,
        shown=flags_of(treatment),
        by=nurse,
        until=MONDAY + timedelta(hours=4),
        at=wall.forward(minutes=1),
    )
    send_log(treatment, fever(), at=wall.forward(hours=1))
    page = flag_page(signed_in(nurse), treatment)
    assert "Snooze ended" in page
