"""Closed flags, and taking a closing back within ten minutes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from aftercare.people import StaffRequest
from aftercare.permissions import May, may, staff_only
from aftercare.services import review_flags
from aftercare.services.follow_up import NotPossible
from clinic.closed import read_closed
from clinic.views.reading import find_treatment, key_in, see_other
from clinic.views.steps import problem_words


@require_safe
@staff_only(May.READ_CLINICAL)
def closed_flags(request: StaffRequest) -> HttpResponse:
    """Each review with its outcome, author and note, newest first."""
    clinic = request.staff.clinic
    page = read_closed(clinic, timezone.now(), key_in(request, "before"))
    facts = {"page": page, "may_undo": may(request.staff, May.REVIEW)}
    return render(request, "clinic/closed.html", facts)


@require_POST
@staff_only(May.REVIEW)
def undo_review(request: StaffRequest, treatment: UUID, review: UUID) -> HttpResponse:
    """The flags are open again; both steps stay in the record."""
    found = find_treatment(request, treatment)
    get_object_or_404(found.reviews, pk=review)
    try:
        review_flags.undo_review(
            treatment_id=treatment,
            review_id=review,
            by=request.staff,
            at=timezone.now(),
        )
    except NotPossible as problem:
        messages.error(request, problem_words(request, problem))
    return see_other("flag_detail", treatment)
