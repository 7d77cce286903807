"""The sign-in form."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.contrib.auth.forms import AuthenticationForm


class SignInForm(AuthenticationForm):
    """E-mail and password. Known and unknown addresses get the same words."""

    error_messages = {
        "invalid_login": "This e-mail address and password do not go together.",
        "inactive": "This e-mail address and password do not go together.",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"] = forms.EmailField(
            label="E-mail address",
            widget=forms.EmailInput(attrs={"autocomplete": "username"}),
            error_messages={"required": "Enter your e-mail address."},
        )
        self.fields["password"].error_messages["required"] = "Enter your password."
        self.helper = FormHelper()
        self.helper.add_input(Submit("go", "Sign in", css_class="btn--big"))

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()
