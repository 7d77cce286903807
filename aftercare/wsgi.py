"""What a web server runs: `gunicorn aftercare.wsgi`.

Every page is loaded before the first request, so that one that is broken ends the start,
and nobody waits for what was not loaded yet.
"""

import gc
import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aftercare.settings")
os.environ.setdefault("SERVING", "1")

Start = Callable[..., Any]

gc.disable()  # what is loaded now stays: no need to look through it for what may go
django = get_wsgi_application()

from aftercare.middleware import SAME_FOR_ALL  # noqa: E402  Django is ready only now

resolve("/")  # loads every page
gc.freeze()  # nor ever again
gc.enable()

UNREADABLE = [
    ("Content-Type", "text/plain"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
]


def application(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """The house; 400 where Django fails to read the address, before any middleware.

    It does so for a request that names an encoding: one that is none for text, or one
    beside more parameters than are read.
    """
    try:
        return django(environ, start)
    except (SuspiciousOperation, LookupError, UnicodeError):
        start("400 Bad Request", [*UNREADABLE, *SAME_FOR_ALL.items()])
        return [b"We could not read that. Nothing was saved.\n"]
