"""Which person is signed in: the patient or staff member behind the login.

Everything a page shows is reached through `request.patient` or `request.staff`, so a
row of someone else's cannot even be asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import logout
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from aftercare import sessions
from aftercare.health import Health, read_health
from aftercare.models import Clinic, Login, Patient, StaffMember
from aftercare.models.cover_reading import Cover, cover_of, with_cover
from aftercare.second_wall.standing import behind_wall
from aftercare.sessions import PERSON, Hold

POLLS = ("HX-Request", "X-Requested-With")


@dataclass(frozen=True, slots=True)
class Held:
    """A member of staff who is signed in and may not see anything yet."""

    staff: StaffMember
    why: Hold


class PersonRequest(HttpRequest):
    """A request after `PersonMiddleware`: one of the three at most."""

    user: Login
    patient: Patient | None
    staff: StaffMember | None
    held: Held | None
    clinic: Clinic | None
    health: Health | None
    cover: Cover | None


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
    cover: Cover


class PersonMiddleware:
    """Puts `patient`, `staff`, `held`, `clinic`, `health` and `cover` on the request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PersonRequest) -> HttpResponse:
        request.staff = request.patient = request.held = None
        request.health = request.cover = None
        known, at = request.user.is_authenticated, timezone.now()
        request.clinic = recognise(request, at) if known else None
        if request.clinic is None:
            return self.get_response(request)
        if request.method == "GET":
            request.health = read_health(at)
        return behind_wall(self.get_response, request, request.clinic.pk)


def recognise(request: PersonRequest, at: datetime) -> Clinic | None:
    """Find out who it is, and the clinic of which they may see something just now."""
    chosen = request.session.get(PERSON)
    # Whoever was chosen is one or the other, and most who were are patients.
    request.patient = patient_of(request.user, chosen) if chosen else None
    if request.patient is None:
        if staff := staff_of(request.user, chosen, at):
            recognise_staff(request, staff, at)
        elif not chosen:
            request.patient = patient_of(request.user)
    person = request.staff or request.patient
    return person.clinic if person else None


def recognise_staff(request: PersonRequest, staff: StaffMember, at: datetime) -> None:
    """Staff whose session is neither over, nor locked, nor short of a proof."""
    if sessions.is_over(request.session, at):
        logout(request)
    elif why := sessions.hold_of(request, request.user, at):
        request.held = Held(staff, why)
    else:
        request.staff, request.cover = staff, cover_of(staff, at)
        if not is_poll(request):
            sessions.note_activity(request.session, at)


def is_poll(request: HttpRequest) -> bool:
    """Whether a page asks by itself: nobody need be sitting there."""
    return request.method == "GET" and any(name in request.headers for name in POLLS)


def staff_of(
    login: Login, chosen: str | None = None, at: datetime | None = None
) -> StaffMember | None:
    """The active staff member behind a login; the chosen one where there are several.

    With the cover of their clinic at a moment, where it is asked for.
    """
    members = active_members(login)
    if chosen:
        members = members.filter(pk=chosen)
    if at is not None:
        members = with_cover(members, at)
    return members.select_related("clinic").order_by("created_at").first()


def active_members(login: Login) -> QuerySet[StaffMember]:
    """Who a login is, at each clinic where it works now."""
    return login.staff_members.filter(
        joined_at__isnull=False, deactivated_at__isnull=True
    )


def clinics_of(login: Login) -> list[StaffMember]:
    """The same with their clinics, by name."""
    return list(active_members(login).select_related("clinic").order_by("clinic__name"))


def patient_of(login: Login, chosen: str | None = None) -> Patient | None:
    """The patient behind a login; the chosen one where there are several."""
    patients = login.patients.all()
    if chosen:
        patients = patients.filter(pk=chosen)
    return patients.select_related("clinic").order_by("created_at").first()
