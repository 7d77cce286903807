"""Staff sign in: a password first; the second factor follows in second_step.py."""

from __future__ import annotations

from allauth.account import views as account
from django.http import Http404, HttpRequest, HttpResponse

from .own_account import for_everybody


def not_offered(_: HttpRequest) -> HttpResponse:
    """What the sign-in library could do and this house does not."""
    raise Http404


sign_in = for_everybody(account.login)
forgotten = for_everybody(account.password_reset)
forgotten_sent = for_everybody(account.password_reset_done)
new_password = for_everybody(account.password_reset_from_key)
new_password_set = for_everybody(account.password_reset_from_key_done)
nothing = for_everybody(not_offered)
