"""The record. One noun to a file; the database refuses what makes no sense."""

from .advice import AdviceGiven, CallRequest
from .audit import AuditEntry
from .clinic import Clinic, Opening
from .daily_log import CallTime, DailyLog, Retraction
from .flag import Finding, Flag, SupportChange
from .follow_up import REACHED, Channel, ContactResult, FollowUp, FollowUpKind, Review
from .people import Login, Patient, StaffMember
from .treatment import Treatment

__all__ = [
    "REACHED",
    "AdviceGiven",
    "AuditEntry",
    "CallRequest",
    "CallTime",
    "Channel",
    "Clinic",
    "ContactResult",
    "DailyLog",
    "Finding",
    "Flag",
    "FollowUp",
    "FollowUpKind",
    "Login",
    "Opening",
    "Patient",
    "Retraction",
    "Review",
    "StaffMember",
    "SupportChange",
    "Treatment",
]
