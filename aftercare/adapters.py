"""What we decide where the sign-in library asks: who may, in which words, and how often."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone

from aftercare import lockbox, sessions, tries
from aftercare.messages.links import link_to
from aftercare.models import Login
from aftercare.people import staff_of
from aftercare.sessions import Hold

NO_MATCH = "This e-mail address and password do not go together."
TOO_MANY = "There were too many tries. Wait five minutes, then try again."
WRONG_CODE = "This code is not right. Codes change every 30 seconds and work once."


class AccountAdapter(DefaultAccountAdapter):
    """Only staff sign in with a password. Nobody signs up: people are invited."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": NO_MATCH,
        "enter_current_password": "This is not your password.",
        "incorrect_password": "This is not your password.",
        "incorrect_code": WRONG_CODE,
        "invalid_password_reset": "This link has been used or is too old.",
        "rate_limited": TOO_MANY,
        "too_many_login_attempts": TOO_MANY,
    }

    def is_open_for_signup(self, _: HttpRequest) -> bool:
        return False

    # --- Signing in -------------------------------------------------------------------

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        super().pre_authenticate(request, **credentials)
        if tries.spent("password", credentials["email"]):
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Login | None:
        """The login; None as well for one that no longer signs in, in the same words."""
        login = super().authenticate(request, **credentials)
        if login is None or not may_sign_in(login):
            return None
        tries.was_right("password", of=credentials["email"])
        return login

    def authentication_failed(self, _: HttpRequest, **credentials: Any) -> None:
        tries.was_wrong("password", credentials["email"])

    def pre_login(
        self, request: HttpRequest, user: Login, **_: Any
    ) -> HttpResponse | None:
        """A passkey comes here without a password, perhaps of somebody who has left."""
        if may_sign_in(user):
            return None
        clear_login(request)
        self.add_message(request, messages.ERROR, message="This passkey does not fit.")
        return redirect("sign_in")

    def login(self, request: HttpRequest, user: Login) -> None:
        lockbox.keep_under_newest_key(user)
        sessions.start_staff_session(request, user, timezone.now())

    # --- Asking again -----------------------------------------------------------------

    def is_reauthentication_required(self, *, app: str, **how: Any) -> bool:
        """Not for whoever has signed in within the last minutes."""
        required = super().is_reauthentication_required(app=app, **how)
        request = self.request
        return required and not sessions.proved_something_lately(request, request.user)

    def get_reauthentication_methods(self, user: Login) -> list[dict[str, Any]]:
        """A password alone is no answer to the question for a second factor."""
        methods = super().get_reauthentication_methods(user)
        held = getattr(self.request, "held", None)
        if held and held.why is Hold.CHALLENGE:
            return [one for one in methods if one["id"] != "reauthenticate"]
        return methods

    # --- Passwords --------------------------------------------------------------------

    def set_password(self, user: Login, password: str) -> None:
        """A new password, and with it new tries. Only its column is written."""
        user.set_password(password)
        user.save(update_fields=["password"])
        self._delete_login_attempts_cached_email(self.request, email=user.email)
        tries.was_right("password", of=str(user.email))
        tries.was_right("code", of=str(user.pk))

    def send_password_reset_mail(
        self, user: Login, email: str, context: dict[str, Any]
    ) -> None:
        """A link; to an address that nobody has, the words that nobody has it."""
        words = "password_reset_key" if user.password else "unknown_account"
        self.send_mail(f"account/email/{words}", email, context)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On our own address, whatever host the request was made to."""
        return link_to(urlsplit(super().get_reset_password_from_key_url(key)).path)

    def get_password_change_redirect_url(self, _: HttpRequest) -> str:
        return resolve_url("account")


class FactorAdapter(DefaultMFAAdapter):
    """Second factors: one at least, kept so that the database alone does not give them."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": "This is your only second factor. "
        "Set up another one first.",
        "incorrect_code": WRONG_CODE,
    }

    def encrypt(self, text: str) -> str:
        return lockbox.locked(text)

    def decrypt(self, encrypted_text: str) -> str:
        return lockbox.opened(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(
            user_id=authenticator.user_id, type__in=sessions.FACTORS
        ).exclude(pk=authenticator.pk)
        return others.exists()

    def generate_authenticator_name(self, user: Login, type: str) -> str:  # noqa: A002
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return "Passkey" if not count else f"Passkey {count + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "Aftercare"}


def may_sign_in(login: Login) -> bool:
    """Whether there is somebody behind a login who works at a clinic."""
    return login.is_active and staff_of(login) is not None
