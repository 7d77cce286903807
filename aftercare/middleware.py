"""What happens to every request, whichever page it is for."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.contrib.sessions.middleware import SessionMiddleware
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import DatabaseError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    UnreadablePostError,
)
from django.http.multipartparser import MultiPartParserError

from aftercare import problems

GetResponse = Callable[[HttpRequest], HttpResponse]

UNREADABLE = (
    BadRequest,
    MultiPartParserError,
    SuspiciousOperation,
    UnreadablePostError,
    ValueError,
)

METHODS = ("GET", "HEAD", "POST")
"""All that links and forms need: no page has to think of any other."""

READING = {"GET", "HEAD"}

# Nothing here needs a sensor, and no page may lend one to another site.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "microphone",
        "payment",
        "usb",
    )
)


# What holds for every answer, those that are given before any page is reached included.
SAME_FOR_ALL = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS_POLICY,
    "X-Content-Type-Options": "nosniff",
}


class PageHeaders:
    """No page is kept by a browser or a proxy: every one may show health data."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        for name, value in SAME_FOR_ALL.items():
            response.headers[name] = value
        return response


class ReadableRequests:
    """Turns away what cannot be read: wrong encodings, NUL bytes, more than we accept.

    Other methods are turned away as well, wherever they are tried.
    Django would replace broken bytes by a question mark; a patient's words are not
    guessed at. PostgreSQL stores no NUL, so one can only be an accident or an attack.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        try:
            _read(request)
        except UNREADABLE as error:
            return problems.bad_request(request, error)
        return self.get_response(request)


class Sessions(SessionMiddleware):
    """Django's; but where there is no room to write, a page is shown all the same.

    That somebody was active just now is then not kept: a desk locks itself on time.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponse
    ) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except DatabaseError as error:
            if request.method not in READING or not problems.is_full(error):
                raise
            return response


class DatabaseOutage:
    """503 with Retry-After when a page fails because the database is away.

    A failure before the page is reached, in the session for example, comes out as an
    error page by `problems.server_error`, with the same answer.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        if problems.is_outage(exception):
            return problems.unavailable(request)
        return None


def _read(request: HttpRequest) -> None:
    """Reads the whole request once; raises ValueError and kin where it is not text."""
    # In another encoding, harmless bytes could still become a NUL or half a letter.
    if codecs.lookup(request.encoding or "utf-8").name != "utf-8":
        raise BadRequest("not UTF-8")
    body = request.body
    if request.content_type == "application/x-www-form-urlencoded":
        body = unquote_to_bytes(body)
    query = unquote_to_bytes(request.META.get("QUERY_STRING", "").encode("latin-1"))
    words = f"{request.path}{query.decode('utf-8')}{body.decode('utf-8')}"
    if "\0" in words:
        raise BadRequest("NUL byte")
    request.POST  # noqa: B018  parsed here, so that a broken form is refused here
