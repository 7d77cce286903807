"""The first password of a colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from aftercare.forms.account import CHOOSE

if TYPE_CHECKING:
    from aftercare.models import Login


class FirstPassword(forms.Form):
    """A password that is long enough, and like no common one and no name of theirs.

    The address is shown so that a password manager keeps both together.
    """

    email = forms.EmailField(
        label="E-mail address",
        disabled=True,
        required=False,
        widget=forms.EmailInput({"autocomplete": "username"}),
    )
    password = forms.CharField(
        label="Choose a password",
        help_text=CHOOSE,
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        error_messages={"required": "Choose a password."},
    )

    def __init__(self, *args: Any, login: Login, **kwargs: Any) -> None:
        kwargs["initial"] = {"email": login.email}
        super().__init__(*args, **kwargs)
        self.login = login

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.login)
        return password
