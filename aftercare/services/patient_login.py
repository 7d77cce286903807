"""The login behind a patient: made when they first come in, without a password."""

from __future__ import annotations

from aftercare.models import Login, Patient


def give_login(patient: Patient) -> None:
    """The patient has a login from now on, made once. Inside the caller's transaction.

    It has no address, so that a family can share one, and nothing to sign in with: only
    a link of the clinic, or a code and the date of birth, open a session.
    """
    found = Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    if found.login_id is None:
        found.login = Login.objects.create_login(None)
        found.save(update_fields=["login"])
    patient.login = found.login
