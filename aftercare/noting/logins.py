"""Who came in, who went, who was not let in, and who changed what they sign in with.

The sign-in library does these things and says so by signals; each is a row in the audit
of every clinic at which the login has somebody.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.core.signals import request_finished
from django.utils import timezone

from aftercare.models import Login
from aftercare.services.audit import ASKED_FROM, record_login, record_refused

# Whose password was wrong in this request, and on which page.
REFUSED: ContextVar[tuple[str, str] | None] = ContextVar("refused", default=None)


def listen() -> None:
    """Connect everything below; once, when the program starts."""
    account.user_logged_in.connect(came_in)
    user_logged_out.connect(went)
    user_login_failed.connect(was_refused)
    request_finished.connect(note_refused)
    account.password_changed.connect(changed_password)
    account.password_reset.connect(changed_password)
    factors.authenticator_added.connect(added_factor)
    factors.authenticator_removed.connect(removed_factor)
    factors.authenticator_reset.connect(renewed_factor)
    factors.authentication_failed.connect(gave_wrong_code)


def came_in(user: Login, **_: Any) -> None:
    record_login("login.signed_in", user, timezone.now())


def went(user: Login | None, **_: Any) -> None:
    if user is not None:
        record_login("login.signed_out", user, timezone.now())


def was_refused(credentials: dict[str, Any], **_: Any) -> None:
    """Remembered until the answer is sent: otherwise it would take longer for an address
    that somebody has, and tell that somebody has it.
    """
    asked = ASKED_FROM.get()
    REFUSED.set((str(credentials.get("email")), asked.page if asked else ""))


def note_refused(**_: Any) -> None:
    refused = REFUSED.get()
    REFUSED.set(None)
    if refused:
        email, page = refused
        record_refused(email, page, timezone.now())


def gave_wrong_code(user: Login, **_: Any) -> None:
    record_login("login.refused", user, timezone.now(), reason="code")


def changed_password(user: Login, **_: Any) -> None:
    record_login("password.changed", user, timezone.now())


def added_factor(user: Login, authenticator: Authenticator, **_: Any) -> None:
    record_login("factor.added", user, timezone.now(), reason=authenticator.type)


def removed_factor(user: Login, authenticator: Authenticator, **_: Any) -> None:
    record_login("factor.removed", user, timezone.now(), reason=authenticator.type)


def renewed_factor(user: Login, authenticator: Authenticator, **_: Any) -> None:
    record_login("factor.renewed", user, timezone.now(), reason=authenticator.type)
