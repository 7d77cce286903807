"""Ashgrove Clinic, London: the bigger of the two demo clinics."""

from .flagged import FLAGGED
from .quiet import QUIET
from .staff import ROTA, STAFF

COURSES = (*QUIET, *FLAGGED)

__all__ = ["COURSES", "ROTA", "STAFF"]
