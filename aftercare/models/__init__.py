"""The record. One noun to a file; the database refuses what makes no sense."""

from .advice import AdviceGiven, CallRequest
from .audit import AuditEntry, AuditHead, AuditSeal
from .clinic import Clinic, Opening
from .daily_log import CallTime, DailyLog, Retraction
from .flag import Finding, Flag, SupportChange
from .follow_up import REACHED, Channel, ContactResult, FollowUp, FollowUpKind, Review
from .invitation import MOST_TRIES, Invitation
from .outbox import MessageChannel, MessageKind, OutgoingMessage
from .people import Login, Patient, StaffMember
from .rights import Erasure, ErasureAnswer, ErasureRequest, Export
from .treatment import Treatment

__all__ = [
    "MOST_TRIES",
    "REACHED",
    "AdviceGiven",
    "AuditEntry",
    "AuditHead",
    "AuditSeal",
    "CallRequest",
    "CallTime",
    "Channel",
    "Clinic",
    "ContactResult",
    "DailyLog",
    "Erasure",
    "ErasureAnswer",
    "ErasureRequest",
    "Export",
    "Finding",
    "Flag",
    "FollowUp",
    "FollowUpKind",
    "Invitation",
    "Login",
    "MessageChannel",
    "MessageKind",
    "Opening",
    "OutgoingMessage",
    "Patient",
    "Retraction",
    "Review",
    "StaffMember",
    "SupportChange",
    "Treatment",
]
