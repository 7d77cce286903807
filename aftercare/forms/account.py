"""The forms around a password: signing in, a new one, a forgotten one."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from django import forms
from django.contrib.auth import get_user_model

ENTER_EMAIL = "Enter your e-mail address."
ENTER_PASSWORD = "Enter your password."  # noqa: S105  words for people
CHOOSE = "15 characters or more. Three or four words that belong together only for you \
are easy to keep in mind."


class SignInForm(account.LoginForm):
    """E-mail and password. Known and unknown addresses get the same words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "login", "E-mail address", ENTER_EMAIL, autocomplete="username")
        say(self, "password", "Password", ENTER_PASSWORD)


class ConfirmForm(account.ReauthenticateForm):
    """The password once more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "password", "Password", ENTER_PASSWORD)


class ChangePasswordForm(account.ChangePasswordForm):
    """The old password and twice the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "oldpassword", "Your password now", ENTER_PASSWORD)
        say_new(self)


class NewPasswordForm(account.ResetPasswordKeyForm):
    """Twice a new password, after the link of an e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_new(self)


class ForgottenForm(account.ResetPasswordForm):
    """An address to which the way to a new password is sent, if it is a known one."""

    users: list[Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "email", "E-mail address", ENTER_EMAIL, autocomplete="username")

    def clean_email(self) -> str:
        """Only who signs in with a password now can have forgotten one.

        For an address that nobody has the work is done as well, for somebody who is not
        there: the clock does not tell. Their mail has other words (see the adapter).
        """
        email = super().clean_email()
        known = [login for login in self.users if login.has_usable_password()]
        self.users = known or [get_user_model()(email=email)]
        return email


def say(
    form: forms.Form, name: str, label: str, missing: str, **attributes: str
) -> None:
    """Label a field in our words, without hints that the page gives elsewhere."""
    field = form.fields[name]
    field.label, field.help_text = label, ""
    field.error_messages["required"] = missing
    field.error_messages["invalid"] = missing
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs |= attributes


def say_new(form: forms.Form) -> None:
    """The two fields of a new password."""
    say(form, "password1", "New password", "Choose a new password.")
    say(form, "password2", "The new password again", "Type the new password again.")
    form.fields["password1"].help_text = CHOOSE
