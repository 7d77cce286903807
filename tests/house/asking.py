"""What people ask of their own rows, as pages and as filled forms: every key in its place."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from tests.builders import MONDAY

from .routes import filled
from .two_clinics import House, Record

KEY = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FORM = "application/x-www-form-urlencoded"
TODAY = str(MONDAY.date())

CALM = {
    "overall_change": "better",
    "pain": "1",
    "redness": "none",
    "swelling": "none",
    "signs": "none",
    "for_date": TODAY,
}
TREATMENT = {
    "type": "microneedling",
    "when": "yesterday",
    "at_time": "10:00",
    "areas": "full_face",
    "practitioner": "Dr Lena Hart",
    "needle_depth_mm": "1.0",
    "sterile_single_use": "true",
    "risk_factors": "none",
}
AGREED = {"agrees": "on"}
PERSON = {
    "given_name": "Nina",
    "family_name": "Berg",
    "birth_date_0": "4",
    "birth_date_1": "2",
    "birth_date_2": "1988",
    "phone": "07700 900123",
    "language": "en",
}
REVIEW = {
    "outcome": "advised",
    "note": "Spoke about the fever and when to call.",
    "useful": "yes",
    "safety_net": "on",
}
CONTACT = {"channel": "phone", "result": "spoke"}
STEP = {"until": "2h", "reason": "mistake"}
NUMBER = {"best_number": "07700 900123"}

KNOWN: dict[str, str] = {
    **CALM,
    **TREATMENT,
    **AGREED,
    **PERSON,
    **REVIEW,
    **CONTACT,
    **STEP,
    **NUMBER,
}
"""What somebody would answer who fills in a form, by the name of the field."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One request. Its path and the values of its query and form may have keys in them."""

    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    form: dict[str, Any] = field(default_factory=dict)
    swapped: frozenset[str] = frozenset()

    @property
    def address(self) -> str:
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path

    @property
    def body(self) -> str:
        return urlencode(self.form, doseq=True)

    @property
    def keys(self) -> list[tuple[str, str]]:
        """Every key in it, with the part that it is in."""
        parts = {"path": self.path, "query": urlencode(self.query), "form": self.body}
        return [(part, key) for part in parts for key in KEY.findall(parts[part])]

    @property
    def names_with_keys(self) -> set[str]:
        """The fields of its query and form that hold a key."""
        fields = {**self.query, **self.form}
        return {name for name, one in fields.items() if KEY.search(str(one))}

    def swapping(self, instead_of: Callable[[str], object], by: Random) -> Ask:
        """The same with one to three of its keys replaced by others."""
        keys = self.keys
        chosen = by.sample(keys, by.randint(1, min(3, len(keys))))
        other = {(part, key): str(instead_of(key)) for part, key in chosen}

        def swap(part: str, value: Any) -> Any:
            if isinstance(value, list):
                return [swap(part, one) for one in value]
            return KEY.sub(lambda key: other.get((part, key[0]), key[0]), value)

        return replace(
            self,
            path=swap("path", self.path),
            query={name: swap("query", one) for name, one in self.query.items()},
            form={name: swap("form", one) for name, one in self.form.items()},
            swapped=frozenset(part for part, _ in chosen),
        )

    def with_more(self, name: str, key: UUID) -> Ask:
        """The same with a field that its page never had, as somebody might try."""
        more = {name: str(key)}
        if self.method == "GET":
            return replace(self, query=self.query | more, swapped=frozenset({"query"}))
        return replace(self, form=self.form | more, swapped=frozenset({"form"}))


def asked_by_patient(record: Record) -> Iterator[Ask]:
    """A patient's pages and forms."""
    asking = _Asking(record.keys)
    of_treatment = {"treatment": str(record.treatment.pk)}
    for place in ("today/", "recovery/", "recovery/logs/", "aftercare/<int:day>/"):
        yield asking.get(place, of_treatment)
    for place in ("", "correct/<uuid:log>/", "retract/<uuid:log>/"):
        yield asking.get(f"log/<uuid:treatment>/{place}")
    yield asking.get("advice/<uuid:log>/")
    yield asking.get("log/<uuid:treatment>/", {"for": TODAY})
    log = CALM | {"key": str(uuid.uuid4())}
    yield asking.post("log/<uuid:treatment>/", log)
    yield asking.post("log/<uuid:treatment>/correct/<uuid:log>/", log)
    yield asking.post("log/<uuid:treatment>/retract/<uuid:log>/", {"reason": "mistake"})
    yield asking.post("advice/<uuid:log>/call-me/", NUMBER)


def asked_at_desk(house: House) -> Iterator[Ask]:
    """The pages and forms of the front desk."""
    record = house.first
    asking = _Asking(record.keys)
    yield asking.get("queue/", {"open": str(record.treatment.pk)})
    yield asking.get("patients/", {"after": str(record.patient.pk)})
    yield asking.get("queue/<uuid:treatment>/contact/")
    contact = CONTACT | {"shown": _shown(record)}
    yield asking.post("queue/<uuid:treatment>/contact/", contact)
    known = {"patient": str(record.patient.pk)}
    yield asking.get("treatments/new/", known)
    yield asking.post("treatments/new/", TREATMENT | AGREED, known)
    new = TREATMENT | AGREED | PERSON | {"key": str(uuid.uuid4())}
    yield asking.post("treatments/new/", new)


def asked_by_lead(house: House) -> Iterator[Ask]:
    """All that a clinical lead may ask for."""
    yield from asked_at_desk(house)
    record = house.first
    asking, shown = _Asking(record.keys), {"shown": _shown(record)}
    step = "queue/<uuid:treatment>/"
    yield asking.get(step)
    yield asking.get("closed/", {"before": str(record.keys["review"])})
    yield asking.get(
        "patients/<uuid:patient>/", {"treatment": str(record.treatment.pk)}
    )
    yield asking.get("treatments/<uuid:treatment>/")
    yield asking.get("treatments/<uuid:treatment>/log/")
    nurse = {"to": str(house.staff["nurse"].pk)}
    yield asking.post(f"{step}acknowledge/", shown)
    yield asking.post(f"{step}undo-acknowledge/<uuid:step>/", {})
    yield asking.post(f"{step}assign/", shown | nurse)
    yield asking.post(f"{step}snooze/", shown | {"until": "2h"})
    yield asking.post(f"{step}review/", shown | REVIEW)
    yield asking.post(f"{step}undo-review/<uuid:review>/", {})
    yield asking.post("treatments/<uuid:treatment>/", TREATMENT)
    yield asking.post("treatments/<uuid:treatment>/void/", {"reason": "mistake"})
    log = CALM | {"key": str(uuid.uuid4())}
    yield asking.post("treatments/<uuid:treatment>/log/", log)


@dataclass(frozen=True, slots=True)
class _Asking:
    keys: Mapping[str, UUID]

    def get(self, place: str, query: dict[str, str] | None = None) -> Ask:
        return Ask("GET", filled(place, self.keys), query or {})

    def post(
        self, place: str, form: dict[str, Any], query: dict[str, str] | None = None
    ) -> Ask:
        return Ask("POST", filled(place, self.keys), query or {}, form)


def _shown(record: Record) -> list[str]:
    """The hidden values of a form about every open flag of a record."""
    return [
        f"{flag.pk}:{flag.findings.order_by('-at', '-id').values_list('pk', flat=True)[0]}"
        for flag in record.treatment.flags.open()
    ]
