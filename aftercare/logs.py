"""What the program writes about itself, without a word about anyone's health.

A database error quotes the row that it refused, a search puts a name into an address,
and a link that lets somebody in is an address. Whoever reads the program's log may read
none of them.
"""

from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType

_ExcInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None]
    | tuple[None, None, None]
)
_QUERY_STRING = re.compile(r"\?[^\s\"']+")
# A part of a path that is too long for a word and is no key of a row: a secret.
_SECRET = re.compile(r"(?<=/)(?![0-9a-f-]{36}(?![\w-]))[\w-]{24,}(?=[/\s\"']|$)")


class PlainFormatter(logging.Formatter):
    """One line per event; of an exception its kind and its places, not its message."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  stdlib name
        said = _QUERY_STRING.sub("?…", super().formatMessage(record))
        return _SECRET.sub("…", said)

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802  stdlib name
        """The stack of each exception in the chain, oldest first, with its type only."""
        return "\n".join(_stack(error) for error in _chain(ei[1]))


def _chain(error: BaseException | None) -> list[BaseException]:
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.insert(0, error)
        error = error.__cause__ or error.__context__
    return chain


def _stack(error: BaseException) -> str:
    frames = "".join(traceback.format_tb(error.__traceback__))
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return f"{frames}{kind} (message left out: it may quote a person's record)"
