"""Asking again who it is: after a while of doing nothing, and before what is dangerous."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from allauth.mfa.base import views as factors
from allauth.mfa.webauthn import views as passkeys
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.generic import FormView

from aftercare import sessions
from aftercare.people import PersonRequest

from .passkeys import OffersPasskey

# From the quickest on. A password is not offered where a second factor is asked for.
QUICKEST = ("mfa_reauthenticate:webauthn", "reauthenticate", "mfa_reauthenticate")


class Unlocks(FormView):
    """A right answer opens a locked session as well."""

    def form_valid(self, form: Any) -> HttpResponse:
        sessions.unlock(self.request.session, timezone.now())
        if self.request.held:  # the page that waits for them is asked for anew
            self.request.session.pop(STATE_SESSION_KEY, None)
        return super().form_valid(form)


class Confirm(Unlocks, account.ReauthenticateView):
    """By password."""


class ConfirmByCode(Unlocks, factors.ReauthenticateView):
    """By app code or recovery code."""


class ConfirmByPasskey(Unlocks, OffersPasskey, passkeys.ReauthenticateWebAuthnView):
    """By passkey."""

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))


@require_safe
def to_quickest(request: PersonRequest) -> HttpResponse:
    """To the quickest way of showing who one is; or on, where nothing is locked."""
    adapter = get_adapter()
    back = request.GET.get("next", "")
    if request.held is None:
        is_ours = back.startswith("/") and adapter.is_safe_url(back)
        return HttpResponseRedirect(back if is_ours else resolve_url("home"))
    ways = {
        one["id"]: one for one in adapter.get_reauthentication_methods(request.user)
    }
    quickest = next(ways[name]["url"] for name in QUICKEST if name in ways)
    return redirect(f"{quickest}?{request.GET.urlencode()}")


by_password = Confirm.as_view()
by_code = ConfirmByCode.as_view()
by_passkey = ConfirmByPasskey.as_view()
