"""A folder instead of the world: for development and the demo, nothing is sent."""

from __future__ import annotations

from pathlib import Path

from .channel import ChannelDown, Claimed


class FolderChannel:
    """Each message is a file that only its owner reads: links in it let people in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: Claimed) -> None:
        """The same message a second time is the same file."""
        lines = (
            f"To: {message.to}",
            f"Subject: {message.subject}",
            f"Channel: {message.channel}",
            "",
            message.body,
            "",
        )
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            half = self.folder / f".{message.pk}"
            half.touch(mode=0o600)
            half.write_text("\n".join(lines), "utf-8")
            half.replace(self.folder / f"{message.pk}.txt")
        except OSError as error:
            raise ChannelDown(f"folder: {type(error).__name__}") from error

    def close(self) -> None:
        """Nothing is kept open."""
