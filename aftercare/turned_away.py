"""Who may not see a page now: sent on to where that can be changed, with nothing lost.

A page is asked for again afterwards. What was typed into a form comes back on a page
that sends it again, once the person is signed in or has unlocked the screen.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode

from aftercare import problems
from aftercare.people import PersonRequest
from aftercare.sessions import Hold

View = Callable[..., HttpResponseBase]

LEADS_TO = {
    Hold.SET_UP: "mfa_index",
    Hold.CHALLENGE: "unlock",
    Hold.LOCKED: "unlock",
}


class SignedInOnly(LoginRequiredMiddleware):
    """Every page is for people who are signed in, unless it says otherwise."""

    def handle_no_permission(  # type: ignore[override]  # not always a redirect
        self, request: HttpRequest, view_func: View
    ) -> HttpResponseBase:
        """To the sign-in; or a page that keeps what was being sent."""
        return problems.signed_out(request) or super().handle_no_permission(
            request, view_func
        )


class NothingWhileHeld:
    """Staff without a proven second factor, or with a locked session, see no page.

    A page that stays open to them says so: `view.open_while` holds the reasons.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: PersonRequest, view: View, _: Any, __: Any
    ) -> HttpResponse | None:
        if request.held is None or not getattr(view, "login_required", True):
            return None
        if request.held.why in getattr(view, "open_while", ()):
            return None
        return turn_away(request, request.held.why)


def turn_away(request: HttpRequest, why: Hold) -> HttpResponse:
    """To the page where the hold ends, and from there back to where they were."""
    here = request.get_full_path() if request.method == "GET" else resolve_url("home")
    address = f"{resolve_url(LEADS_TO[why])}?{urlencode({'next': here})}"
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": address})
    return problems.held(request, address) or redirect(address)
