"""The names of the audit's tables, for the triggers."""

from __future__ import annotations

ENTRY = "aftercare_auditentry"
SEAL = "aftercare_auditseal"
HEAD = "aftercare_audithead"
