"""The queue (S2)."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from aftercare.people import StaffRequest
from aftercare.permissions import May, staff_only
from clinic.queue import Tab, read_queue
from clinic.views.reading import chosen, key_in


@require_safe
@staff_only(May.SEE_QUEUE)
def queue(request: StaffRequest) -> HttpResponse:
    """Every treatment with open flags, worst first.

    `?tab=` chooses a part; `?open=` marks the row that a page beside it shows.
    """
    shown = read_queue(request.staff, timezone.now(), chosen(request, "tab", Tab))
    facts = {"queue": shown, "open": key_in(request, "open")}
    return render(request, "clinic/queue.html", facts)
