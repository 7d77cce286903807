"""The handover (S11): what one shift hands over to the next, read by name."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from aftercare.people import StaffRequest
from aftercare.permissions import May, staff_only
from aftercare.services.follow_up import NotPossible
from aftercare.services.handover import NEWS, read_handover
from clinic.forms.drawn import AsDrawn
from clinic.handover_page import read_handover_page
from clinic.views.reading import see_other


@staff_only(May.ACKNOWLEDGE)
def handover(request: StaffRequest) -> HttpResponse:
    """The page as it is now; sent, it says that the page drawn before has been read."""
    at, problem = timezone.now(), ""
    form = AsDrawn(request.POST or None)
    if form.is_valid():
        drawn = form.cleaned_data["drawn"]
        try:
            read_handover(by=request.staff, drawn_at=drawn, at=at)
        except NotPossible as news:
            problem = news.message
        else:
            messages.success(request, "Noted: you have read the handover.")
            return see_other("handover")
    elif request.method == "POST":
        problem = NEWS
    page = read_handover_page(request.staff, request.cover, at)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    facts = {"page": page, "problem": problem}
    return render(request, "clinic/handover.html", facts, status=status)
