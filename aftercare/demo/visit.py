"""Being somebody in the demo: who there is, and their login. Only ever a demo clinic's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from aftercare.models import Patient, StaffMember

from . import ashgrove, birchwood

ABOUT = {
    course.name: course.about for course in (*ashgrove.COURSES, *birchwood.COURSES)
}
ROLES = (
    ("is_clinical_lead", "Clinical lead"),
    ("is_clinician", "Nurse"),
    ("is_front_desk", "Front desk"),
    ("is_owner", "Owner"),
)


@dataclass(frozen=True, slots=True)
class Visitable:
    """Somebody to be: a patient on some day, or staff with a role."""

    id: UUID
    name: str
    about: str
    day: int | None = None


@dataclass(frozen=True, slots=True)
class DemoClinic:
    """One demo clinic with the people in it, patients by day."""

    name: str
    staff: tuple[Visitable, ...]
    patients: tuple[Visitable, ...]


def demo_clinics(at: datetime) -> tuple[DemoClinic, ...]:
    """Everybody there is to be; two queries."""
    staff = StaffMember.objects.filter(clinic__is_demo=True).select_related("clinic")
    patients = Patient.objects.filter(clinic__is_demo=True).select_related("clinic")
    names = sorted({person.clinic.name for person in staff})
    by_day = {
        patient: day_today(patient, at)
        for patient in patients.prefetch_related("treatments")
    }
    return tuple(
        DemoClinic(
            name,
            tuple(
                Visitable(person.pk, person.name, role_words(person))
                for person in staff
                if person.clinic.name == name
            ),
            tuple(
                Visitable(person.pk, str(person), ABOUT.get(str(person), ""), day)
                for person, day in sorted(by_day.items(), key=lambda item: item[1])
                if person.clinic.name == name
            ),
        )
        for name in names
    )


SUGGESTED = (
    ("Be a patient on day 4", "Maya Okafor"),
    ("Be a nurse", "Priya Nair"),
    ("Be a clinical lead", "Dr Lena Hart"),
)


def suggestions(at: datetime) -> tuple[tuple[str, Visitable], ...]:
    """Whom to be first: a patient, the nurse, the clinical lead."""
    everybody = {
        person.name: person
        for clinic in demo_clinics(at)
        for person in (*clinic.staff, *clinic.patients)
    }
    return tuple(
        (words, everybody[name]) for words, name in SUGGESTED if name in everybody
    )


def role_words(person: StaffMember) -> str:
    return next((words for role, words in ROLES if getattr(person, role)), "Staff")


def day_today(patient: Patient, at: datetime) -> int:
    """The patient's day of treatment today; a large number without a treatment."""
    today = at.astimezone(patient.clinic.zoneinfo).date()
    return max((t.day_of(today) for t in patient.treatments.all()), default=9999)


def demo_person(person_id: UUID) -> Patient | StaffMember | None:
    """Somebody of a demo clinic who can be visited; None for anybody else."""
    for people in (Patient, StaffMember):
        person = people.objects.filter(pk=person_id, clinic__is_demo=True).first()
        if person is not None and person.login is not None:
            return person
    return None
