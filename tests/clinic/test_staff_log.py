"""A log taken by telephone: the patient's questions, marked with who entered it."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse

from aftercare.models import AuditEntry, DailyLog
from aftercare.services.register_treatment import void_treatment
from tests.builders import MONDAY

CALM = {
    "overall_change": "better",
    "pain": "1",
    "redness": "mild",
    "swelling": "none",
    "signs": ["none"],
}


def log(treatment):
    return reverse("staff_log", args=[treatment.pk])


def sent(**over):
    return {"key": str(uuid.uuid4()), "for_date": MONDAY.date().isoformat()} | over


def test_a_calm_log_is_saved_under_the_staff_members_name(nurse, treatment, signed_in):
    answer = signed_in(nurse).post(log(treatment), sent(**CALM))
    saved = DailyLog.objects.get()
    assert saved.entered_by == nurse
    assert answer.headers["Location"] == reverse(
        "patient_detail", args=[treatment.patient_id]
    )


def test_a_log_with_a_sign_leads_to_its_flag_and_the_advice_to_read_out(
    nurse, treatment, signed_in
):
    client = signed_in(nurse)
    answer = client.post(log(treatment), sent(signs=["unwell"]), follow=True)
    page = answer.content.decode()
    assert answer.redirect_chain[-1][0] == reverse("flag_detail", args=[treatment.pk])
    assert "Read the advice out to the patient." in page
    assert "by telephone, entered by Priya Nair" in page


def test_nothing_is_answered_beforehand(nurse, treatment, signed_in):
    page = signed_in(nurse).get(log(treatment)).content.decode()
    assert " checked" not in page.split("data-shortcuts")[0]


def test_an_incomplete_calm_log_comes_back_with_everything_kept(
    nurse, treatment, signed_in
):
    words = "She says that it is a little dry."
    answer = signed_in(nurse).post(log(treatment), sent(pain="3", free_text=words))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert not DailyLog.objects.exists()


def test_the_same_form_sent_twice_is_one_log(nurse, treatment, signed_in):
    client, form = signed_in(nurse), sent(**CALM)
    client.post(log(treatment), form)
    client.post(log(treatment), form)
    assert DailyLog.objects.count() == 1


def test_a_log_for_yesterday_can_be_taken(nurse, treatment, signed_in):
    yesterday = (MONDAY - timedelta(days=1)).date()
    client = signed_in(nurse)
    page = client.get(log(treatment), {"for": yesterday.isoformat()}).content.decode()
    assert "Sunday 31 May, day 3" in page
    client.post(log(treatment), sent(**CALM, for_date=yesterday.isoformat()))
    assert DailyLog.objects.get().day == 3


def test_a_day_out_of_reach_is_not_there(nurse, treatment, signed_in):
    client = signed_in(nurse)
    for wanted in ("2026-05-28", "2026-06-02", "yesterday"):
        assert client.get(log(treatment), {"for": wanted}).status_code == 404


@pytest.mark.parametrize("day", ["2026-05-28", "2026-05-20", "9999-99-99"])
def test_a_log_that_came_too_late_is_kept_on_the_page(day, nurse, treatment, signed_in):
    """A page that stayed open over midnight is sent for a day that is out of reach."""
    filled = sent(**CALM | {"pain": "2"}, for_date=day)
    answer = signed_in(nurse).post(log(treatment), filled)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(r'name="pain"[^>]*value="2"[^>]*checked', page)
    assert not DailyLog.objects.exists()


def test_no_log_is_taken_for_a_voided_treatment(nurse, treatment, signed_in):
    void_treatment(treatment_id=treatment.pk, by=nurse, reason="Twice", at=MONDAY)
    client = signed_in(nurse)
    assert client.get(log(treatment)).status_code == 404
    assert client.post(log(treatment), sent(**CALM)).status_code == 404


def test_opening_the_page_is_written_down(nurse, treatment, signed_in):
    signed_in(nurse).get(log(treatment))
    assert AuditEntry.objects.get(verb="patient.read").page == "staff_log"
