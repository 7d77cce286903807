"""Who there is: the login is one thing, the person at a clinic another.

One login may be a patient at one clinic and staff at another; each is a row of its own,
and everything else is reached through that row.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from aftercare.languages import Language
from aftercare.warning_signs.vocabulary import Choice

from .base import ClinicRow, Row, coded, one_of


class LoginManager(BaseUserManager["Login"]):
    """Makes logins; e-mail addresses are kept in lower case."""

    def create_login(self, email: str | None, password: str | None = None) -> Login:
        """A new login. Without a password it cannot sign in with one."""
        login = self.model(email=email.strip().lower() if email else None)
        login.set_password(password)
        login.save(using=self._db)
        return login

    def get_by_natural_key(self, username: str | None) -> Login:
        return self.get(email=(username or "").strip().lower())


class Login(Row, AbstractBaseUser):
    """What signs in: an e-mail address and a way to prove it. It carries no health data."""

    email = models.EmailField(unique=True, null=True)
    is_active = models.BooleanField(default=True)
    generation = models.PositiveIntegerField(
        default=0, help_text="raised to end every session of this login"
    )

    objects: ClassVar[LoginManager] = LoginManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(email__isnull=True) | Q(email=Lower("email")),
                name="login_email_lower_case",
            ),
        ]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is bound to: a new password or generation ends it.

        Django calls this for the hash of the day and for those of older secret keys.
        """
        proof = f"{self.password}:{self.generation}"
        salt = "aftercare.models.people.Login"
        return salted_hmac(salt, proof, secret=secret, algorithm="sha256").hexdigest()


class RemindBy(Choice):
    """How a patient wants to be reminded; not chosen yet is the first."""

    UNDECIDED = "undecided", "Not chosen yet"
    EMAIL = "email", "By e-mail"
    SMS = "sms", "By text message"
    BOTH = "both", "By e-mail and text message"
    NONE = "none", "Not at all"


class Patient(ClinicRow):
    """A person under the care of one clinic."""

    login = models.ForeignKey(Login, models.PROTECT, null=True, related_name="patients")
    given_name = models.CharField(max_length=80)
    family_name = models.CharField(max_length=80)
    birth_date = models.DateField()
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    zone = models.CharField(max_length=64, blank=True, help_text="blank: the clinic's")
    remind_at = models.TimeField(null=True, help_text="empty: the clinic's usual time")
    remind_by = coded(RemindBy, default=RemindBy.UNDECIDED)
    language = coded(Language, default=Language.ENGLISH)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(given_name="") & ~Q(family_name=""),
                name="patient_has_name",
            ),
            one_of("patient", "remind_by", RemindBy),
            one_of("patient", "language", Language),
            models.UniqueConstraint(
                fields=["clinic", "login"], name="patient_once_per_login"
            ),
        ]
        indexes = [
            models.Index(
                fields=["clinic", "family_name", "given_name"], name="patient_by_name"
            ),
            # Whoever asks for a code is of no clinic yet.
            models.Index(Lower("email"), name="patient_by_email"),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}"


class StaffMember(ClinicRow):
    """A person who works at one clinic, with one role or several."""

    login = models.ForeignKey(Login, models.PROTECT, related_name="staff_members")
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=30, blank=True, help_text="for alerts")
    is_owner = models.BooleanField(default=False)
    is_clinical_lead = models.BooleanField(default=False)
    is_clinician = models.BooleanField(default=False)
    is_front_desk = models.BooleanField(default=False)
    is_auditor = models.BooleanField(default=False)
    joined_at = models.DateTimeField(null=True, help_text="empty: invited, not yet in")
    deactivated_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, help_text="rises with each change")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="staff_has_name"),
            models.CheckConstraint(
                condition=Q(is_owner=True)
                | Q(is_clinical_lead=True)
                | Q(is_clinician=True)
                | Q(is_front_desk=True)
                | Q(is_auditor=True),
                name="staff_has_a_role",
            ),
            models.UniqueConstraint(
                fields=["clinic", "login"], name="staff_once_per_login"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """First letters of the first and last name, for the owner's circle."""
        words = self.name.split()
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()
