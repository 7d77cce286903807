"""What a web server runs: `gunicorn aftercare.wsgi`."""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aftercare.settings")
os.environ.setdefault("SERVING", "1")

Start = Callable[..., Any]

django = get_wsgi_application()


def application(environ: dict[str, Any], start: Start) -> Iterable[bytes]:
    """The house; 400 where Django fails to read the address, before any middleware.

    It does so for a request that names an encoding: one that is none for text, or one
    beside more parameters than are read.
    """
    try:
        return django(environ, start)
    except (SuspiciousOperation, LookupError, UnicodeError):
        kind = [("Content-Type", "text/plain"), ("X-Content-Type-Options", "nosniff")]
        start("400 Bad Request", [*kind, ("Cache-Control", "no-store")])
        return [b"We could not read that. Nothing was saved.\n"]
