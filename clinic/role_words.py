"""Roles in plain words, and what each may do as a table, read from the rights themselves."""

from __future__ import annotations

from dataclasses import dataclass

from aftercare.models import StaffMember
from aftercare.permissions import ROLE_MAY, May

ROLES = {
    "is_owner": "Owner",
    "is_clinical_lead": "Clinical lead",
    "is_clinician": "Clinician",
    "is_front_desk": "Front desk",
    "is_auditor": "Auditor",
}
EXPLAINED = {
    "is_owner": "Runs the team and the settings. Reads everything, closes nothing.",
    "is_clinical_lead": "Answers for care: closes every flag, emergencies too.",
    "is_clinician": "Looks at flags, calls patients, closes flags but no emergencies.",
    "is_front_desk": "Registers patients, sees names, and notes calls. No answers.",
    "is_auditor": "Reads who did what. Sees no patient's page and no queue.",
}

# Each line: what it is called, and the rights that all belong to it.
LINES: tuple[tuple[str, tuple[May, ...]], ...] = (
    ("See the queue", (May.SEE_QUEUE,)),
    ("Read answers and reasons", (May.READ_CLINICAL,)),
    ("Register patients, send links", (May.REGISTER,)),
    ("Note a call or message", (May.CONTACT,)),
    ("Acknowledge, assign, snooze", (May.ACKNOWLEDGE,)),
    ("Close flags", (May.REVIEW,)),
    ("Close emergencies", (May.REVIEW_EMERGENCY,)),
    ("Enter a log by telephone", (May.ENTER_LOG,)),
    ("Cover rota", (May.ROTA,)),
    ("Team and settings", (May.MANAGE_TEAM, May.CHANGE_SETTINGS)),
    ("Take data out", (May.EXPORT,)),
    ("Read the audit", (May.READ_OWN_AUDIT,)),
)
# Where a role may less than the line says.
LESS = {
    ("See the queue", "is_front_desk"): "names only",
    ("Read the audit", "is_clinician"): "their own",
}


@dataclass(frozen=True, slots=True)
class RightsLine:
    """One line of the table: a right, and for each role "yes", "–" or how much of it."""

    words: str
    cells: tuple[tuple[str, str], ...]


def rights_table() -> tuple[RightsLine, ...]:
    """What each role may."""
    return tuple(
        RightsLine(
            words,
            tuple((ROLES[role], _cell(words, role, rights)) for role in ROLES),
        )
        for words, rights in LINES
    )


def role_names(member: StaffMember) -> str:
    """The roles of somebody: "Owner, Clinician"."""
    return ", ".join(words for role, words in ROLES.items() if getattr(member, role))


def _cell(words: str, role: str, rights: tuple[May, ...]) -> str:
    if not ROLE_MAY[role].issuperset(rights):
        return "–"
    return LESS.get((words, role), "yes")
