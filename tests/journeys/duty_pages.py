"""The pages of a shift: the rota, the handover, who is silent, what did not arrive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from playwright.sync_api import Page

from aftercare.models import StaffMember
from aftercare.services.follow_up import Contact, log_contact
from aftercare.services.handover import read_handover
from tests.builders import (
    CALM,
    GLANDS,
    MONDAY,
    fever,
    make_clinic,
    make_patient,
    make_staff,
    make_treatment,
    send_log,
    shown_flags,
)
from tests.clinic.test_rota import on_duty
from tests.clinic.test_undelivered import refuse

from .pages import State, press
from .town import DAY, NOW, Town

ROTA, HANDOVER = "/rota/", "/handover/"


def duty_states(_: Town) -> Iterator[State]:
    """A clinic with a rota that has gaps, and everything that can wait in one."""
    clinic = make_clinic("Hazel Clinic")
    nurse, lead = (
        make_staff(clinic),
        make_staff(clinic, "Lena Hart", "is_clinical_lead"),
    )
    desk = make_staff(clinic, "Ruth Abara", "is_front_desk")
    yield State("rota: none", lead, ROTA)
    yield State("handover: nothing", nurse, HANDOVER)
    on_duty(nurse, lead)
    on_duty(lead, day=1, hours=(-1, 5))
    yield State("rota", nurse, ROTA)
    yield State("rota: who may change it", lead, ROTA)
    yield State("error: rota", lead, ROTA, press("Put on the rota"))
    flag = f"/queue/{out_of_reach(nurse)}/"
    yield State("out of reach", nurse, flag)
    yield State("out of reach: escalate open", nurse, f"{flag}?open=escalate")
    yield State("queue: escalate open", nurse, "/queue/", open_escalate)
    fell_silent(nurse)
    did_not_arrive(nurse)
    read_handover(by=lead, drawn_at=NOW, at=NOW)
    yield State("handover", nurse, HANDOVER)
    for who, name in ((nurse, "clinical"), (desk, "front desk")):
        yield State(f"silent: {name}", who, "/patients/?tab=silent")
        yield State(f"not delivered: {name}", who, "/patients/?tab=undelivered")
    works_elsewhere(nurse)
    yield State("account: two clinics", nurse, "/account/")


def open_escalate(page: Page) -> None:
    page.keyboard.press("e")


def out_of_reach(nurse: StaffMember) -> object:
    treatment = make_treatment(nurse, make_patient(nurse, "Rosa Ibarra"))
    send_log(treatment, GLANDS | fever(), at=MONDAY)
    for minutes, channel in enumerate(("phone", "text", "phone"), start=5):
        log_contact(
            treatment_id=treatment.pk,
            shown=shown_flags(treatment),
            by=nurse,
            contact=Contact(channel, "no_answer"),
            at=MONDAY + timedelta(minutes=minutes),
        )
    return treatment.pk


def fell_silent(nurse: StaffMember) -> None:
    for name, change in (("Ben Ray", "worse"), ("Cleo Fox", "better")):
        treatment = make_treatment(nurse, make_patient(nurse, name))
        send_log(treatment, CALM | {"overall_change": change}, at=MONDAY - 3 * DAY)
    make_treatment(nurse, make_patient(nurse, "Never Heard"))


def did_not_arrive(nurse: StaffMember) -> None:
    for kind in ("invitation", "reminder"):
        patient = make_patient(
            nurse, f"{kind.capitalize()} Lost", email="x@mail.example"
        )
        refuse(patient, kind=kind)


def works_elsewhere(nurse: StaffMember) -> None:
    member = make_staff(make_clinic("Birchwood Skin"), nurse.name)
    member.login = nurse.login
    member.save(update_fields=["login"])
