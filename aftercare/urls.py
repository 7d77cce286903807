"""Where each address leads, on both sides of the house."""

from __future__ import annotations

from django.urls import include, path

from aftercare.views import account, demo, public

handler400 = "aftercare.problems.bad_request"
handler500 = "aftercare.problems.server_error"

urlpatterns = [
    path("", public.landing, name="landing"),
    path("help/", public.get_help, name="help"),
    path("safety/", public.safety, name="safety"),
    path("privacy/", public.privacy, name="privacy"),
    path("accessibility/", public.accessibility, name="accessibility"),
    path("home/", account.home, name="home"),
    path("sign-in/", account.sign_in, name="sign_in"),
    path("sign-out/", account.sign_out, name="sign_out"),
    path("demo/", demo.choose, name="demo"),
    path("demo/<uuid:person>/", demo.become, name="demo_become"),
    path("", include("aftercare.patient_urls")),
    path("", include("clinic.urls")),
]
