"""Where each address leads, on both sides of the house."""

from django.urls import URLPattern, URLResolver

handler400 = "aftercare.problems.bad_request"
handler500 = "aftercare.problems.server_error"

urlpatterns: list[URLPattern | URLResolver] = []
