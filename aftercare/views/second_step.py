"""Signing in with a second factor, or with a passkey alone."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base import views as factors
from allauth.mfa.webauthn import views as passkeys
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.http import HttpResponse, JsonResponse

from .passkeys import OffersPasskey


class ShowFactor(OffersPasskey, factors.AuthenticateView):
    """The second step: an app code, a recovery code, or a passkey."""


class PasskeySignIn(passkeys.LoginWebAuthnView):
    """A passkey alone signs in: the device itself asks for a finger, a face or a PIN."""

    def get(self, *_: Any, **__: Any) -> HttpResponse:
        """What the script of the sign-in page asks the browser for."""
        return JsonResponse(begin_authentication())


show_factor = ShowFactor.as_view()
passkey_sign_in = PasskeySignIn.as_view()
