"""How a session begins, how long it lasts, and how all sessions of a login end at once.

A patient's device stays signed in until their course is over. Staff are signed in for
twelve hours at most, and locked out after a quarter of an hour in which they do nothing.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from enum import StrEnum

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login as open_session
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import F
from django.http import HttpRequest

from aftercare.models import Login, Patient, StaffMember, Treatment
from aftercare.warning_signs.parameters import DEFAULTS

# What a session holds. STARTED and ACTIVE are seconds since 1970.
PERSON = "person"
STARTED, ACTIVE, DEMO = "started", "active", "demo"

IDLE = timedelta(minutes=15)
LONGEST = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)
COURSE = timedelta(days=DEFAULTS.max_log_day)
AFTER_COURSE = timedelta(days=14)
DEMO_LASTS = timedelta(days=14)

SECOND_FACTOR = "mfa"
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class Hold(StrEnum):
    """Why staff who are signed in may not see anything yet."""

    SET_UP = "a second factor has to be set up"
    CHALLENGE = "the second factor has to be shown"
    LOCKED = "nothing was done for a while"


# --- Beginning ------------------------------------------------------------------------


def start_patient_session(request: HttpRequest, patient: Patient, at: datetime) -> None:
    """Sign a patient in on this device until two weeks after their course."""
    open_session(request, patient.login)
    request.session[PERSON] = str(patient.pk)
    request.session.set_expiry(_end_of_course(patient, at) + AFTER_COURSE)
    UserSession.objects.create_from_request(request)


def start_staff_session(request: HttpRequest, login: Login, at: datetime) -> None:
    """Sign staff in; what they have proven is in the session's records already."""
    open_session(request, login)
    request.session[STARTED] = request.session[ACTIVE] = at.timestamp()
    request.session.set_expiry(0)  # a closed browser signs out


def start_first_session(request: HttpRequest, staff: StaffMember, at: datetime) -> None:
    """Sign in somebody who has just chosen their first password.

    All they see is the page where they set up a second factor.
    """
    start_staff_session(request, staff.login, at)
    record_authentication(request, staff.login, "password")
    UserSession.objects.create_from_request(request)


def start_demo_session(request: HttpRequest, person: Patient | StaffMember) -> None:
    """Be somebody of a demo clinic: nothing to prove, and no lock to open again."""
    open_session(request, person.login)
    request.session[PERSON] = str(person.pk)
    request.session[DEMO] = True
    request.session.set_expiry(DEMO_LASTS)


def be(session: SessionBase, member: StaffMember) -> None:
    """Somebody who works at several clinics is at this one from now on."""
    session[PERSON] = str(member.pk)


def stay_for_course(session: SessionBase, treatment: Treatment) -> None:
    """A device that was signed in for an earlier course stays so for this one too."""
    ends = treatment.performed_at + COURSE + AFTER_COURSE
    if not is_demo(session) and session.get_expiry_date() < ends:
        session.set_expiry(ends)


def _end_of_course(patient: Patient, at: datetime) -> datetime:
    """When the last course of a patient ends; of one who has none yet, a whole one from now."""
    treatments = patient.treatments.filter(voided_at__isnull=True)
    last = treatments.order_by("-performed_at").first()
    return max(last.performed_at + COURSE if last else at + COURSE, at)


# --- Lasting --------------------------------------------------------------------------


def is_demo(session: SessionBase) -> bool:
    """Whether nothing has to be proven: only ever in the demo."""
    return bool(settings.DEMO and session.get(DEMO))


def is_over(session: SessionBase, at: datetime) -> bool:
    """Whether a session of staff has lasted for as long as one may."""
    if is_demo(session):
        return False
    return _since(session, STARTED, at) >= LONGEST.total_seconds()


def is_locked(session: SessionBase, at: datetime) -> bool:
    """Whether nothing was done for so long that somebody else may sit there now."""
    return _since(session, ACTIVE, at) >= IDLE.total_seconds()


def seconds_left(session: SessionBase, at: datetime) -> int:
    """Seconds until the session locks itself."""
    return max(0, int(IDLE.total_seconds() - _since(session, ACTIVE, at)))


def note_activity(session: SessionBase, at: datetime) -> None:
    """Something was done just now. Written at most once a minute: pages stay quick."""
    if (
        not is_demo(session)
        and _since(session, ACTIVE, at) >= NOTED_EVERY.total_seconds()
    ):
        unlock(session, at)


def unlock(session: SessionBase, at: datetime) -> None:
    """The person was asked who they are, and proved it."""
    session[ACTIVE] = at.timestamp()


def _since(session: SessionBase, mark: str, at: datetime) -> float:
    """Seconds since a mark; without one it is as if it had been for ever."""
    return at.timestamp() - session.get(mark, 0.0)


def hold_of(request: HttpRequest, login: Login, at: datetime) -> Hold | None:
    """What keeps a member of staff out; None when nothing does."""
    if is_demo(request.session):
        return None
    if not has_proven_second_factor(request, login):
        return Hold.CHALLENGE if has_second_factor(login) else Hold.SET_UP
    return Hold.LOCKED if is_locked(request.session, at) else None


# --- Proof ----------------------------------------------------------------------------


def has_second_factor(login: Login) -> bool:
    """Whether a passkey or an app is set up; recovery codes only stand in for them."""
    return is_mfa_enabled(login, FACTORS)


def factor_counts(login: Login) -> dict[str, int]:
    """How many passkeys, apps and sets of recovery codes a login has, by kind."""
    kinds = Authenticator.objects.filter(user_id=login.pk).values_list(
        "type", flat=True
    )
    return {kind: list(kinds).count(kind) for kind in Authenticator.Type.values}


def has_proven_second_factor(request: HttpRequest, login: Login) -> bool:
    """Whether a passkey, an app code or a recovery code was shown in this session."""
    records = get_authentication_records(request, login)
    return any(record["method"] == SECOND_FACTOR for record in records)


def note_second_factor(request: HttpRequest, login: Login, kind: str) -> None:
    """A second factor that was set up in this session was shown in it as well."""
    record_authentication(request, login, SECOND_FACTOR, type=kind)


def proved_something_lately(request: HttpRequest, login: Login) -> bool:
    """Whether a password or a factor was shown within the last minutes."""
    records = get_authentication_records(request, login)
    newest = max((record["at"] for record in records), default=0.0)
    lasts = settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return bool(time.time() - newest < lasts)


# --- Ending ---------------------------------------------------------------------------


def end_all_sessions(login: Login) -> None:
    """Every device is signed out with its next request."""
    Login.objects.filter(pk=login.pk).update(generation=F("generation") + 1)
    login.refresh_from_db(fields=["generation"])


def forget_second_factors(login: Login) -> None:
    """For somebody who has lost them all: at the next sign-in they set up new ones."""
    Authenticator.objects.filter(user_id=login.pk).delete()
    end_all_sessions(login)
