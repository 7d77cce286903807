"""Finding the treatment that a page of a patient is about."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.utils import timezone

from aftercare.people import PatientRequest
from aftercare.showing.moments import Clock, clock_of

Page = TypeVar("Page")


def shown_or_nothing(
    request: PatientRequest, show: Callable[[Any, Clock, str], Page]
) -> Page | None:
    """The page of the treatment asked for (`?treatment=`) or of the newest.

    None for a patient without any treatment; 404 for one that is not theirs.
    """
    wanted = request.GET.get("treatment", "")
    try:
        return show(request.patient, clock_of(request.patient, timezone.now()), wanted)
    except ObjectDoesNotExist as missing:
        if wanted:
            raise Http404 from missing
        return None
