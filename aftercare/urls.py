"""Where each address leads, on both sides of the house."""

from __future__ import annotations

from django.urls import include, path

from aftercare.views import account, demo, health, public

handler400 = "aftercare.problems.bad_request"
handler429 = "aftercare.problems.too_many"
handler500 = "aftercare.problems.server_error"

urlpatterns = [
    path("", public.landing, name="landing"),
    path("help/", public.get_help, name="help"),
    path("safety/", public.safety, name="safety"),
    path("privacy/", public.privacy, name="privacy"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("home/", account.home, name="home"),
    path("demo/", demo.choose, name="demo"),
    path("demo/<uuid:person>/", demo.become, name="demo_become"),
    path("", include("aftercare.account_urls")),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("aftercare.patient_urls")),
    path("", include("clinic.urls")),
]
