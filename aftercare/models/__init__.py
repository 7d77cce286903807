"""The record. One noun to a file; the database refuses what makes no sense."""

from .advice import AdviceGiven, CallRequest
from .audit import AuditEntry, AuditHead, AuditSeal
from .clinic import Clinic, Opening
from .daily_log import CallTime, DailyLog, Retraction
from .duty import Duty, Handover
from .flag import Finding, Flag, SupportChange
from .follow_up import REACHED, Channel, ContactResult, FollowUp, FollowUpKind, Review
from .invitation import MOST_TRIES, Invitation
from .outbox import GaveUp, MessageChannel, MessageKind, OutgoingMessage
from .people import Login, Patient, RemindBy, StaffMember
from .rights import Erasure, ErasureAnswer, ErasureRequest, Export
from .treatment import Treatment
from .waiting import DayRecord, MovedPromise, Telling
from .worker import TimedRun, WorkerBeat

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
    "DayRecord",
    "Duty",
    "Erasure",
    "ErasureAnswer",
    "ErasureRequest",
    "Export",
    "Finding",
    "Flag",
    "FollowUp",
    "FollowUpKind",
    "GaveUp",
    "Handover",
    "Invitation",
    "Login",
    "MessageChannel",
    "MessageKind",
    "MovedPromise",
    "Opening",
    "OutgoingMessage",
    "Patient",
    "RemindBy",
    "Retraction",
    "Review",
    "StaffMember",
    "SupportChange",
    "Telling",
    "TimedRun",
    "Treatment",
    "WorkerBeat",
]
