"""The page of a flagged treatment: why, on what evidence, what was told, what was done."""

import uuid
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftercare.models import AuditEntry
from aftercare.services.request_call import request_call
from aftercare.services.retract_log import retract_log
from aftercare.warning_signs.catalogue import BY_ID
from aftercare.warning_signs.treatment_words import RiskFactor
from tests.builders import (
    CALM,
    EMERGENCY,
    GLANDS,
    MONDAY,
    fever,
    make_patient,
    make_treatment,
    send_log,
)
from tests.clinic.conftest import at, close, flag_page, spoke


def test_the_head_says_who_how_bad_and_how_long(nurse, flagged, signed_in, wall):
    wall.forward(minutes=18)
    page = flag_page(signed_in(nurse), flagged)
    assert '<h1 id="flag-title">Maya Okafor</h1>' in page
    assert "Born 14 May 1991" in page
    assert "Microneedling, full face, 1 mm · Thu 28 May, Dr Lena Hart" in page
    assert "Day 4" in page
    assert "1 h 42 min left" in page
    assert 'href="tel:07700900318"' in page


def test_each_reason_has_its_rule_its_evidence_and_the_protocol(
    nurse, flagged, signed_in
):
    page = flag_page(signed_in(nurse), flagged)
    flag = flagged.flags.get()
    assert f"<b>{flag.reason}</b>" in page
    assert f"FEVER: {BY_ID['FEVER'].name.lower()}. Protocol microneedling/1" in page
    assert "Temperature: 38.2 °C" in page
    assert "Log for day 4, sent 9am" in page


def test_the_patient_and_the_staff_read_the_same_reason(nurse, flagged, signed_in):
    page = flag_page(signed_in(nurse), flagged)
    reason = flagged.flags.get().reason
    assert reason in flagged.advice.get().why
    assert reason in page


def test_a_flag_that_the_answers_no_longer_support_says_so(nurse, flagged, signed_in):
    log = flagged.logs.get()
    send_log(flagged, CALM, corrects=log.pk, at=MONDAY + timedelta(minutes=10))
    page = flag_page(signed_in(nurse), flagged)
    assert "No longer supported by the answers" in page
    assert "Corrected since" in page


def test_a_log_that_was_taken_back_is_marked(nurse, flagged, signed_in):
    retract_log(
        treatment_id=flagged.pk,
        log_id=flagged.logs.get().pk,
        by=flagged.patient,
        reason="It was my sister's thermometer",
        at=MONDAY + timedelta(minutes=10),
    )
    page = flag_page(signed_in(nurse), flagged)
    assert "Taken back since" in page
    assert "It was my sister&#x27;s thermometer" in page


def test_answers_that_disagree_are_pointed_out(nurse, treatment, signed_in):
    send_log(treatment, fever(), {"overall_change": "better"})
    assert "Answers disagree:" in flag_page(signed_in(nurse), treatment)


def test_a_sign_of_an_earlier_day_is_marked(nurse, treatment, signed_in):
    yesterday = (MONDAY - timedelta(days=1)).date()
    send_log(treatment, EMERGENCY, {"still_present_now": False}, for_date=yesterday)
    page = flag_page(signed_in(nurse), treatment)
    assert "Sent later, about an earlier day" in page


def test_a_second_sending_with_other_answers_is_marked(nurse, treatment, signed_in):
    key = uuid.uuid4()
    send_log(treatment, GLANDS, key=key)
    send_log(treatment, GLANDS, fever(), key=key, at=MONDAY + timedelta(minutes=1))
    assert "Sent a second time with other answers" in flag_page(
        signed_in(nurse), treatment
    )


def test_a_log_by_telephone_is_marked_with_who_entered_it(nurse, treatment, signed_in):
    send_log(treatment, fever(), by=nurse)
    page = flag_page(signed_in(nurse), treatment)
    assert "by telephone, entered by Priya Nair" in page


def test_danger_words_are_marked_in_the_patients_own_words(nurse, treatment, signed_in):
    send_log(treatment, {"free_text": "I think it is infected. Sorry to bother you."})
    page = flag_page(signed_in(nurse), treatment)
    assert "“I think it is <mark>infected</mark>. Sorry to bother you.”" in page


def test_glands_alone_and_with_fever_are_one_reason(nurse, treatment, signed_in):
    send_log(treatment, GLANDS, fever())
    page = flag_page(signed_in(nurse), treatment)
    assert "LN-PLUS, LN-ALONE:" in page
    alone = treatment.flags.get(rule="LN-ALONE").reason
    assert f"<b>{alone}</b>" not in page


def test_it_shows_what_the_patient_was_told(nurse, flagged, signed_in):
    advice = flagged.advice.get()
    page = flag_page(signed_in(nurse), flagged)
    assert f"Urgent advice shown: <b>{advice.title}</b>" in page
    assert "Promised: a person looks by 11am" in page


