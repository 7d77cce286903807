"""How a patient is reminded now, and what such a message looks like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from django.urls import reverse

from aftercare.languages import Language
from aftercare.messages import words
from aftercare.messages.channels import is_set_up
from aftercare.messages.links import link_to
from aftercare.models import MessageChannel, Patient, RemindBy

LABELS = {
    RemindBy.SMS: "Text message",
    RemindBy.EMAIL: "E-mail",
    RemindBy.BOTH: "Both",
    RemindBy.NONE: "Not at all",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """What a reminder looks like in a language; `name` is that of the language."""

    language: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class RemindersPage:
    """`ways` as (value, words); `by` is empty until it was chosen; `sample` a message."""

    at: time
    by: str
    ways: list[tuple[str, str]]
    sample: Sample


def reminders_page(patient: Patient) -> RemindersPage:
    chosen = RemindBy(patient.remind_by)
    return RemindersPage(
        at=patient.remind_at or patient.clinic.remind_at,
        by="" if chosen is RemindBy.UNDECIDED else str(chosen),
        ways=[(str(way), LABELS[way]) for way in ways_of(patient)],
        sample=sample_in(Language(patient.language), patient),
    )


def samples(patient: Patient) -> list[Sample]:
    """The same message in every language."""
    return [sample_in(language, patient) for language in Language]


def sample_in(language: Language, patient: Patient) -> Sample:
    """As short as a text message, with every mark on its letters as in a mail."""
    said = words.REMINDER.filled(
        MessageChannel.EMAIL,
        language,
        clinic=patient.clinic.name,
        link=link_to(reverse("today")),
        stop=link_to("/stop/…"),
    )
    return Sample(language.value, language.label, " ".join(said.body.split()))


def ways_of(patient: Patient) -> list[RemindBy]:
    """The ways that lead to a patient, and none of them."""
    sms = bool(patient.phone) and is_set_up(MessageChannel.SMS)
    ways = [
        way
        for way, leads in ((RemindBy.SMS, sms), (RemindBy.EMAIL, patient.email))
        if leads
    ]
    both = [RemindBy.BOTH] if len(ways) > 1 else []
    return [*ways, *both, RemindBy.NONE]


def asks_for_reminders(patient: Patient) -> bool:
    """Whether a patient has not chosen yet, and there is something to choose."""
    return patient.remind_by == RemindBy.UNDECIDED and len(ways_of(patient)) > 1
