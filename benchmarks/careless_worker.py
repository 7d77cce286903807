"""Workers with a fault, for the controls of `benchmarks.durability`, which must notice."""

from __future__ import annotations

import os
import sys
from typing import Any

import django
from django.core.management import call_command


def marks_first() -> None:
    """Takes a message for sent as soon as it has it: killed then, it is never sent."""
    from django.utils import timezone  # noqa: PLC0415  needs django.setup()

    from aftercare.services import send_messages  # noqa: PLC0415

    claim = send_messages.claim

    def claim_and_mark(*facts: Any) -> list[Any]:
        claimed = claim(*facts)
        send_messages.mark_sent([one.pk for one in claimed], timezone.now())
        return claimed

    send_messages.claim = claim_and_mark


def tells_nobody() -> None:
    """Writes down whom it told, and the message is forgotten."""
    from aftercare.services import ladder  # noqa: PLC0415  needs django.setup()

    ladder.tell = lambda *_, **__: None


FAULTS = {fault.__name__: fault for fault in (marks_first, tells_nobody)}

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "aftercare.settings"
    django.setup()
    FAULTS[sys.argv[1]]()
    call_command("worker", *sys.argv[2:])
