"""The patients of the clinic (S4) and one of them (S5)."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from aftercare.people import StaffRequest
from aftercare.permissions import May, may, staff_only
from clinic.patient_page import read_patient_page
from clinic.register import LONGEST_QUERY, PatientTab, read_patients
from clinic.views.reading import chosen, key_in, note_reading


@require_safe
@staff_only(May.REGISTER)
def patients(request: StaffRequest) -> HttpResponse:
    """Who is followed up, who has logged, who has fallen silent."""
    found = read_patients(
        request.staff.clinic,
        timezone.now(),
        tab=chosen(request, "tab", PatientTab),
        query=request.GET.get("q", "")[:LONGEST_QUERY].strip(),
        after=key_in(request, "after"),
    )
    clinical = may(request.staff, May.READ_CLINICAL)
    return render(
        request, "clinic/patients.html", {"page": found, "clinical": clinical}
    )


@require_safe
@staff_only(May.READ_CLINICAL)
def patient_detail(request: StaffRequest, patient: UUID) -> HttpResponse:
    """Treatments, plots, logs with their versions, flags open and closed."""
    found, at = (
        get_object_or_404(request.staff.clinic.patients, pk=patient),
        timezone.now(),
    )
    with transaction.atomic():
        page = read_patient_page(request.staff, found, at, key_in(request, "treatment"))
        note_reading(request, found.pk, found.pk, at)
    rights = {"enter_log": may(request.staff, May.ENTER_LOG)}
    return render(request, "clinic/patient.html", {"page": page, "may": rights})
