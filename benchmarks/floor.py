"""Pages that do next to nothing: what any page costs."""

from __future__ import annotations

import uuid

from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from aftercare.noting.pages import shows_no_record
from aftercare.second_wall.standing import outside_the_wall


@outside_the_wall
def insert_one(request: HttpRequest) -> HttpResponse:
    """One row is kept."""
    with transaction.atomic():
        Session.objects.create(
            session_key=uuid.uuid4().hex,
            session_data=request.POST.get("pain", ""),
            expire_date=timezone.now(),
        )
    return HttpResponse(status=303)


@shows_no_record
def only_who(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and no more."""
    return HttpResponse(str(request.staff or request.patient))
