"""What the messages say. Neutral: anybody may see them on a locked phone.

No procedure, body part, symptom or level, and nothing that is only in a message. Each
language has a file; staff are written to in English. The words of account mails, a new
password for example, are in `templates/account/email` and go to staff only.
"""

from __future__ import annotations

from collections.abc import Mapping

from aftercare.languages import Language
from aftercare.models import MessageKind

from .english import ENGLISH
from .polish import POLISH
from .spanish import SPANISH
from .text import PatientText, PatientWords, Text, Wording, Words

IN: Mapping[Language, PatientWords] = {
    Language.ENGLISH: ENGLISH,
    Language.SPANISH: SPANISH,
    Language.POLISH: POLISH,
}


def _of_patient(kind: MessageKind) -> PatientText:
    """The text of the same name in every language."""
    return PatientText(
        kind, {one: getattr(said, str(kind)) for one, said in IN.items()}
    )


INVITATION = _of_patient(MessageKind.INVITATION)
SIGN_IN_CODE = _of_patient(MessageKind.SIGN_IN_CODE)
REMINDER = _of_patient(MessageKind.REMINDER)
NUDGE = _of_patient(MessageKind.NUDGE)
NEW_MESSAGE = _of_patient(MessageKind.NEW_MESSAGE)
MISSED_CALL = _of_patient(MessageKind.MISSED_CALL)

STAFF_INVITATION = Text(
    MessageKind.INVITATION,
    Wording(
        "{clinic}: your account is ready",
        (
            "{clinic}: your account is ready, {name}. Open the link to set it up. "
            "It works once, for 7 days.",
            "{link}",
            "If this is not for you, please ignore it.",
        ),
    ),
)
STAFF_URGENT = Text(
    MessageKind.STAFF_URGENT,
    Wording(
        "A check needs review",
        ("{clinic}: a check needs review. Please sign in now.", "{link}"),
    ),
)
STAFF_NOTICE = Text(
    MessageKind.STAFF_NOTICE,
    Wording(
        "{clinic}: there is news for you",
        ("{clinic}: there is news for you. Please sign in.", "{link}"),
    ),
)

PATIENT_TEXTS = (
    INVITATION,
    SIGN_IN_CODE,
    REMINDER,
    NUDGE,
    NEW_MESSAGE,
    MISSED_CALL,
)
STAFF_TEXTS = (STAFF_INVITATION, STAFF_URGENT, STAFF_NOTICE)

__all__ = [
    "IN",
    "INVITATION",
    "MISSED_CALL",
    "NEW_MESSAGE",
    "NUDGE",
    "PATIENT_TEXTS",
    "REMINDER",
    "SIGN_IN_CODE",
    "STAFF_INVITATION",
    "STAFF_NOTICE",
    "STAFF_TEXTS",
    "STAFF_URGENT",
    "PatientText",
    "PatientWords",
    "Text",
    "Wording",
    "Words",
]
