"""The second factor of staff: set up, shown, replaced; and the codes that stand in for it."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base import views as factors
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as apps
from django.http import HttpResponse

from aftercare import sessions


class AddApp(apps.ActivateTOTPView):
    """Set up an app. Its first code has been shown, so it counts for this session."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        kind = Authenticator.Type.TOTP
        sessions.note_second_factor(self.request, self.request.user, kind)
        return response


second_factor = factors.index
add_app = AddApp.as_view()
remove_app = apps.deactivate_totp
recovery_codes = codes.view_recovery_codes
new_recovery_codes = codes.generate_recovery_codes
