"""The patients of the clinic (S4) and one of them (S5)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from aftercare.people import StaffRequest
from aftercare.permissions import May, may, staff_only
from aftercare.services.settle_undelivered import settle_undelivered
from clinic.forms.drawn import AsDrawn
from clinic.patient_page import read_patient_page
from clinic.patient_rights import who_asked
from clinic.register import LONGEST_QUERY, PatientTab, read_patients
from clinic.views.reading import chosen, find_patient, key_in, see_other


@require_safe
@staff_only(May.REGISTER)
def patients(request: StaffRequest) -> HttpResponse:
    """Who is followed up, who has logged, who has fallen silent."""
    at = timezone.now()
    found = read_patients(
        request.staff.clinic,
        at,
        tab=chosen(request, "tab", PatientTab),
        query=request.GET.get("q", "")[:LONGEST_QUERY].strip(),
        after=key_in(request, "after"),
    )
    answers = may(request.staff, May.ERASE)
    facts = {
        "page": found,
        "drawn": at.isoformat(),
        "clinical": may(request.staff, May.READ_CLINICAL),
        "asked": who_asked(request.staff.clinic, at) if answers else (),
        "export_all": may(request.staff, May.EXPORT_ALL),
    }
    return render(request, "clinic/patients.html", facts)


@require_POST
@staff_only(May.REGISTER)
def not_delivered(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Somebody has dealt with what did not arrive: it leaves the list."""
    found, at, form = (
        find_patient(request, patient),
        timezone.now(),
        AsDrawn(request.POST),
    )
    drawn = form.cleaned_data["drawn"] if form.is_valid() else None
    if drawn and settle_undelivered(
        patient=found, by=request.staff, drawn_at=drawn, at=at
    ):
        messages.success(request, f"{found}: dealt with.")
    return see_other("patients", then=f"?tab={PatientTab.UNDELIVERED}")


@require_safe
@staff_only(May.READ_CLINICAL)
def patient_detail(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Treatments, plots, logs with their versions, flags open and closed."""
    found, wanted = find_patient(request, patient), key_in(request, "treatment")
    page = read_patient_page(request.staff, found, timezone.now(), wanted)
    rights = {
        "enter_log": may(request.staff, May.ENTER_LOG),
        "export": may(request.staff, May.EXPORT),
        "erase": may(request.staff, May.ERASE),
    }
    return render(request, "clinic/patient.html", {"page": page, "may": rights})
