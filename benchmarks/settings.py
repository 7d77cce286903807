"""The house as it is, with what it is measured against beside it."""

from aftercare.settings import *  # noqa: F403
from aftercare.settings import INSTALLED_APPS, LOGGING, TEMPLATES

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]
TEMPLATES[0]["OPTIONS"]["context_processors"].append(
    "django.contrib.auth.context_processors.auth"
)
ROOT_URLCONF = "benchmarks.urls"
ALLOWED_HOSTS = ["testserver", "127.0.0.1"]

LOGGING["loggers"]["aftercare"]["level"] = "WARNING"  # a table, not a log of its making
