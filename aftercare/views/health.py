"""For whoever watches the machine: does the web server live, and is everything ready?

Nothing here is about a clinic or a patient, so nobody needs to be signed in.
"""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aftercare.health import oldest_waiting, read_health
from aftercare.pulse import can_be
from aftercare.second_wall.standing import outside_the_wall


@outside_the_wall
@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  Django's signature
    """The web server answers. It asks nobody else, so it says nothing about them."""
    return HttpResponse("ok", content_type="text/plain")


@outside_the_wall
@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:  # noqa: ARG001  Django's signature
    """Database, worker, outbox and timed work; 503 as soon as one has stopped.

    Ages are whole seconds; null where nothing was ever heard that can be true, or
    nothing waits.
    """
    at = timezone.now()
    health = read_health(at)
    facts = {
        "ready": not health.faults,
        "faults": [str(fault) for fault in health.faults],
        "worker_age_s": age(health.signs.worker_at, at),
        "last_sweep_age_s": age(health.signs.timed_at, at),
        "outbox_age_s": age(oldest_waiting(at), at),
    }
    status = HTTPStatus.SERVICE_UNAVAILABLE if health.faults else HTTPStatus.OK
    return JsonResponse(facts, status=status)


def age(moment: datetime | None, at: datetime) -> int | None:
    if moment is None or not can_be(moment, at):
        return None
    return max(0, int((at - moment).total_seconds()))
