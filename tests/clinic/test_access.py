"""Who opens which page of the desk; another clinic's rows do not exist."""

import pytest
from django.urls import reverse

from tests.builders import fever, make_clinic, make_staff, make_treatment, send_log
from tests.signing_in import sign_in

CLINICAL = {"flag_detail", "closed_flags", "patient_detail"}
DESK = {"queue", "patients", "new_treatment", "log_contact"}
PAGES = {
    "is_clinician": CLINICAL | DESK | {"treatment_edit", "staff_log"},
    "is_clinical_lead": CLINICAL | DESK | {"treatment_edit", "staff_log"},
    "is_owner": (CLINICAL | DESK | {"treatment_edit"}) - {"log_contact"},
    "is_front_desk": DESK,
    "is_auditor": set(),
}
EVERY = sorted(set().union(*PAGES.values()))
OF_A_TREATMENT = {"flag_detail", "log_contact", "treatment_edit", "staff_log"}
STEPS = ("acknowledge", "log_contact", "assign", "snooze", "review", "void_treatment")


def address(name, treatment):
    if name == "patient_detail":
        return reverse(name, args=[treatment.patient_id])
    return reverse(name, args=[treatment.pk] if name in OF_A_TREATMENT else [])


@pytest.fixture
def elsewhere(db):
    """A flagged treatment of another clinic."""
    staff = make_staff(make_clinic("Birchwood Clinic"), "Omar Said")
    treatment = make_treatment(staff)
    send_log(treatment, fever())
    return treatment


@pytest.mark.parametrize("role", PAGES)
def test_a_role_opens_its_pages_and_no_others(role, clinic, flagged, signed_in):
    client = signed_in(make_staff(clinic, "Robin Lee", role))
    opened = {
        name
        for name in EVERY
        if client.get(address(name, flagged)).status_code in {200, 303}
    }
    assert opened == PAGES[role]


@pytest.mark.parametrize("name", EVERY)
def test_a_page_that_is_not_allowed_says_nothing_of_what_is_behind_it(
    name, clinic, flagged, signed_in
):
    auditor = make_staff(clinic, "Aud It", "is_auditor")
    answer = signed_in(auditor).get(address(name, flagged))
    page = answer.content.decode()
    assert answer.status_code == 403
    for word in ("Maya", "Okafor", "fever", "07700"):
        assert word not in page


@pytest.mark.parametrize(
    "name",
    ["flag_detail", "log_contact", "patient_detail", "treatment_edit", "staff_log"],
)
def test_a_row_of_another_clinic_is_not_there(name, nurse, elsewhere, signed_in):
    assert signed_in(nurse).get(address(name, elsewhere)).status_code == 404


@pytest.mark.parametrize("name", STEPS)
def test_no_step_is_taken_on_a_row_of_another_clinic(
    name, nurse, lead, elsewhere, signed_in
):
    sent = {
        "shown": [f"{flag.pk}:" for flag in elsewhere.flags.all()],
        "channel": "phone",
        "result": "spoke",
        "to": str(lead.pk),
        "until": "1h",
        "reason": "Entered by mistake",
    }
    answer = signed_in(nurse).post(reverse(name, args=[elsewhere.pk]), sent)
    assert answer.status_code == 404
    assert not elsewhere.follow_ups.exists()


def test_a_key_of_another_clinic_chooses_nothing(
    nurse, treatment, elsewhere, signed_in
):
    client = signed_in(nurse)
    new = reverse("new_treatment")
    answer = client.get(new, {"patient": elsewhere.patient_id})
    assert answer.status_code == 404
    own = reverse("patient_detail", args=[treatment.patient_id])
    assert client.get(own, {"treatment": elsewhere.pk}).status_code == 404


@pytest.mark.parametrize("name", EVERY)
def test_a_patient_finds_no_page_of_the_desk(name, flagged, client):
    sign_in(client, flagged.patient)
    assert client.get(address(name, flagged)).status_code == 404


@pytest.mark.parametrize("name", EVERY)
def test_nobody_opens_a_page_without_signing_in(name, flagged, client):
    answer = client.get(address(name, flagged))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("sign_in"))


def test_who_has_left_the_clinic_sees_nothing(clinic, flagged, signed_in, wall):
    former = make_staff(clinic, "Former Nurse")
    client = signed_in(former)
    former.deactivated_at = wall.now
    former.save()
    assert client.get(reverse("queue")).status_code == 404


def test_the_menu_offers_only_what_opens(desk, nurse, signed_in):
    closed = f'href="{reverse("closed_flags")}"'
    assert closed in signed_in(nurse).get(reverse("queue")).content.decode()
    assert closed not in signed_in(desk).get(reverse("queue")).content.decode()
