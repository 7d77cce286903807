"""What the folder kept of messages is removed with the person they were for."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings


def forget_files(messages: Iterable[UUID], addresses: Collection[str]) -> None:
    """Remove the files of these messages, half-written ones included, and of all others
    that went to one of the addresses.

    Only the folder keeps anything: what went out as mail or text is not ours any more.
    """
    if not settings.MESSAGE_FOLDER:
        return
    folder = Path(settings.MESSAGE_FOLDER)
    for key in messages:
        for name in (f"{key}.txt", f".{key}"):
            (folder / name).unlink(missing_ok=True)
    for file in folder.glob("*.txt"):
        if file.read_text("utf-8").partition("\n")[0] in _heads(addresses):
            file.unlink(missing_ok=True)


def _heads(addresses: Collection[str]) -> set[str]:
    """The first lines of messages to these addresses."""
    return {f"To: {address}" for address in addresses}
