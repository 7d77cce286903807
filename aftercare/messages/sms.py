"""Text messages, by whatever gateway takes them over HTTP.

Settings describe it: its address, the method, the fields with {to}, {body} and {id} in
them, and the header that lets us in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from .channel import ChannelDown, Claimed, NotDelivered
from .deadline import LONGEST_S, within

# The gateway read the request and will not take it: a number that does not exist, mostly.
REFUSED = {
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.GONE,
    HTTPStatus.UNPROCESSABLE_ENTITY,
}


class _NoRedirects(HTTPRedirectHandler):
    """A redirected message would be repeated as a bare look, and pass for sent."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Gateway:
    """How to ask it."""

    url: str
    method: str
    fields: dict[str, str]
    as_json: bool
    authorization: str
    timeout_s: float


class SmsChannel:
    """One request per message."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self.opener = build_opener(_NoRedirects())

    def send(self, message: Claimed) -> None:
        """Taken is what the gateway answers with a 2xx."""
        try:
            with within(LONGEST_S):
                self._ask(self._request(message))
        except HTTPError as error:
            error.close()
            raise _refused(error.code) from error
        except (OSError, HTTPException) as error:
            cause = getattr(error, "reason", error)
            raise ChannelDown(f"gateway: {type(cause).__name__}") from error

    def close(self) -> None:
        """Nothing is kept open."""

    def _ask(self, request: Request) -> None:
        with self.opener.open(request, timeout=self.gateway.timeout_s):
            """What a 2xx says beside its number is nothing to us."""

    def _request(self, message: Claimed) -> Request:
        gaps = {"to": message.to, "body": message.body, "id": str(message.pk)}
        filled = {
            name: text.format_map(gaps) for name, text in self.gateway.fields.items()
        }
        as_json = self.gateway.as_json
        data = json.dumps(filled) if as_json else urlencode(filled)
        kind = "json" if as_json else "x-www-form-urlencoded"
        headers = {
            "Content-Type": f"application/{kind}",
            "Idempotency-Key": str(message.pk),
            "User-Agent": "Aftercare",
        }
        if self.gateway.authorization:
            headers["Authorization"] = self.gateway.authorization
        return Request(  # noqa: S310  settings.py takes http and https only
            self.gateway.url, data.encode(), headers, method=self.gateway.method
        )


def _refused(code: int) -> NotDelivered:
    """What an answer other than 2xx means for this message, and for the others."""
    words = f"gateway: HTTP {code}"
    if code in REFUSED:
        return NotDelivered(words, permanent=True)
    return ChannelDown(words)
