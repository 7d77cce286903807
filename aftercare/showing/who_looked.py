"""Who has looked at a patient's record, for the patient: a line for each person and day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Max
from django.db.models.functions import TruncDate

from aftercare.models import Export, Patient, StaffMember

from .moments import date_words

AT_ONCE = 120
SOMEBODY = "Somebody who has left the clinic"

# What each verb means to the patient, in the order in which it is said.
LOOKED = "looked at your record"
COPIED = "took a copy of your record"
COPIED_ALL = "took a copy of all records, yours among them"
SAID = {
    LOOKED: ("patient.read",),
    "wrote in your record": (
        "patient.registered",
        "patient.changed",
        "treatment.registered",
        "treatment.changed",
        "treatment.voided",
    ),
    "wrote down a log that you told us": ("log.submitted", "log.corrected"),
    "took a log back": ("log.retracted",),
    "took care of what you told us": (
        "flag.acknowledged",
        "flag.acknowledgement_undone",
        "flag.assigned",
        "flag.escalated",
        "flag.snoozed",
        "flag.released",
        "flag.reviewed",
        "flag.review_undone",
    ),
    "wrote down a call or a message": ("flag.contacted",),
    "made a link for you to come in": ("invitation.made",),
    "took your link back": ("invitation.revoked",),
    "signed your devices out": ("devices.signed_out",),
    "answered your wish to be deleted": ("erasure.refused", "erasure.withdrawn"),
    COPIED: ("record.exported",),
    COPIED_ALL: (),
}
MEANS = {verb: words for words, verbs in SAID.items() for verb in verbs}
IN_ORDER = tuple(SAID)
OTHERWISE = "worked with your record"

ROLES = {
    "is_clinical_lead": "clinical lead",
    "is_clinician": "clinician",
    "is_owner": "owner of the clinic",
    "is_front_desk": "front desk",
    "is_auditor": "auditor",
}


@dataclass(frozen=True, slots=True)
class Looked:
    """One person on one day. `what` is a sentence without its subject, and `at` the last
    moment of it.
    """

    day: date
    at: datetime
    who: str
    role: str
    what: str

    @property
    def when(self) -> str:
        """The day: "Monday 1 June"."""
        return date_words(self.day)


@dataclass(frozen=True, slots=True)
class WhoLooked:
    """Some lines, newest first; `next` is the day before which the next ones begin."""

    lines: tuple[Looked, ...]
    next: date | None


def who_looked(patient: Patient, after: date | None = None) -> WhoLooked:
    """Who at the clinic read or did something with the record; three queries.

    `after` is the day on which the lines before these ended. What the patient did and
    what the software did by itself is not told: no person looked.
    """
    found, rest = _steps(patient, after)
    people = StaffMember.objects.in_bulk({key for _, key in found})
    lines = sorted(
        (
            _line(day, people.get(key), steps.items())
            for (day, key), steps in found.items()
        ),
        key=lambda line: (line.at, line.who),
        reverse=True,
    )
    return WhoLooked(tuple(lines), rest)


Steps = dict[tuple[date, UUID], dict[str, datetime]]


def _steps(patient: Patient, after: date | None) -> tuple[Steps, date | None]:
    """What each person did on each day, whole days only, and where the next begin."""
    zone = patient.clinic.zoneinfo
    rows = patient.clinic.auditentrys.filter(patient=patient, staff__isnull=False)
    if after is not None:
        rows = rows.filter(at__lt=datetime.combine(after, time(), zone))
    days = rows.annotate(day=TruncDate("at", tzinfo=zone)).values(
        "day", "staff", "verb"
    )
    steps = days.annotate(last=Max("at")).order_by("-day", "-last")
    read = list(steps[: AT_ONCE + 1])
    rest = None
    if len(read) > AT_ONCE:
        begun = read[-1]["day"]  # perhaps not read to its end: it begins the next lines
        read = [row for row in read if row["day"] > begun]
        read = read or list(steps.filter(day=begun))
        rest = read[-1]["day"]
    found: Steps = defaultdict(dict)
    for row in read:
        words = MEANS.get(row["verb"], OTHERWISE)
        did = found[row["day"], row["staff"]]
        did[words] = max(row["last"], did.get(words, row["last"]))
    _add_copies_of_all(found, patient, after, rest)
    return found, rest


def _add_copies_of_all(
    found: Steps, patient: Patient, after: date | None, rest: date | None
) -> None:
    """Copies of all records name no patient, and have this one among them."""
    zone = patient.clinic.zoneinfo
    copies = Export.objects.filter(
        clinic=patient.clinic_id, what="clinic", at__gte=patient.created_at
    )
    for at, staff in copies.values_list("at", "by_staff").order_by("at"):
        day = at.astimezone(zone).date()
        if (after is None or day < after) and (rest is None or day >= rest):
            found[day, staff][COPIED_ALL] = at


def _line(
    day: date, person: StaffMember | None, steps: Iterable[tuple[str, datetime]]
) -> Looked:
    said = dict(steps)
    order = [*(words for words in IN_ORDER if words in said)]
    order += [OTHERWISE] if OTHERWISE in said else []
    return Looked(
        day=day,
        at=max(said.values()),
        who=str(person) if person else SOMEBODY,
        role=_role(person) if person else "",
        what=_and(order),
    )


def _role(person: StaffMember) -> str:
    return next((words for role, words in ROLES.items() if getattr(person, role)), "")


def _and(parts: list[str]) -> str:
    """One, "one and two", "one, two and three"."""
    *first, last = parts
    return f"{', '.join(first)} and {last}" if first else last
