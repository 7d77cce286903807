"""Which person is signed in: the patient or staff member behind the login.

Everything a page shows is reached through `request.patient` or `request.staff`, so a
row of someone else's cannot even be asked for.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from aftercare.models import Clinic, Login, Patient, StaffMember
from aftercare.second_wall.standing import behind_wall

PERSON = "person"


class PersonRequest(HttpRequest):
    """A request after `PersonMiddleware`: exactly one of the two, or neither."""

    user: Login
    patient: Patient | None
    staff: StaffMember | None
    clinic: Clinic | None


class PatientRequest(HttpRequest):
    """A request behind `patient_only`."""

    user: Login
    patient: Patient
    clinic: Clinic


class StaffRequest(HttpRequest):
    """A request behind `staff_only`."""

    user: Login
    staff: StaffMember
    clinic: Clinic


class PersonMiddleware:
    """Puts `patient`, `staff` and `clinic` on the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PersonRequest) -> HttpResponse:
        request.staff = request.patient = request.clinic = None
        if request.user.is_authenticated:
            chosen = request.session.get(PERSON)
            request.staff = staff_of(request.user, chosen)
            if request.staff is None:
                request.patient = patient_of(request.user, chosen)
            person = request.staff or request.patient
            request.clinic = person.clinic if person else None
        if request.clinic is None:
            return self.get_response(request)
        return behind_wall(self.get_response, request, request.clinic.pk)


def staff_of(login: Login, chosen: str | None = None) -> StaffMember | None:
    """The active staff member behind a login; the chosen one where there are several."""
    members = login.staff_members.filter(deactivated_at__isnull=True)
    if chosen:
        members = members.filter(pk=chosen)
    return members.select_related("clinic").order_by("created_at").first()


def patient_of(login: Login, chosen: str | None = None) -> Patient | None:
    """The patient behind a login; the chosen one where there are several."""
    patients = login.patients.all()
    if chosen:
        patients = patients.filter(pk=chosen)
    return patients.select_related("clinic").order_by("created_at").first()
