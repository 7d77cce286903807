"""Staff sign in: a password and then a second factor, or a passkey that is both."""

from __future__ import annotations

from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.webauthn import views as passkeys
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from .own_account import for_everybody
from .passkeys import OffersPasskey


class ShowFactor(OffersPasskey, factors.AuthenticateView):
    """The second step: an app code, a recovery code, or a passkey."""


class PasskeySignIn(passkeys.LoginWebAuthnView):
    """A passkey alone signs in: the device itself asks for a finger, a face or a PIN."""

    def get(self, *_: Any, **__: Any) -> HttpResponse:
        """What the script of the sign-in page asks the browser for."""
        return JsonResponse(begin_authentication())


def not_offered(_: HttpRequest) -> HttpResponse:
    """What the sign-in library could do and this house does not."""
    raise Http404


sign_in = for_everybody(account.login)
show_factor = for_everybody(ShowFactor.as_view())
passkey_sign_in = for_everybody(PasskeySignIn.as_view())
forgotten = for_everybody(account.password_reset)
forgotten_sent = for_everybody(account.password_reset_done)
new_password = for_everybody(account.password_reset_from_key)
new_password_set = for_everybody(account.password_reset_from_key_done)
nothing = for_everybody(not_offered)
