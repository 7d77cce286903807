"""A member of staff who signs in as people do: with a password, a code, a passkey."""

from __future__ import annotations

import re
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client

from aftercare.models import Login, StaffMember
from tests.signing_in import SECRET, set_up_app

PASSWORD = "four words that belong"
ANOTHER = "other words that do not"
PERIOD = 30


def with_password(staff: StaffMember, *, app: bool = True) -> StaffMember:
    """Somebody with a password, and an app that shows codes."""
    staff.login.set_password(PASSWORD)
    staff.login.save()
    if app:
        set_up_app(staff.login)
    return staff


def code_now(steps: int = 0, secret: str = SECRET) -> str:
    """What the app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + steps))


def recovery_codes(login: Login) -> list[str]:
    """The recovery codes that are left."""
    kept = Authenticator.objects.get(user_id=login.pk, type="recovery_codes")
    return kept.wrap().get_unused_codes()


def gives_password(
    client: Client, email: str | None, password: str = PASSWORD, **more: Any
) -> HttpResponse:
    return client.post("/sign-in/", {"login": email, "password": password}, **more)


def gives_code(client: Client, code: str) -> HttpResponse:
    return client.post("/sign-in/code/", {"code": code})


def signs_in(client: Client, staff: StaffMember) -> Client:
    """With password and code, the whole way."""
    assert gives_password(client, staff.login.email).url == "/sign-in/code/"
    assert gives_code(client, code_now()).url == "/home/"
    return client


def sees_patients(client: Client) -> bool:
    """Whether the queue opens."""
    return client.get("/queue/").status_code == 200


def said(answer: HttpResponse) -> str:
    """The page, without what differs each time it is drawn."""
    page = answer.content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