def test_it_shows_that_the_patient_asked_to_be_called(nurse, flagged, signed_in):
    request_call(
        treatment_id=flagged.pk,
        by=flagged.patient,
        number="020 7946 0999",
        best_time="after_12",
        at=MONDAY + timedelta(minutes=2),
    )
    page = flag_page(signed_in(nurse), flagged)
    assert "Asked 9:02am to be called on 020 7946 0999, after 12" in page


def test_the_notes_of_the_treatment_are_beside_it(nurse, signed_in):
    treatment = make_treatment(nurse, risks=(RiskFactor.DIABETES,), depth=None)
    send_log(treatment, fever())
    page = flag_page(signed_in(nurse), treatment)
    assert "<dt>Risk factors</dt><dd>Diabetes</dd>" in page
    assert "<dt>Depth</dt><dd>Not known</dd>" in page
    assert "<dt>Sterile, single use</dt><dd>Yes</dd>" in page


def test_a_sign_that_is_back_again_shows_the_old_review(
    nurse, flagged, signed_in, wall
):
    spoke(flagged, nurse, wall.now)
    close(flagged, nurse, wall.forward(minutes=5), note="Thermometer was broken.")
    send_log(flagged, fever("38.9"), at=wall.forward(hours=1))
    page = flag_page(signed_in(nurse), flagged)
    assert "<b>Back again.</b> Priya Nair closed this 9:05am: advised." in page
    assert "“Thermometer was broken.”" in page


def test_the_timeline_has_everything_newest_first(nurse, flagged, signed_in, wall):
    spoke(flagged, nurse, wall.forward(minutes=10), "no_answer")
    send_log(flagged, CALM, at=wall.forward(minutes=10))
    page = flag_page(signed_in(nurse), flagged)
    timeline = page[page.index('id="timeline-title"') :]
    steps = [
        "Log for day 4 sent",
        "Priya Nair logged a contact: phone, no answer",
        "Urgent flag: FEVER",
    ]
    places = [timeline.index(step) for step in steps]
    assert places == sorted(places)
    assert "<h3>Today</h3>" in timeline


def test_every_log_is_plotted_the_flagged_symptom_first(nurse, flagged, signed_in):
    page = flag_page(signed_in(nurse), flagged)
    plots = page[page.index('id="plots-title"') :]
    assert plots.index("<b>Temperature</b>") < plots.index("<b>Swelling</b>")
    assert "Show as a table" in plots


def test_each_reading_of_the_page_is_written_down(nurse, flagged, signed_in):
    client = signed_in(nurse)
    flag_page(client, flagged)
    flag_page(client, flagged)
    rows = AuditEntry.objects.filter(verb="patient.read")
    assert rows.count() == 2
    row = rows.first()
    assert (row.staff, row.patient_id) == (nurse, flagged.patient_id)
    assert (row.page, row.object_id) == ("flag_detail", flagged.pk)


def test_a_page_that_is_refused_is_not_written_down_as_read(desk, flagged, signed_in):
    assert signed_in(desk).get(at("flag_detail", flagged)).status_code == 403
    assert not AuditEntry.objects.filter(verb="patient.read").exists()


def long_course(nurse, name, days):
    """Fever and a call on each of some days, closed once, and back again."""
    patient = make_patient(nurse, name)
    treatment = make_treatment(nurse, patient, performed_at=MONDAY - timedelta(days=9))
    for day in range(days):
        when = MONDAY - timedelta(days=days - day - 1)
        send_log(treatment, GLANDS, fever(), at=when)
        spoke(treatment, nurse, when)
    close(treatment, nurse, MONDAY + timedelta(minutes=1))
    send_log(treatment, GLANDS, fever("39.0"), at=MONDAY + timedelta(hours=2))
    return treatment


def test_the_queries_do_not_grow_with_the_course(nurse, signed_in):
    courses = [
        long_course(nurse, "Short Course", 1),
        long_course(nurse, "Long Course", 8),
    ]
    client = signed_in(nurse)
    counts = set()
    for treatment in courses:
        with CaptureQueriesContext(connection) as queries:
            flag_page(client, treatment)
        counts.add(len(queries))
    assert len(counts) == 1


def test_without_open_flags_it_says_how_the_last_ones_ended(
    nurse, flagged, signed_in, wall
):
    spoke(flagged, nurse, wall.now)
    close(flagged, nurse, wall.forward(minutes=5))
    page = flag_page(signed_in(nurse), flagged)
    assert "Closed by Priya Nair, 9:05am: advised." in page
    assert "Acknowledge" not in page.split('id="flag"')[1]


def test_a_treatment_that_was_never_flagged_has_no_flag_to_show(
    nurse, treatment, signed_in
):
    page = flag_page(signed_in(nurse), treatment)
    assert "Nothing is open for this patient." in page
