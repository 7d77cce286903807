"""The chain over a clinic's audit: each row is sealed together with the seal before it.

Plain Python. The database makes the seals itself (`models/audit_sealed.py`); here they
are made a second time, so that what was changed, removed, added or swapped is found.
"""

from .following import Head, Row, first_fault
from .printing import NotReadable, printed, read_printed
from .seal import COLUMNS, Columns, as_text, canonical, seal

__all__ = [
    "COLUMNS",
    "Columns",
    "Head",
    "NotReadable",
    "Row",
    "as_text",
    "canonical",
    "first_fault",
    "printed",
    "read_printed",
    "seal",
]
