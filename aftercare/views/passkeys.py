"""Passkeys: what the browser is asked for, and the pages where staff look after theirs."""

from __future__ import annotations

import json
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as passkeys
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.generic.base import ContextMixin

from aftercare import sessions


def for_script(options: Any) -> dict[str, str]:
    """What the page's script asks the browser for; it stands in an attribute."""
    return {"passkey": json.dumps(options, cls=DjangoJSONEncoder)}


class OffersPasskey(ContextMixin):
    """A page on which a passkey can be shown."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | kwargs
        return context | for_script(context.pop("js_data")["request_options"])


class AddPasskey(passkeys.AddWebAuthnView):
    """Set up a passkey. Whoever does has shown it, so it counts for this session."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | kwargs
        options = begin_registration(self.request.user, passwordless=True)
        return context | for_script(options)

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        kind = Authenticator.Type.WEBAUTHN
        sessions.note_second_factor(self.request, self.request.user, kind)
        return response


class RemovePasskey(passkeys.RemoveWebAuthnView):
    """Remove a passkey, unless it is the only second factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        adapter = get_adapter()
        if adapter.can_delete_authenticator(self.get_object()):
            return super().form_valid(form)
        words = adapter.error_messages["cannot_delete_authenticator"]
        messages.error(self.request, words)
        return redirect("mfa_list_webauthn")


all_passkeys = passkeys.list_webauthn
add_passkey = AddPasskey.as_view()
rename_passkey = passkeys.edit_webauthn
remove_passkey = RemovePasskey.as_view()
