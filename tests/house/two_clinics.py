"""Two clinics, each with two patients, whose every text carries a word found nowhere else.

What anybody is shown can then be searched for words that they must never see.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from aftercare.models import Clinic, Duty, Login, Patient, StaffMember, Treatment
from aftercare.services.follow_up import (
    Contact,
    acknowledge,
    log_contact,
    newest_evidence,
)
from aftercare.services.invite_staff import Invitee, invite_staff
from aftercare.services.request_call import request_call
from aftercare.services.retract_log import retract_log
from aftercare.services.review_flags import Findings, review_flags
from aftercare.services.stop_messages import SIGNER
from aftercare.services.submit_log import submit_log
from aftercare.warning_signs.vocabulary import Outcome
from tests.aftercare.links import link_for
from tests.builders import (
    GLANDS,
    MONDAY,
    entry,
    fever,
    make_clinic,
    make_patient,
    make_staff,
    make_treatment,
    shown_flags,
)

ROLES = {
    "owner": "is_owner",
    "lead": "is_clinical_lead",
    "nurse": "is_clinician",
    "desk": "is_front_desk",
    "auditor": "is_auditor",
    "left": "is_clinical_lead",
}


@dataclass(frozen=True, slots=True)
class Record:
    """One patient with everything that can happen to one.

    `keys` are the keys of their rows, and what opens their door, by the place in an
    address. `name`, `clinical` and `internal` are the words in it: for all staff, for the
    patient and those who may read answers, and for those staff alone.
    """

    patient: Patient
    treatment: Treatment
    keys: dict[str, UUID | str]
    flag: UUID
    finding: UUID
    name: str
    clinical: str
    internal: str


@dataclass(frozen=True, slots=True)
class House:
    """A clinic, its staff by role, its two patients, and a word in all its own texts."""

    clinic: Clinic
    staff: dict[str, StaffMember]
    first: Record
    second: Record
    word: str

    @property
    def records(self) -> tuple[Record, Record]:
        return self.first, self.second

    @property
    def words(self) -> set[str]:
        """Every word that nobody outside of the clinic may see."""
        found = {self.word}
        for record in self.records:
            found |= {record.name, record.clinical, record.internal}
        return found


def make_house(letter: str) -> House:
    """A clinic at 9am on MONDAY. `letter` makes its words its own."""
    word = f"zq{letter}house"
    clinic = make_clinic(f"{word} Clinic", address=f"1 {word} Road")
    staff = {
        name: make_staff(clinic, f"{name.title()} {word}", role)
        for name, role in ROLES.items()
    }
    staff["left"].deactivated_at = MONDAY - timedelta(days=1)
    staff["left"].save()
    staff["new"], link = make_newcomer(staff["owner"], f"Newcomer {word}")
    first, second = (
        make_record(staff, letter, number, link) for number in ("one", "two")
    )
    return House(clinic, staff, first, second, word)


def make_newcomer(owner: StaffMember, name: str) -> tuple[StaffMember, str]:
    """Somebody who was invited and has not come in, and the token of their link."""
    tokens: list[str] = []

    def keep(token: str) -> str:
        tokens.append(token)
        return token

    who = Invitee(name, f"{uuid4().hex}@clinic.example", frozenset({"is_clinician"}))
    member = invite_staff(by=owner, invitee=who, at=MONDAY, link_to=keep)
    return member, tokens[0]


def make_record(
    staff: dict[str, StaffMember], letter: str, number: str, link: str
) -> Record:
    """A patient whose first flag was closed and whose second is looked after."""
    name, clinical, internal = (
        f"zq{letter}{number}{what}" for what in ("name", "clinical", "internal")
    )
    patient = make_patient(
        staff["nurse"],
        f"{name} Okafor",
        birth_date=date(1991, 5, 14),
        email=f"{name}@mail.example",
    )
    patient.login = Login.objects.create_login(f"{name}@mail.example")
    patient.save()
    treatment = make_treatment(staff["nurse"], patient)
    Treatment.objects.filter(pk=treatment.pk).update(
        products=clinical, device=clinical, areas=f"Full face, {clinical}"
    )

    send(treatment, GLANDS, {"free_text": clinical, "unusable": clinical}, hours=26)
    reach(treatment, staff["nurse"], internal, hours=25)
    review = review_flags(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=staff["nurse"],
        findings=Findings(
            Outcome.ADVISED,
            f"A note: {internal}",
            useful=True,
            safety_net=True,
            message=f"A message: {clinical}",
        ),
        at=MONDAY - timedelta(minutes=3),
    ).review

    first = send(treatment, {"pain": 2, "free_text": clinical}, hours=3)
    log = send(
        treatment,
        fever(),
        {"free_text": clinical, "fatigue": "mild"},
        hours=2,
        corrects=first,
        best_number=f"call {clinical}",
    )
    mistake = send(treatment, {"pain": 1, "free_text": clinical}, hours=1)
    retract_log(
        treatment_id=treatment.pk,
        log_id=mistake,
        by=patient,
        reason=clinical,
        at=MONDAY - timedelta(minutes=50),
    )
    request_call(
        treatment_id=treatment.pk,
        by=patient,
        number=f"ring {clinical}",
        best_time=None,
        at=MONDAY - timedelta(minutes=45),
    )
    step = acknowledge(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=staff["lead"],
        at=MONDAY - timedelta(seconds=4),
    )
    reach(treatment, staff["lead"], internal, hours=0)
    day = MONDAY + timedelta(days=1 if number == "one" else 2)
    duty = Duty.objects.create(
        clinic=staff["nurse"].clinic,
        staff=staff["nurse"],
        backup=staff["lead"],
        starts_at=day,
        ends_at=day + timedelta(hours=6),
    )
    worst = newest_evidence(treatment)[0]
    keys = {
        "person": patient.pk,
        "patient": patient.pk,
        "treatment": treatment.pk,
        "log": log,
        "step": step.pk,
        "review": review.pk,
        "invitation": link_for(patient, staff["desk"]),
        "member": staff["new"].pk,
        "link": link,
        "stop": SIGNER.sign(patient.pk.hex),
        "duty": duty.pk,
    }
    return Record(
        patient=patient,
        treatment=treatment,
        keys=keys,
        flag=worst.pk,
        finding=worst.newest_finding,
        name=name,
        clinical=clinical,
        internal=internal,
    )


def send(
    treatment: Treatment, *answers: dict[str, Any], hours: int, **over: Any
) -> UUID:
    """The patient sends a log some hours before MONDAY's 9am; its key."""
    at = MONDAY - timedelta(hours=hours)
    filled = replace(entry(at, *answers), **over)
    return submit_log(
        treatment_id=treatment.pk, by=treatment.patient, entry=filled, at=at
    ).log.pk


def reach(treatment: Treatment, by: StaffMember, said: str, hours: int) -> None:
    """Somebody speaks with the patient about every open flag."""
    log_contact(
        treatment_id=treatment.pk,
        shown=shown_flags(treatment),
        by=by,
        contact=Contact("phone", "spoke", said),
        at=MONDAY - timedelta(hours=hours),
    )


def shown_to(house: House, role: str, record: Record | None = None) -> set[str]:
    """The words of a clinic that somebody there may see; `record` is a patient's own."""
    if role == "left":
        return set()
    if record is not None:
        return {house.word, record.name, record.clinical}
    if role in {"owner", "lead", "nurse"}:
        return house.words
    names = {record.name for record in house.records} if role == "desk" else set()
    return {house.word} | names
