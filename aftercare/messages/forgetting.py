"""What the folder kept of messages is removed with the person they were for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings


def forget_files(messages: Iterable[UUID]) -> None:
    """Remove the files of these messages, half-written ones included.

    Only the folder keeps anything: what went out as mail or text is not ours any more.
    """
    if not settings.MESSAGE_FOLDER:
        return
    folder = Path(settings.MESSAGE_FOLDER)
    for key in messages:
        for name in (f"{key}.txt", f".{key}"):
            (folder / name).unlink(missing_ok=True)
