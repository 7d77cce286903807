"""What takes data away asks for the second factor once more, unless it was shown just now."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode

from aftercare import sessions
from aftercare.people import StaffRequest
from aftercare.views.see_other import SeeOther

View = Callable[..., HttpResponseBase]

WAYS = ("mfa_reauthenticate:webauthn", "mfa_reauthenticate")


def fresh_factor(view: View) -> View:
    """The page opens to whoever has shown a second factor within the last minutes."""

    @wraps(view)
    def asked(request: StaffRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if is_fresh(request):
            return view(request, *args, **kwargs)
        messages.info(request, "Show your second factor once more to go on.")
        answer = SeeOther(_way(request))
        answer.headers["Location"] += "?" + urlencode({"next": _back_to(request)})
        return answer

    return asked


def is_fresh(request: StaffRequest) -> bool:
    """Whether a passkey or a code was shown lately; in the demo there is none to show."""
    if sessions.is_demo(request.session):
        return True
    shown = [
        record["at"]
        for record in get_authentication_records(request, request.user)
        if record["method"] == sessions.SECOND_FACTOR
    ]
    lasts = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return time.time() - max(shown, default=0.0) < lasts


def _back_to(request: StaffRequest) -> str:
    """The page that was asked for, filters and all; what was sent is sent once more there."""
    return request.get_full_path() if request.method == "GET" else request.path


def _way(request: StaffRequest) -> str:
    """To the quickest second factor that they have."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    ways = {one["id"]: one["url"] for one in methods}
    return next((ways[one] for one in WAYS if one in ways), reverse("unlock"))
