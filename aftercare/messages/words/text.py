"""What a text is: a kind, and its wording, for patients in every language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aftercare.languages import Language
from aftercare.models import MessageChannel, MessageKind

from .letters import for_sms


@dataclass(frozen=True, slots=True)
class Words:
    """A message as it is sent."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A message with gaps: {clinic}, {link} and the like. `parts` are its paragraphs."""

    subject: str
    parts: tuple[str, ...]

    def filled(self, channel: MessageChannel, **gaps: str) -> Words:
        """The words for a channel; KeyError for a gap that nothing was given for.

        What stands in the gaps stays as it is: a name keeps its letters.
        """
        parts, between = self.parts, "\n\n"
        if channel == MessageChannel.SMS:
            parts, between = tuple(map(for_sms, parts)), " "
        body = between.join(part.format_map(gaps) for part in parts)
        return Words(self.subject.format_map(gaps), body)


@dataclass(frozen=True, slots=True)
class Text:
    """A message to staff, in English."""

    kind: MessageKind
    wording: Wording

    def filled(self, channel: MessageChannel, **gaps: str) -> Words:
        """The words for a channel."""
        return self.wording.filled(channel, **gaps)


@dataclass(frozen=True, slots=True)
class PatientText:
    """A message to a patient, in every language."""

    kind: MessageKind
    wordings: Mapping[Language, Wording]

    def filled(self, channel: MessageChannel, language: str, **gaps: str) -> Words:
        """The words for a channel in a language, as it stands in the patient's row."""
        return self.wordings[Language(language)].filled(channel, **gaps)


@dataclass(frozen=True, slots=True)
class PatientWords:
    """Everything that is said to patients, in one language: without one it is none.

    The texts are named as their kinds are. `your_clinic` stands where a message is
    about several clinics.
    """

    invitation: Wording
    sign_in_code: Wording
    reminder: Wording
    nudge: Wording
    new_message: Wording
    missed_call: Wording
    your_clinic: str
