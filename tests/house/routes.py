"""Every address, and who may open it or send to it: the table that the house is held to.

An address that is not in the table fails the test, so nobody adds a page without saying
whom it is for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.urls import URLPattern, URLResolver

# --- Who there is ---------------------------------------------------------------------

PATIENT = frozenset({"patient"})
CARE = frozenset({"lead", "nurse"})
CLINICAL = CARE | {"owner"}
CALLERS = CARE | {"desk"}
REGISTRARS = CALLERS | {"owner"}
OWNER = frozenset({"owner"})
EXPORTERS = OWNER | {"lead"}
AUDITORS = EXPORTERS | {"auditor"}
STAFF = REGISTRARS | {"auditor"}
SIGNED_IN = PATIENT | STAFF | {"left", "nobody"}
ANYBODY = SIGNED_IN | {"visitor"}
DEMO_ONLY: frozenset[str] = frozenset()
NOBODY = DEMO_ONLY
WHOSE_IT_IS = frozenset({"whose it is"})  # of no clinic, and not of anybody asked here

READ, SEND, BOTH = ("GET",), ("POST",), ("GET", "POST")


@dataclass(frozen=True, slots=True)
class Route:
    """Who may use an address, and how.

    `bare`: sent without a field it acts at once. `names_clinic`: whoever has the link is
    told whose it is.
    """

    may: frozenset[str]
    methods: tuple[str, ...]
    bare: bool = False
    names_clinic: bool = False


ROUTES: Mapping[str, Route] = {
    # For everybody
    "": Route(ANYBODY, READ),
    "help/": Route(ANYBODY, READ),
    "safety/": Route(ANYBODY, READ),
    "privacy/": Route(ANYBODY, READ),
    "accessibility/": Route(ANYBODY, READ),
    "healthz": Route(ANYBODY, READ),
    "readyz": Route(ANYBODY, READ),
    "home/": Route(ANYBODY, READ),
    "sign-in/": Route(ANYBODY, BOTH),
    "sign-in/code/": Route(ANYBODY, BOTH),
    "sign-in/passkey/": Route(ANYBODY, BOTH),
    "sign-out/": Route(ANYBODY, SEND, bare=True),
    "password/": Route(ANYBODY, BOTH),
    "password/sent/": Route(ANYBODY, READ),
    "password/<key:uidb36>-<str:key>/": Route(ANYBODY, BOTH),
    "password/set/": Route(ANYBODY, READ),
    "account/nothing/": Route(NOBODY, READ),
    "demo/": Route(DEMO_ONLY, READ),
    "demo/<uuid:person>/": Route(DEMO_ONLY, SEND, bare=True),
    # One's own login
    "account/": Route(STAFF, READ),
    "account/clinic/": Route(STAFF, SEND),
    "account/awake/": Route(STAFF, BOTH, bare=True),
    "account/unlock/": Route(STAFF, READ),
    "account/confirm/": Route(STAFF, BOTH),
    "account/confirm/code/": Route(STAFF, BOTH),
    "account/confirm/passkey/": Route(STAFF, BOTH),
    "account/password/": Route(STAFF, BOTH),
    "account/devices/": Route(STAFF, BOTH, bare=True),
    "account/second-factor/": Route(STAFF, READ),
    "account/second-factor/app/": Route(STAFF, BOTH),
    "account/second-factor/app/remove/": Route(STAFF, BOTH),
    "account/recovery-codes/": Route(STAFF, READ),
    "account/recovery-codes/new/": Route(STAFF, BOTH, bare=True),
    "account/passkeys/": Route(STAFF, READ),
    "account/passkeys/new/": Route(STAFF, BOTH),
    "account/passkeys/<int:pk>/": Route(WHOSE_IT_IS, BOTH),
    "account/passkeys/<int:pk>/remove/": Route(WHOSE_IT_IS, BOTH),
    # Patients on their way in
    "i/birth-date/": Route(ANYBODY, BOTH),
    "i/<str:invitation>/": Route(ANYBODY, BOTH, bare=True, names_clinic=True),
    "sign-in/patient/": Route(ANYBODY, BOTH),
    "sign-in/patient/code/": Route(ANYBODY, BOTH),
    "sign-in/patient/birth-date/": Route(ANYBODY, BOTH),
    "sign-in/patient/who/": Route(ANYBODY, BOTH),
    "sign-in/patient/over/": Route(ANYBODY, READ),
    # A patient's own
    "today/": Route(PATIENT, READ),
    "log/<uuid:treatment>/": Route(PATIENT, BOTH),
    "log/<uuid:treatment>/correct/<uuid:log>/": Route(PATIENT, BOTH),
    "log/<uuid:treatment>/retract/<uuid:log>/": Route(PATIENT, BOTH),
    "advice/<uuid:log>/": Route(PATIENT, READ),
    "advice/<uuid:log>/call-me/": Route(PATIENT, SEND, bare=True),
    "recovery/": Route(PATIENT, READ),
    "recovery/logs/": Route(PATIENT, READ),
    "aftercare/": Route(PATIENT, READ),
    "aftercare/<int:day>/": Route(PATIENT, READ),
    "my-data/": Route(PATIENT, READ),
    "my-data/record/": Route(PATIENT, READ),
    "my-data/record.json": Route(PATIENT, READ),
    "my-data/logs.csv": Route(PATIENT, READ),
    "my-data/who-looked/": Route(PATIENT, READ),
    "my-data/delete/": Route(PATIENT, BOTH, bare=True),
    "my-data/keep/": Route(PATIENT, SEND, bare=True),
    "my-data/leave/": Route(PATIENT, BOTH, bare=True),
    "my-data/come-back/": Route(PATIENT, SEND, bare=True),
    "settings/": Route(PATIENT, READ),
    "settings/devices/": Route(PATIENT, SEND),
    "settings/devices/others/": Route(PATIENT, SEND, bare=True),
    "settings/language/": Route(PATIENT, BOTH),
    "settings/reminders/": Route(PATIENT, BOTH),
    # Whoever was sent the link
    "join/<str:link>/": Route(ANYBODY, BOTH, names_clinic=True),
    "stop/<str:stop>/": Route(ANYBODY, BOTH, bare=True, names_clinic=True),
    # Of one's own clinic
    "queue/": Route(REGISTRARS, READ),
    "queue/<uuid:treatment>/": Route(CLINICAL, READ),
    "queue/<uuid:treatment>/acknowledge/": Route(CARE, SEND),
    "queue/<uuid:treatment>/undo-acknowledge/<uuid:step>/": Route(
        CARE, SEND, bare=True
    ),
    "queue/<uuid:treatment>/contact/": Route(CALLERS, BOTH),
    "queue/<uuid:treatment>/assign/": Route(CARE, SEND),
    "queue/<uuid:treatment>/escalate/": Route(CALLERS, SEND),
    "queue/<uuid:treatment>/snooze/": Route(CARE, SEND),
    "queue/<uuid:treatment>/review/": Route(CARE, SEND),
    "queue/<uuid:treatment>/undo-review/<uuid:review>/": Route(CARE, SEND, bare=True),
    "rota/": Route(REGISTRARS, READ),
    "rota/put-on/": Route(EXPORTERS, SEND),
    "rota/<uuid:duty>/off/": Route(EXPORTERS, SEND, bare=True),
    "handover/": Route(CARE, BOTH),
    "closed/": Route(CLINICAL, READ),
    "patients/": Route(REGISTRARS, READ),
    "patients/<uuid:patient>/": Route(CLINICAL, READ),
    "patients/<uuid:patient>/details/": Route(REGISTRARS, BOTH),
    "patients/<uuid:patient>/not-delivered/": Route(REGISTRARS, SEND),
    "patients/<uuid:patient>/let-in/": Route(REGISTRARS, BOTH, bare=True),
    "patients/<uuid:patient>/let-in/now/": Route(REGISTRARS, READ),
    "patients/<uuid:patient>/let-in/revoke/": Route(REGISTRARS, SEND, bare=True),
    "patients/<uuid:patient>/let-in/sign-out/": Route(REGISTRARS, SEND, bare=True),
    "patients/<uuid:patient>/copy/": Route(EXPORTERS, BOTH),
    "patients/<uuid:patient>/erase/": Route(OWNER, BOTH),
    "records/": Route(OWNER, BOTH),
    "audit/": Route(AUDITORS | {"nurse"}, READ),
    "audit/export/": Route(AUDITORS, BOTH),
    "team/": Route(OWNER, BOTH),
    "team/<uuid:member>/": Route(OWNER, BOTH),
    "team/<uuid:member>/deactivate/": Route(OWNER, SEND),
    "team/<uuid:member>/reactivate/": Route(OWNER, SEND),
    "team/<uuid:member>/link/": Route(OWNER, SEND),
    "team/<uuid:member>/revoke/": Route(OWNER, SEND),
    "settings/clinic/": Route(OWNER, READ),
    "settings/clinic/details/": Route(OWNER, SEND),
    "settings/clinic/numbers/": Route(OWNER, SEND),
    "settings/clinic/hours/": Route(OWNER, SEND),
    "settings/clinic/days/": Route(OWNER, SEND),
    "settings/clinic/days/remove/": Route(OWNER, SEND),
    "settings/clinic/promises/": Route(OWNER, SEND),
    "settings/clinic/retention/": Route(OWNER, SEND),
    "treatments/new/": Route(REGISTRARS, BOTH),
    "treatments/<uuid:treatment>/": Route(CLINICAL, BOTH),
    "treatments/<uuid:treatment>/void/": Route(CARE, SEND),
    "treatments/<uuid:treatment>/log/": Route(CARE, BOTH),
}

PLACE = re.compile(r"<(uuid|int|key|str):(\w+)>")


def addresses(
    patterns: list[URLPattern | URLResolver], before: str = ""
) -> Iterator[str]:
    """Every address of a URLconf, as it is written there."""
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, path)
        else:
            yield path


def names_a_row(path: str) -> bool:
    """Whether an address has the key of a row in it."""
    return "<uuid:" in path


def filled(path: str, keys: Mapping[str, UUID], day: int = 3) -> str:
    """An address with its places filled. What is no key of a row is made up."""
    places = {"pk": 1, "day": day, **keys}

    def fill(place: re.Match[str]) -> str:
        kind, name = place.groups()
        return str(places.get(name, "1") if kind in {"key", "str"} else places[name])

    return "/" + PLACE.sub(fill, path)
