"""How tests sign somebody in: every one of them through `sign_in`, and in no other way."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from aftercare import lockbox, sessions
from aftercare.models import Login, Patient, StaffMember

Person = Patient | StaffMember | Login

# Tests look months ahead.
FOR_LONG = timedelta(days=400)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def sign_in(client: Client, person: Person, at: datetime | None = None) -> Client:
    """A browser in which somebody is signed in; a patient without a login gets one.

    Staff have a second factor and have shown it. Nobody is locked or signed out, however
    far a test moves its clock, unless it says when they signed in: `at`. A `Login` alone
    is somebody who is no person at any clinic.
    """
    login = login_of(person)
    request = request_of(client)
    if isinstance(person, StaffMember):
        set_up_app(login)
        sessions.start_first_session(request, person, at or timezone.now() + FOR_LONG)
        sessions.note_second_factor(request, login, Authenticator.Type.TOTP)
    elif isinstance(person, Patient):
        sessions.start_patient_session(request, person, timezone.now())
    else:
        sessions.open_session(request, login)
    if at is None:
        request.session.set_expiry(FOR_LONG)
    keep(client, request)
    return client


def login_of(person: Person) -> Login:
    """What somebody signs in with."""
    if isinstance(person, Login):
        return person
    if person.login is None:
        person.login = Login.objects.create_login(None)
        person.save(update_fields=["login"])
    return person.login


def set_up_app(login: Login) -> None:
    """An app that shows codes, and recovery codes that have been looked at."""
    codes = {"seed": lockbox.locked("seed"), "used_mask": 0, "viewed_at": 1.0}
    secret = {"secret": lockbox.locked(SECRET)}
    data: dict[str, Any]
    for kind, data in (("totp", secret), ("recovery_codes", codes)):
        mine = Authenticator.objects.filter(user_id=login.pk, type=kind)
        if not mine.exists():
            Authenticator.objects.create(user_id=login.pk, type=kind, data=data)


def request_of(client: Client) -> HttpRequest:
    """A request from this browser, with its session."""
    cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
    engine = import_module(settings.SESSION_ENGINE)
    request = HttpRequest()
    request.META |= {"SERVER_NAME": "testserver", "SERVER_PORT": "80"}
    request.META |= {"REMOTE_ADDR": "127.0.0.1", "HTTP_USER_AGENT": "a test"}
    request.session = engine.SessionStore(cookie.value if cookie else None)
    request.user = AnonymousUser()
    return request


def keep(client: Client, request: HttpRequest) -> None:
    """Store the session, and put its key into the browser."""
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
