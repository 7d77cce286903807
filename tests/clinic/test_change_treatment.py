"""A treatment is put right, or voided with a reason."""

from django.urls import reverse

from tests.builders import GLANDS, fever, send_log
from tests.clinic.conftest import NEW, procedure

SAME_DAY = {
    "when": "other",
    "other_date_0": "28",
    "other_date_1": "5",
    "other_date_2": "2026",
    "at_time": "09:00",
}


def edit(treatment):
    return reverse("treatment_edit", args=[treatment.pk])


def test_the_form_shows_the_treatment_as_it_was_entered(nurse, treatment, signed_in):
    page = signed_in(nurse).get(edit(treatment)).content.decode()
    assert 'value="Dr Lena Hart"' in page
    assert 'value="28"' in page
    assert 'value="full_face"' in page


def test_a_change_judges_every_log_again(nurse, treatment, signed_in, wall):
    send_log(treatment, GLANDS)
    sent = procedure(
        when="other",
        other_date_0="28",
        other_date_1="5",
        other_date_2="2026",
        at_time="09:00",
        needle_depth_mm="0.5",
        risk_factors=["diabetes"],
    )
    answer = signed_in(nurse).post(edit(treatment), sent)
    treatment.refresh_from_db()
    assert answer.status_code == 303
    assert str(treatment.needle_depth_mm) == "0.50"
    assert treatment.risk_factors == {"diabetes"}
    # With diabetes a swollen gland is urgent.
    assert treatment.flags.get(rule="LN-ALONE").level == 3


def test_a_change_that_cannot_be_keeps_what_was_typed(nurse, treatment, signed_in):
    sent = procedure(practitioner="Dr Somebody", needle_depth_mm="77")
    answer = signed_in(nurse).post(edit(treatment), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter 10 mm or less." in page
    assert 'value="Dr Somebody"' in page


def test_a_change_into_another_treatment_is_refused(nurse, treatment, signed_in):
    client = signed_in(nurse)
    client.post(f"{NEW}?patient={treatment.patient_id}", procedure())
    answer = client.post(edit(treatment), procedure())
    assert answer.status_code == 422
    assert "This treatment is already in the record." in answer.content.decode()


def void(client, treatment, reason="Entered for the wrong patient"):
    address = reverse("void_treatment", args=[treatment.pk])
    return client.post(address, {"reason": reason})


def test_a_treatment_entered_by_mistake_is_voided_with_a_reason(
    nurse, treatment, signed_in
):
    client = signed_in(nurse)
    assert void(client, treatment).status_code == 303
    treatment.refresh_from_db()
    assert treatment.void_reason == "Entered for the wrong patient"
    page = client.get(edit(treatment)).content.decode()
    assert "This treatment was voided: Entered for the wrong patient" in page


def test_voiding_needs_a_reason(nurse, treatment, signed_in):
    answer = void(signed_in(nurse), treatment, "  ")
    assert answer.status_code == 422
    assert "Write why it was entered by mistake." in answer.content.decode()


def test_a_treatment_with_open_flags_is_not_voided(nurse, treatment, signed_in):
    send_log(treatment, fever())
    answer = void(signed_in(nurse), treatment)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Close the open flags first." in page
    assert "Entered for the wrong patient" in page
    treatment.refresh_from_db()
    assert treatment.voided_at is None


def test_a_voided_treatment_is_not_changed_any_more(nurse, treatment, signed_in):
    client = signed_in(nurse)
    void(client, treatment)
    client.post(edit(treatment), procedure(practitioner="Dr Somebody"))
    treatment.refresh_from_db()
    assert treatment.practitioner == "Dr Lena Hart"


def test_what_a_colleague_changed_meanwhile_is_not_written_over(
    nurse, treatment, signed_in
):
    client = signed_in(nurse)
    page = client.get(edit(treatment)).content.decode()
    assert 'name="version" value="1"' in page
    mine = procedure(**SAME_DAY, practitioner="Dr Mine", version="1")
    theirs = procedure(**SAME_DAY, practitioner="Dr Theirs", version="1")
    assert client.post(edit(treatment), theirs).status_code == 303
    answer = client.post(edit(treatment), mine)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This record was changed meanwhile." in page
    assert "Dr Mine" in page
    treatment.refresh_from_db()
    assert treatment.practitioner == "Dr Theirs"
