"""The link in every reminder: no more of them, by one button and without signing in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from aftercare.second_wall.standing import outside_the_wall
from aftercare.services.stop_messages import UnknownLink, clinic_behind, stop_messages


@outside_the_wall
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, stop: str) -> HttpResponse:
    """Opening it changes nothing, so that a mail scanner cannot stop anybody's reminders."""
    try:
        if request.method == "POST":
            facts = {"clinic": stop_messages(stop, timezone.now()), "stopped": True}
        else:
            facts = {"clinic": clinic_behind(stop)}
    except UnknownLink as wrong:
        raise Http404 from wrong
    return render(request, "public/stop.html", facts)
