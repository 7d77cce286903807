"""How tests sign somebody in: every one of them through `sign_in`, and in no other way."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from aftercare.models import Login, Patient, StaffMember

Person = Patient | StaffMember | Login


def sign_in(client: Client, person: Person) -> Client:
    """A browser in which somebody is signed in; a patient without a login gets one.

    Staff have proven their second factor, and nobody is signed out however far a test
    moves its clock. A `Login` alone is somebody who is no person at any clinic.
    """
    client.force_login(login_of(person))
    session = client.session
    session.set_expiry(timedelta(days=400))  # tests look months ahead
    session.save()
    return client


def login_of(person: Person) -> Login:
    """What somebody signs in with."""
    if isinstance(person, Login):
        return person
    if person.login is None:
        person.login = Login.objects.create_login(None)
        person.save(update_fields=["login"])
    return person.login
