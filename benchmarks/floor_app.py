"""The least that can be served: sessions, people, and a page that keeps one row."""

from __future__ import annotations

import os

from django.conf import settings

settings.configure(
    SECRET_KEY="a floor",  # noqa: S106  nothing is kept behind it
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ.get("FLOOR_DATABASE", ":memory:"),
        }
    },
)

from django.core.wsgi import get_wsgi_application  # noqa: E402  after the settings

application = get_wsgi_application()

from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402


def page(request: HttpRequest) -> HttpResponse:
    request.session["seen"] = request.session.get("seen", 0) + 1
    request.session.save()
    return HttpResponse("ok")


def still(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("", still), path("row/", page)]
