"""The forms around a second factor: app codes, recovery codes, passkeys."""

from __future__ import annotations

from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.recovery_codes.forms import GenerateRecoveryCodesForm
from allauth.mfa.totp import forms as apps
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.core.cache import cache

from aftercare import lockbox, tries

from .account import say

ENTER_CODE = "Enter the code."
NAME_IT = "Give it a name, so that you know later which device it is on."


class TypedCode(forms.Form):
    """A code that is typed. It works once, and the row of wrong ones is counted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "code", "Code", ENTER_CODE, inputmode="numeric")
        self.fields["code"].widget.attrs["class"] = "input--code"

    def clean_code(self) -> str:
        login = str(self.user.pk)
        if tries.spent("code", login):
            raise get_adapter().validation_error("incorrect_code")
        try:
            code: str = super().clean_code()  # type: ignore[misc]
            self.use_up(code)
        except forms.ValidationError:
            tries.was_wrong("code", login)
            raise
        except lockbox.Stuck as stuck:
            raise get_adapter().validation_error("incorrect_code") from stuck
        tries.was_right("code", of=login)
        return code

    def use_up(self, code: str) -> None:
        """No code works twice while it is current.

        The library forgets a used one after half a minute, but takes codes from before
        and after the current half minute too.
        """
        digits = "".join(filter(str.isdigit, code))
        current = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
        if not cache.add(f"used:{self.user.pk}:{digits}", True, current):
            raise get_adapter().validation_error("incorrect_code")


class CodeForm(TypedCode, codes.AuthenticateForm):
    """The second step of signing in."""


class ConfirmCodeForm(TypedCode, codes.ReauthenticateForm):
    """A code, to show that it is still you."""


class AppForm(TypedCode, apps.ActivateTOTPForm):
    """The first code of an app."""


class RemoveAppForm(apps.DeactivateTOTPForm):
    """A button."""


class NewCodesForm(GenerateRecoveryCodesForm):
    """A button."""


class PasskeyForm(passkeys.AddWebAuthnForm):
    """A new passkey: always one that signs in alone, with a finger, a face or a PIN."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        say(self, "name", "Name", NAME_IT)
        self.fields["name"].help_text = NAME_IT


class RenameForm(passkeys.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "name", "Name", NAME_IT)
