"""The queue (S2)."""

from __future__ import annotations

from hashlib import sha256

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import condition, require_safe

from aftercare import __version__
from aftercare.people import StaffRequest, is_poll
from aftercare.permissions import May, staff_only
from aftercare.services.audit import newest_number
from clinic.queue import Tab, read_queue
from clinic.views.reading import chosen, key_in


def as_it_stands(request: StaffRequest) -> str | None:
    """The tag of a page that looks again by itself; None for one that somebody opens.

    It is another one after anything that was done or read at the clinic, and with each
    minute, as the page says how long is left.
    """
    if not is_poll(request):
        return None
    stopped = request.health.faults if request.health else ()
    what = (
        __version__,
        request.staff.pk,
        request.staff.version,
        newest_number(request.staff.clinic),
        f"{timezone.now():%d %H:%M}",
        stopped,
        request.get_full_path(),
    )
    return f'"{sha256(repr(what).encode()).hexdigest()[:32]}"'


@require_safe
@staff_only(May.SEE_QUEUE)
@condition(etag_func=as_it_stands)
def queue(request: StaffRequest) -> HttpResponse:
    """Every treatment with open flags, worst first.

    `?tab=` chooses a part; `?open=` marks the row that a page beside it shows. One that
    asks again and would see the same is answered without looking.
    """
    shown = read_queue(request.staff, timezone.now(), chosen(request, "tab", Tab))
    facts = {"queue": shown, "open": key_in(request, "open")}
    return render(request, "clinic/queue.html", facts)
